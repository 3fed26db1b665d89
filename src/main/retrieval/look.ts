import { ITERATIONS, createRetrievalMemory, type Algorithm, type Retrieved } from '@core/phase/retrieve';
import { lookInside, type Inside } from '@core/phase/inside';
import { bodyOf } from '@core/phase/body';
import { countOf } from '@core/phase/grid';
import { bestOf, isUnwound, stagesOf, volumeOfStart } from '@core/phase/starts';
import { unwound } from '@core/phase/unwound';
import type { InsideOpinion } from '@contract/inside';
import type { Pattern } from '@core/phase/pattern';
import type { RetrievalInput } from './input';
import type { Starter } from './threads';

export interface LookOptions {
  readonly starts: number;
  readonly seed: number;
  readonly algorithm?: Algorithm;
  readonly signal?: AbortSignal;
  /** Share that is done, 0 to 1. */
  onProgress?(share: number): void;
  /** What the starts so far say together, as soon as the first is done. */
  onPicture?(inside: Inside): void;
}

/** Starts that are made unless another number is asked for, and the seed that they draw from. */
export const STARTS = 5;
export const SEED = 1;

/**
 * Retrieves the phases of a pattern from several random starts, on all threads of the starter, and says what they show together. The same
 * seed gives the same object, whatever the threads.
 * @throws whatever the signal was aborted with
 */
export async function look(input: RetrievalInput, starter: Starter, options: LookOptions): Promise<Inside> {
  const { starts, seed, signal, algorithm } = options;
  const pattern = shared(input.pattern);
  const done = new Float64Array(starts);
  const found: (Retrieved | undefined)[] = Array.from({ length: starts });
  const fft = createRetrievalMemory(pattern.size);
  const together = (): Inside =>
    lookInside(
      found.filter((start) => start !== undefined),
      input,
      fft,
    );

  let latest: Inside | undefined;

  const stop = new AbortController();
  const both = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const runAll = async (stage: readonly number[]): Promise<void> => {
    const before = found.filter((start) => start !== undefined).map((start) => ({ start, body: bodyOf(start, fft) }));
    const tried = before.map(({ start: { farError }, body }) => ({ farError, voxels: countOf(body) }));
    const best = before.find(({ start }) => start === bestOf(before.map((one) => one.start)));
    const left = [...stage];
    const worker = async (): Promise<void> => {
      for (let start = left.shift(); start !== undefined; start = left.shift()) {
        const volume = volumeOfStart(start, pattern.volume, tried);
        const from = isUnwound(start, starts) && best && unwound(best.start, best.body, pattern.size);
        const tell = (iterations: number): void => {
          done[start] = iterations / ITERATIONS;
          options.onProgress?.(done.reduce((sum, share) => sum + share, 0) / starts);
        };
        const order = { pattern, seed, start, volume, ...(from && { guess: from }), ...(algorithm && { algorithm }) };
        found[start] = await starter.run(order, tell, both);
        tell(ITERATIONS);
        if (options.onPicture) options.onPicture((latest = together()));
      }
    };
    await Promise.all(Array.from({ length: Math.min(starter.width, stage.length) }, worker));
  };
  try {
    for (const stage of stagesOf(starts)) await runAll(stage);
  } catch (error) {
    // One that failed takes the others along.
    stop.abort(error);
    throw error;
  }
  // Of all starts, unless they are pictured already.
  return latest?.starts === starts ? latest : together();
}

/** In memory that all threads see. */
function shared(pattern: Pattern): Pattern {
  const intensity = new Float32Array(new SharedArrayBuffer(pattern.intensity.byteLength));
  intensity.set(pattern.intensity);
  const mask = new Uint8Array(new SharedArrayBuffer(pattern.mask.length));
  mask.set(pattern.mask);
  return { ...pattern, intensity, mask };
}

/** Edge of the object's voxel; undefined where the pattern's is not known. */
export const voxelMetres = ({ pattern, voxel }: RetrievalInput): number | undefined =>
  voxel === undefined ? undefined : (2 * Math.PI * 1e-10) / (pattern.size * voxel);

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** What it says in numbers. */
export function opinionOf(inside: Inside, input: RetrievalInput): InsideOpinion {
  const metres = voxelMetres(input);
  return {
    says: inside.says,
    starts: inside.starts,
    agreeing: inside.agreeing,
    freeError: rounded(inside.freeError, 4),
    bodyNm: metres === undefined || inside.sizeVoxels === 0 ? null : rounded(inside.sizeVoxels * metres * 1e9, 1),
    phaseSpreadRad: rounded(inside.field.spread, 3),
    ...(inside.reason && { reason: inside.reason }),
    lines: inside.lines.map(({ length, angleToQDeg, winding }) => ({
      lengthOfSize: rounded(length, 3),
      angleToQDeg: rounded(angleToQDeg, 1),
      winding,
    })),
    character: inside.character,
  };
}
