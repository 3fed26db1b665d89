import { compressedCounts } from './compressed';
import { findBrightest, findCoarsePeak, type BrightestPixel } from './peak';
import { boxAbout, pixelStart, rowStart, type Box, type Region } from './region';
import type { FrameStatistics } from './statistics';

/** Why a scan cannot be reduced; the codes are those of the error catalogue. */
export interface Refusal {
  readonly refused:
    'not-counts' | 'peak-hidden' | 'peak-absent' | 'peak-saturated' | 'peak-at-edge' | 'not-a-rocking-curve';
  readonly detail: string;
}

/** Pixels about the peak that are looked at for its maximum, its saturation and its rocking curve. */
const NEAR = 24;
const ROCKING_BOX = 4;
/** The peak's maximum must be at least this far inside the scan. */
const FRAME_MARGIN = 2;
const PIXEL_MARGIN = 4;
/** A Bragg peak rocks through its maximum; what stays this bright throughout is stray light or a cluster of hot pixels. */
const ROCKING_CONTRAST = 2.5;
/** So many pixels with exactly the highest counts do not happen by chance. */
const PLATEAU = 5;
const PLATEAU_COUNTS = 200;
const FEWEST_COUNTS = 20;

/** Spots that are looked at before there is no Bragg peak. */
const CANDIDATES = 4;
/** Of the counts about the peak, so many that are no whole numbers make them no counts. */
const FRACTIONS = 0.5;

export interface Peak {
  readonly brightest: BrightestPixel;
  readonly significance: number;
  /** Counts about the peak in each frame. */
  readonly curve: readonly number[];
  /** The same with what every pixel has on top, and in how many pixels. */
  readonly whole: readonly number[];
  readonly pixels: number;
  /** Brighter spots that do not rock, passed over: row and column. */
  readonly passed: readonly (readonly [number, number])[];
}

/**
 * Finds the Bragg peak and refuses what cannot be judged: no peak, a saturated one, one that is cut off. A brighter spot
 * that stays as bright over the whole rocking curve is no Bragg peak; the next one is looked at.
 * @param cut gives the raw counts in a box, masked pixels filled, not scaled
 * @param saturation counts at which a pixel is no longer linear
 * @param unmeasured frames that are worth nothing
 * @param positions of the frames on the rocking curve, which need not be in their order; even steps when left out
 * @param pedestal counts that every pixel has on top
 */
export function inspectPeak(
  statistics: FrameStatistics,
  mask: Uint8Array,
  cut: (box: Box) => Region,
  saturation: number,
  unmeasured: ReadonlySet<number> = new Set(),
  positions: ArrayLike<number> = Array.from({ length: statistics.frames }, (_, f) => f),
  pedestal = 0,
): Peak | Refusal {
  const { rows, cols } = statistics;
  const passed: [number, number][] = [];
  let looked = mask;
  let first: Refusal | undefined;
  for (let candidate = 0; candidate < CANDIDATES; candidate++) {
    const found = inspectSpot(statistics, looked, cut, saturation, unmeasured, positions, pedestal);
    if ('brightest' in found) return { ...found, passed };
    first ??= found;
    if (!found.still) break;
    passed.push(found.still);
    if (looked === mask) looked = Uint8Array.from(mask);
    const [row, col] = found.still;
    for (let r = Math.max(0, row - NEAR / 2); r < Math.min(rows, row + NEAR / 2); r++) {
      looked.fill(1, r * cols + Math.max(0, col - NEAR / 2), r * cols + Math.min(cols, col + NEAR / 2));
    }
  }
  return refuse(first!.refused, first!.detail);
}

interface Spot extends Refusal {
  /** Where it stays as bright throughout. */
  readonly still?: [number, number];
}

function inspectSpot(
  statistics: FrameStatistics,
  mask: Uint8Array,
  cut: (box: Box) => Region,
  saturation: number,
  unmeasured: ReadonlySet<number>,
  positions: ArrayLike<number>,
  pedestal: number,
): Omit<Peak, 'passed'> | Spot {
  const { frames, rows, cols } = statistics;
  const coarse = findCoarsePeak(statistics, mask);
  if (!coarse) {
    const scaled = scaledDown(statistics);
    return scaled ? refuse('not-counts', scaled) : refuse('peak-absent', 'the sum of all frames is flat');
  }
  const region = cut(boxAbout([frames / 2, coarse.row, coarse.col], [frames, NEAR, NEAR], [frames, rows, cols]));
  const brightest = findBrightest(region, mask, cols);
  const spot = `the brightest spot is at row ${coarse.row}, column ${coarse.col}`;
  const what = notCounts(region, brightest);
  if (what) return refuse('not-counts', `${what}; ${spot}`);
  if (brightest.counts - pedestal < FEWEST_COUNTS)
    return refuse('peak-absent', `at most ${(brightest.counts - pedestal).toFixed(0)} counts; ${spot}`);
  const measured = Array.from({ length: frames }, (_, f) => f).filter((f) => !unmeasured.has(f));
  const rocking = curveOf(countsAbout(region, brightest, ROCKING_BOX), pedestal);
  if (contrastOf(measured.map((f) => rocking[f]!)) < ROCKING_CONTRAST) {
    const detail = `the brightest spot, at row ${brightest.row}, column ${brightest.col}, stays as bright over the whole rocking curve`;
    return { ...refuse('peak-absent', detail), still: [coarse.row, coarse.col] };
  }
  if (brightest.counts >= saturation) {
    return refuse('peak-saturated', `${brightest.counts.toFixed(0)} counts, limit ${saturation}`);
  }
  if (brightest.equals >= PLATEAU && brightest.counts >= PLATEAU_COUNTS) {
    return refuse(
      'peak-saturated',
      `${brightest.equals} pixels stand at exactly ${brightest.counts.toFixed(0)} counts`,
    );
  }
  const edge = edgeOf(
    brightest,
    measured.map((f) => positions[f]!),
    positions[brightest.frame]!,
    frames,
    rows,
    cols,
  );
  if (edge) return refuse('peak-at-edge', edge);
  const about = countsAbout(region, brightest, NEAR);
  return { brightest, significance: coarse.significance, curve: curveOf(about, pedestal), ...about };
}

