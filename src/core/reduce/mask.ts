import { findBands, type Bands } from './bands';
import { pedestalNoise } from './pedestal';
import { QUIET_FRAMES, type FrameStatistics } from './statistics';
import { uncountedParts } from './uncounted';

/** Why a pixel is masked; 0 = it counts. */
export const MASK_GAP = 1;
export const MASK_INVALID = 2;
export const MASK_HOT = 3;
export const MASK_DEAD = 4;

/** A pixel is hot when it exceeds its neighbours' median this many times, and by this many standard deviations. */
const HOT_RATIO = 5;
const HOT_SIGMA = 8;
/** A pixel that is this much brighter on average than in its quietest frames is no steady one. */
const STEADY = 1.5;
/** Clusters of hot pixels are narrower than this distance. */
const RING = 5;
/** Dead pixels can only be told where their neighbours count at least this much. */
const DEAD_NEIGHBOURS = 60;

export interface PixelMask {
  /** rows x cols, one of the MASK_ values. */
  readonly pixels: Uint8Array;
  readonly hot: number;
  readonly dead: number;
  readonly invalid: number;
  /** Gaps that nobody named and that the frames show. */
  readonly bands: Bands;
}

/** Pixels whose counts were filled from their neighbours because they are faulty; indices row x columns + column. */
export interface PixelFaults {
  readonly hot: readonly number[];
  readonly dead: readonly number[];
  readonly columns: number;
}

/** The faulty pixels of a mask; gaps and invalid counts are told by every frame itself. */
export function faultsOf({ pixels }: PixelMask, columns: number): PixelFaults {
  const hot: number[] = [];
  const dead: number[] = [];
  for (let p = 0; p < pixels.length; p++) {
    if (pixels[p] === MASK_HOT) hot.push(p);
    else if (pixels[p] === MASK_DEAD) dead.push(p);
  }
  return { hot, dead, columns };
}

/**
 * Finds the pixels that must not count: the gaps given, what is no count in any frame, and hot and dead pixels by comparison with
 * the median of their neighbours, in the sum over all frames and in the quietest eight frames of each pixel. The second
 * finds hot pixels under the Bragg peak: away from the rocking curve's maximum nothing else stays bright there.
 * @param known rows x cols, 1 = never counts (gaps, the file's own mask)
 * @param typeMaximum largest value of the frames' type: a pixel that holds it throughout is a mark, no count
 */
export function findMask(statistics: FrameStatistics, known?: Uint8Array, typeMaximum = Infinity): PixelMask {
  const { rows, cols, sum, quiet } = statistics;
  const { common: invalid, commonPixels } = uncountedParts(statistics.uncounted, rows * cols);
  const pixels = new Uint8Array(rows * cols);
  const sentinel = (1 - 1e-6) * Math.min(QUIET_FRAMES, statistics.frames) * typeMaximum;
  let sentinels = 0;
  for (let p = 0; p < pixels.length; p++) {
    if (known?.[p]) pixels[p] = MASK_GAP;
    else if (invalid[p]) pixels[p] = MASK_INVALID;
    else if (quiet[p]! >= sentinel) {
      pixels[p] = MASK_INVALID;
      sentinels++;
    }
  }

  const bands = findBands(sum, pixels, rows, cols);
  for (const [first, last] of bands.rows) pixels.fill(MASK_GAP, first * cols, last * cols);
  for (const [first, last] of bands.cols)
    for (let r = 0; r < rows; r++) pixels.fill(MASK_GAP, r * cols + first, r * cols + last);

  const found = new Uint8Array(rows * cols);
  markHot(quiet, pixels, rows, cols, found);
  markSteady(statistics, pixels, found);
  markHot(sum, pixels, rows, cols, found);
  markDead(sum, pixels, rows, cols, found);
  let hot = 0;
  let dead = 0;
  for (let p = 0; p < found.length; p++) {
    if (found[p] === 0) continue;
    pixels[p] = found[p]!;
    if (found[p] === MASK_HOT) hot++;
    else dead++;
  }
  return { pixels, hot, dead, invalid: commonPixels + sentinels, bands };
}

/** What fell on the whole detector in each frame. */
export interface BeamCounts {
  readonly sums: readonly number[];
  /** Standard deviation of a frame's sum beyond that of counting it. */
  readonly noise: number;
  /** The same with the pedestal, and what was taken off each frame for it. */
  readonly whole: readonly number[];
  readonly pedestal: number;
}

/**
 * Counts of each frame without those of hot pixels, which go on when the beam is gone, and without a pedestal. Of hot pixels only the mean
 * over all frames is known: they flicker by about as much as they count.
 * @param mask rows x cols, of MASK_ values
 * @param pedestal counts that every pixel has on top
 */
export function countsOfBeam(
  { sum, frames, frameSums }: Pick<FrameStatistics, 'sum' | 'frames' | 'frameSums'>,
  mask: Uint8Array,
  pedestal: number,
): BeamCounts {
  let [hot, flicker, measured] = [0, 0, 0];
  for (let p = 0; p < mask.length; p++) {
    if (mask[p] === 0) measured++;
    if (mask[p] !== MASK_HOT) continue;
    hot += sum[p]! / frames;
    flicker = Math.hypot(flicker, sum[p]! / frames);
  }
  return {
    // What is below nothing is noise.
    sums: frameSums.map((counts) => Math.max(0, counts - hot - pedestal * measured)),
    noise: Math.hypot(pedestalNoise(pedestal * measured), flicker),
    whole: frameSums.map((counts) => Math.max(0, counts - hot)),
    pedestal: pedestal * measured,
  };
}

