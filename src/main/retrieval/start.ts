import type { Complex } from '@core/phase/align';
import type { CubeFft } from '@core/phase/fft';
import type { Pattern } from '@core/phase/pattern';
import { retrieve, type Algorithm, type Retrieved } from '@core/phase/retrieve';
import { stream } from '@core/random/stream';

/** One retrieval from random phases. */
export interface StartOrder {
  readonly pattern: Pattern;
  readonly seed: number;
  /** From 0: each has random numbers of its own, whatever thread it runs on. */
  readonly start: number;
  /** That the crystal is taken to have, voxels. */
  readonly volume: number;
  /** It begins from this object; from random phases when left out. */
  readonly guess?: Complex;
  /** Hybrid input-output when left out. */
  readonly algorithm?: Algorithm;
}

/** Iterations between two words of progress. */
const TELL_EVERY = 10;

/**
 * One start, `TELL_EVERY` iterations at each step.
 * @param fft of the pattern's size
 */
export function* runStart(
  { pattern, seed, start, volume, guess, algorithm }: StartOrder,
  fft: CubeFft,
): Generator<number, Retrieved> {
  const draws = { heldOut: stream(seed, 'held-out'), phases: stream(seed, 'retrieval', start) };
  const steps = retrieve({ ...pattern, volume }, draws, fft, { guess, algorithm });
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (step.value % TELL_EVERY === 0) yield step.value;
  }
}