const refuse = (refused: Refusal['refused'], detail: string): Refusal => ({ refused, detail });

/** Counts within `reach` pixels of a pixel in each frame, and in how many pixels they are. */
function countsAbout(region: Region, { row, col }: BrightestPixel, reach: number): Pick<Peak, 'whole' | 'pixels'> {
  const { block, box, shape } = region;
  const [top, bottom] = near(row, box.rows, reach);
  const [left, right] = near(col, box.cols, reach);
  const whole: number[] = [];
  for (let f = 0; f < shape[0]; f++) {
    let sum = 0;
    for (let r = top; r <= bottom; r++) {
      const from = rowStart(region, f, r);
      for (let c = left; c <= right; c++) sum += block.counts[from + c]!;
    }
    whole.push(sum);
  }
  return { whole, pixels: (bottom - top + 1) * (right - left + 1) };
}

/** Counts of each frame without what every pixel has on top. */
const curveOf = ({ whole, pixels }: Pick<Peak, 'whole' | 'pixels'>, pedestal: number): readonly number[] =>
  pedestal > 0 ? whole.map((sum) => Math.max(0, sum - pixels * pedestal)) : whole;

/** Items of a side of the box within `reach` of one of the frame's, counted in the box; the last one is among them. */
const near = (at: number, [first, last]: readonly [number, number], reach: number): [number, number] => [
  Math.max(first, at - reach) - first,
  Math.min(last - 1, at + reach) - first,
];

function contrastOf(curve: readonly number[]): number {
  const sorted = [...curve].sort((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length / 4)] ?? 0;
  return ((sorted.at(-1) ?? 0) + 1) / (low + 1);
}

/** Values of the measured voxels in some frames of a region. @param from the first of them, counted in the region, as is the one after the last */
function* valuesOf(region: Region, from = 0, to = region.shape[0]): Iterable<number> {
  const { block, shape, mask } = region;
  for (let f = from; f < to; f++) {
    for (let r = 0; r < shape[1]; r++) {
      const [row, pixel] = [rowStart(region, f, r), pixelStart(region, r)];
      for (let c = 0; c < shape[2]; c++) if (mask[pixel + c] === 0) yield block.counts[row + c]!;
    }
  }
}

/** What the values about the maximum are, if they are no counts. */
function notCounts(region: Region, { frame, counts: most }: BrightestPixel): string | undefined {
  const compressed = compressedCounts(valuesOf(region));
  if (compressed) return `${compressed} of counts in whole numbers, at most ${most.toFixed(0)}`;
  let fractions = 0;
  let squares = 0;
  let all = 0;
  const at = frame - region.box.frames[0];
  for (const value of valuesOf(region, at, at + 1)) {
    if (!(value > 0)) continue;
    all++;
    if (Math.abs(value - Math.round(value)) < 1e-6 * value) continue;
    fractions++;
    if (Math.abs(value ** 2 - Math.round(value ** 2)) < 1e-6 * value ** 2 + 1e-4) squares++;
  }
  if (all === 0 || fractions < FRACTIONS * all) return undefined;
  if (squares > 0.95 * fractions && most < 4096) return `square roots of counts, at most ${most.toPrecision(4)}`;
  if (most < FEWEST_COUNTS) return `fractions, at most ${most.toPrecision(4)}: normalised, or a logarithm`;
  return undefined;
}

/** What a scan holds in which nothing stands out, if its values are no counts: too small ones, in fractions. */
function scaledDown({ sum, frames }: FrameStatistics): string | undefined {
  let [most, all, fractions] = [0, 0, 0];
  for (const value of sum) {
    if (!(value > 0)) continue;
    most = Math.max(most, value);
    all++;
    if (Math.abs(value - Math.round(value)) > 1e-5 * value) fractions++;
  }
  return all > 0 && most < FEWEST_COUNTS * frames && fractions > FRACTIONS * all
    ? `fractions, at most ${most.toPrecision(4)} in all frames together: normalised, or a logarithm`
    : undefined;
}

/** @param curve positions of the frames that count, in any order */
function edgeOf(
  { frame, row, col }: BrightestPixel,
  curve: readonly number[],
  own: number,
  frames: number,
  rows: number,
  cols: number,
): string | undefined {
  const beyond = (side: 1 | -1): number => new Set(curve.filter((at) => side * (at - own) > 0)).size;
  if (beyond(1) < FRAME_MARGIN || beyond(-1) < FRAME_MARGIN) return `brightest in frame ${frame} of ${frames}`;
  if (row < PIXEL_MARGIN || row >= rows - PIXEL_MARGIN) return `brightest in row ${row} of ${rows}`;
  if (col < PIXEL_MARGIN || col >= cols - PIXEL_MARGIN) return `brightest in column ${col} of ${cols}`;
  return undefined;
}
