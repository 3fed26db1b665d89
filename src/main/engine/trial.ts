import { maskShapes } from '@core/network/description';
import { familyInput } from '@core/network/family';
import { readWeights } from '@core/network/weights';
import { stream } from '@core/random/stream';
import type { EngineChoice } from './choice';
import { createEngine, createTraining, type Judgeable } from './create';

/** What an engine is wanted for: one may be quick at judging and slow at training. */
export type Purpose = 'judge' | 'train';

/** How long an engine takes, and what it says: fast and wrong is of no use. */
export interface Trial {
  readonly milliseconds: number;
  readonly said: Float32Array;
}

const BATCH = 8;

/** Unlike itself in every direction, so that an axis gone wrong shows. */
function noise(voxels: number): Float32Array {
  const random = stream(1, 'engine trial');
  return Float32Array.from({ length: voxels }, () => random.uniform() ** 6);
}

async function judging(
  model: Judgeable,
  choice: EngineChoice,
): Promise<[() => Promise<Float32Array>, () => Promise<void>]> {
  const engine = await createEngine(model, choice);
  const volume = noise(model.card.network.size ** 3);
  return [() => engine.predict(volume, 1), () => engine.close()];
}

async function training(
  model: Judgeable,
  choice: EngineChoice,
): Promise<[() => Promise<Float32Array>, () => Promise<void>]> {
  const { network } = model.card;
  const engine = await createTraining(network, choice);
  const classes = network.classes.length;
  const labels = new Float32Array(BATCH * classes);
  for (let n = 0; n < BATCH; n++) labels[n * classes + (n % classes)] = 1;
  const masks = maskShapes(network).map((shape) => new Uint8Array(BATCH * shape.reduce((a, b) => a * b, 1)).fill(1));
  const families = familyInput(network, BATCH, network.families);
  const batch = { volumes: noise(BATCH * network.window ** 3), families, labels, masks };
  const weights = readWeights(model.bytes, network);
  const zero = new Float32Array(weights.length);
  const state = { weights, first: zero, second: zero };
  // The first moment is the gradient, but for a factor.
  return [async () => (await engine.step(state, batch, 1e-3, 1)).state.first, () => engine.close()];
}

/** Does the work twice: the first time compiles and allocates. */
export async function tryEngine(model: Judgeable, choice: EngineChoice, purpose: Purpose): Promise<Trial> {
  const [run, close] = await (purpose === 'judge' ? judging : training)(model, choice);
  try {
    await run();
    const start = performance.now();
    const said = await run();
    return { milliseconds: performance.now() - start, said };
  } finally {
    await close();
  }
}

/** Single precision in another order differs by far less; a wrong operator by far more. */
const TOLERANCE = 0.01;

/** Whether an engine says what another says. */
export function agrees({ said }: Trial, reference: Trial): boolean {
  const scale = reference.said.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return (
    said.length === reference.said.length && said.every((v, i) => Math.abs(v - reference.said[i]!) <= TOLERANCE * scale)
  );
}