/** Median of the unmasked neighbours in the 5x5 ring about a pixel, the nearest 8 first; -1 without any. */
function neighbourMedian(image: Float32Array, pixels: Uint8Array, rows: number, cols: number, p: number): number {
  const row = Math.floor(p / cols);
  const col = p - row * cols;
  const values: number[] = [];
  for (let reach = 1; reach <= 2 && values.length < 5; reach++) {
    values.length = 0;
    for (let r = Math.max(0, row - reach); r <= Math.min(rows - 1, row + reach); r++) {
      for (let c = Math.max(0, col - reach); c <= Math.min(cols - 1, col + reach); c++) {
        const n = r * cols + c;
        if (n !== p && pixels[n] === 0) values.push(image[n]!);
      }
    }
  }
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? -1;
}

function markHot(image: Float32Array, pixels: Uint8Array, rows: number, cols: number, found: Uint8Array): void {
  const level = typicalCounts(image, pixels);
  const floor = HOT_RATIO * level + HOT_SIGMA * Math.sqrt(level + 1);
  for (let p = 0; p < image.length; p++) {
    // Cheap rejection: most pixels hold background, which is far below any hot pixel.
    if (pixels[p] !== 0 || image[p]! <= floor) continue;
    const median = neighbourMedian(image, pixels, rows, cols, p);
    if (median >= 0 && image[p]! > HOT_RATIO * median + HOT_SIGMA * Math.sqrt(median + 1)) found[p] = MASK_HOT;
  }
}

/**
 * Clusters, rows and columns of hot pixels, which hide each other from the comparison with next neighbours: as bright in
 * the quietest frames as in all, and far above what lies around in a distance. A Bragg peak is not: it rocks.
 */
function markSteady({ quiet, sum, frames, rows, cols }: FrameStatistics, pixels: Uint8Array, found: Uint8Array): void {
  if (frames < 2 * QUIET_FRAMES) return;
  const level = typicalCounts(quiet, pixels);
  const floor = HOT_RATIO * level + HOT_SIGMA * Math.sqrt(level + 1);
  for (let p = 0; p < quiet.length; p++) {
    const value = quiet[p]!;
    if (pixels[p] !== 0 || value <= floor || found[p] !== 0) continue;
    if (sum[p]! * QUIET_FRAMES > STEADY * value * frames) continue;
    const around = ringLevel(quiet, pixels, rows, cols, p);
    if (around >= 0 && value > HOT_RATIO * around + HOT_SIGMA * Math.sqrt(around + 1)) found[p] = MASK_HOT;
  }
}

/** The lower part of the unmasked pixels on the edge of the square about a pixel, a hot row crosses it; -1 without any. */
function ringLevel(image: Float32Array, pixels: Uint8Array, rows: number, cols: number, p: number): number {
  const row = Math.floor(p / cols);
  const col = p - row * cols;
  const values: number[] = [];
  for (let r = Math.max(0, row - RING); r <= Math.min(rows - 1, row + RING); r++) {
    const across = Math.abs(r - row) === RING ? 1 : 2 * RING;
    for (let c = col - RING; c <= col + RING; c += across) {
      if (c >= 0 && c < cols && pixels[r * cols + c] === 0) values.push(image[r * cols + c]!);
    }
  }
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 3)] ?? -1;
}

function markDead(image: Float32Array, pixels: Uint8Array, rows: number, cols: number, found: Uint8Array): void {
  for (let p = 0; p < image.length; p++) {
    if (pixels[p] !== 0 || image[p]! > 0 || !isLitBeside(image, pixels, cols, p)) continue;
    if (neighbourMedian(image, pixels, rows, cols, p) >= DEAD_NEIGHBOURS) found[p] = MASK_DEAD;
  }
}

/** Cheap rejection: whether the median of the neighbours could be that of lit ones. Most pixels of a frame hold nothing, and so do those beside them. */
function isLitBeside(image: Float32Array, pixels: Uint8Array, cols: number, p: number): boolean {
  let [lit, seen] = [0, 0];
  for (let at = p - cols - 1; at <= p + cols - 1; at += cols) {
    for (let n = at; n < at + 3; n++) {
      if (n === p || pixels[n] !== 0) continue;
      seen++;
      if (image[n]! >= DEAD_NEIGHBOURS) lit++;
    }
  }
  // Of so few the wider ring is asked. At the frame's edge those beyond it are not there, or are some of another row.
  return lit > 0 || seen < 8;
}

/** Mean of a sparse sample of the image without its brightest tenth: the background's level. */
function typicalCounts(image: Float32Array, pixels: Uint8Array): number {
  const sample: number[] = [];
  const step = Math.max(1, Math.floor(image.length / 4096));
  for (let p = 0; p < image.length; p += step) if (pixels[p] === 0) sample.push(image[p]!);
  sample.sort((a, b) => a - b);
  const kept = sample.slice(0, Math.ceil(sample.length * 0.9));
  return kept.reduce((total, value) => total + value, 0) / Math.max(1, kept.length);
}
