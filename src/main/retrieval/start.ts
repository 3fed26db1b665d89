import type { CubeFft } from '@core/phase/fft';
import type { Pattern } from '@core/phase/pattern';
import { retrieve, type Retrieved } from '@core/phase/retrieve';
import { stream } from '@core/random/stream';

/** One retrieval from random phases. */
export interface StartOrder {
  readonly pattern: Pattern;
  readonly seed: number;
  /** From 0: each has random numbers of its own, whatever thread it runs on. */
  readonly start: number;
  /** Over the pattern's volume. */
  readonly volume: number;
}

/** Iterations between two words of progress. */
const TELL_EVERY = 10;

/**
 * One start, `TELL_EVERY` iterations at each step.
 * @param fft of the pattern's size
 */
export function* runStart({ pattern, seed, start, volume }: StartOrder, fft: CubeFft): Generator<number, Retrieved> {
  const steps = retrieve({ ...pattern, volume: volume * pattern.volume }, stream(seed, 'retrieval', start), fft);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (step.value % TELL_EVERY === 0) yield step.value;
  }
}
