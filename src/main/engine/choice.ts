import { BraggwatchError } from '@contract/errors';

/** What one may ask for; `auto` is the fastest that is here. */
export const engineRequests = ['auto', 'onnx', 'tensorflow'] as const;
export type EngineRequest = (typeof engineRequests)[number];

/** onnxruntime's execution providers that this program tries, the likeliest winner first. */
export const providers = ['cuda', 'webgpu', 'cpu'] as const;
export type Provider = (typeof providers)[number];

/** An engine to run a network on. A type, not an interface, because it travels between processes. */
export type EngineChoice = { readonly engine: 'onnx'; readonly provider: Provider } | { readonly engine: 'tensorflow' };

/** What was found of one of them. */
export interface EngineFinding {
  readonly choice: EngineChoice;
  /** It runs and took so long for a volume. */
  readonly milliseconds?: number;
  /** Why it does not run, or runs but is not for choosing by itself. */
  readonly reason?: string;
}

export const CPU: EngineChoice = { engine: 'onnx', provider: 'cpu' };

export const nameOf = (choice: EngineChoice): string =>
  choice.engine === 'onnx' ? `onnx/${choice.provider}` : 'tensorflow';

/**
 * A GPU has to be so many times faster than the CPU: a software GPU never is, and a weak one may be shared with the screen.
 */
const ADVANTAGE = 1.5;

/**
 * The engine to use.
 * @throws BraggwatchError engine-unavailable when what was asked for does not run
 */
export function chooseEngine(findings: readonly EngineFinding[], request: EngineRequest): EngineChoice {
  const candidates = findings.filter(({ choice }) => request === 'auto' || choice.engine === request);
  const running = candidates.filter(({ milliseconds }) => milliseconds !== undefined);
  if (running.length === 0) {
    const reasons = candidates.map(({ choice, reason }) => `${nameOf(choice)}: ${reason ?? 'not tried'}`);
    throw new BraggwatchError('engine-unavailable', reasons.join('; '));
  }
  const fastest = (list: readonly EngineFinding[]): EngineFinding =>
    list.reduce((best, one) => (one.milliseconds! < best.milliseconds! ? one : best));
  const cpu = running.find(({ choice }) => choice.engine === 'onnx' && choice.provider === 'cpu');
  // One that was not asked for by name must have nothing against it.
  const others = running.filter((one) => one !== cpu && (request === 'tensorflow' || one.reason === undefined));
  if (!cpu) return fastest(others.length > 0 ? others : running).choice;
  const best = others.length > 0 ? fastest(others) : cpu;
  return best.milliseconds! * ADVANTAGE < cpu.milliseconds! ? best.choice : cpu.choice;
}
