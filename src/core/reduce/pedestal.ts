import type { FrameStatistics } from './statistics';

/** Below this many counts a pixel and frame no detector adds a constant, and what there is is a background of single counts. */
const LEAST = 1;
/** The tenth faintest pixel of a hundred lies within this share of the middle one where all of them have the same counts on top. */
const FLAT = 0.25;
/** Pixels that are looked at. */
const SAMPLE = 16_384;
/** Standard deviations between the tenth and the middle of a hundred. */
const TENTH = 1.28;

/**
 * Counts that every pixel has in every frame on top of what is scattered: a detector's offset, or an even background. The faint half of
 * the pixels tells it, if they all hold about the same; where the diffraction fills the frame, or the background has a shape, there is
 * none that could be told.
 * @param mask rows x cols, 0 = the pixel counts
 * @returns counts a pixel and frame, 0 where there is none
 */
export function findPedestal({ sum, frames }: Pick<FrameStatistics, 'sum' | 'frames'>, mask: Uint8Array): number {
  const step = Math.max(1, Math.floor(sum.length / SAMPLE));
  const means: number[] = [];
  for (let p = 0; p < sum.length; p += step) if (mask[p] === 0) means.push(sum[p]! / frames);
  if (means.length === 0) return 0;
  means.sort((a, b) => a - b);
  const middle = means[means.length >> 1]!;
  const tenth = means[Math.floor(means.length / 10)]!;
  if (!(tenth >= LEAST) || middle - tenth > FLAT * middle) return 0;
  // The middle one is a little brighter for what scatters there; counting alone makes the tenth fainter than their mean by no more.
  return Math.min(middle, tenth + TENTH * Math.sqrt(tenth / frames));
}

/** A pedestal is known to this share of itself. */
const KNOWN = 0.002;

/** Standard deviation that a pedestal adds to the counts of a whole frame when it is taken off. @param total its counts in all pixels of a frame */
export const pedestalNoise = (total: number): number => Math.hypot(Math.sqrt(total), KNOWN * total);
