import { ZINGER_COUNTS, ZINGER_RATIO } from './octet-program';

/** A count that was taken for a cosmic ray. */
export interface Ray {
  readonly counts: Float32Array;
  readonly pixel: number;
  readonly value: number;
}

/**
 * Replaces a pixel's cosmic rays by the mean of the frames before and after: counts that the neighbours in the frame and
 * those frames all lack.
 * @param pixel in whole rows of cols pixels; the rows above and below it are looked at as far as they are there
 * @param rays told of each
 * @returns the counts taken away
 */
export function removeRays(frames: readonly Float32Array[], pixel: number, cols: number, rays: Ray[]): number {
  let removed = 0;
  for (let f = 0; f < frames.length; f++) {
    const counts = frames[f]!;
    const value = counts[pixel]!;
    if (value <= ZINGER_COUNTS) continue;
    const before = (frames[f - 1] ?? frames[f + 1]!)[pixel]!;
    const after = (frames[f + 1] ?? frames[f - 1]!)[pixel]!;
    // A fringe lasts several frames; only what both neighbouring frames lack is worth a closer look.
    if (value <= ZINGER_RATIO * Math.max(before, after) + ZINGER_COUNTS) continue;
    if (value <= ZINGER_RATIO * brightestNeighbour(counts, pixel, cols) + ZINGER_COUNTS) continue;
    counts[pixel] = (before + after) / 2;
    rays.push({ counts, pixel, value });
    removed += value - counts[pixel];
  }
  return removed;
}

function brightestNeighbour(counts: Float32Array, i: number, cols: number): number {
  let brightest = 0;
  const col = i % cols;
  for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c++) {
    for (const n of [i - cols - col + c, i - col + c, i + cols - col + c])
      if (n !== i) brightest = Math.max(brightest, counts[n] ?? 0);
  }
  return brightest;
}
