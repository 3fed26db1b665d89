import { findBrightest, findCoarsePeak, type BrightestPixel } from './peak';
import { boxAbout, pixelStart, rowStart, type Box, type Region } from './region';
import type { FrameStatistics } from './statistics';

/** Why a scan cannot be reduced; the codes are those of the error catalogue. */
export interface Refusal {
  readonly refused: 'peak-absent' | 'peak-saturated' | 'peak-at-edge' | 'not-a-rocking-curve';
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

export interface Peak {
  readonly brightest: BrightestPixel;
  readonly significance: number;
}

/**
 * Finds the Bragg peak and refuses what cannot be judged: no peak, a saturated one, one that is cut off.
 * @param cut gives the raw counts in a box, masked pixels filled, not scaled
 * @param saturation counts at which a pixel is no longer linear
 */
export function inspectPeak(
  statistics: FrameStatistics,
  mask: Uint8Array,
  cut: (box: Box) => Region,
  saturation: number,
): Peak | Refusal {
  const { frames, rows, cols } = statistics;
  const coarse = findCoarsePeak(statistics, mask);
  if (!coarse) return refuse('peak-absent', 'the sum of all frames is flat');
  const region = cut(boxAbout([frames / 2, coarse.row, coarse.col], [frames, NEAR, NEAR], [frames, rows, cols]));
  const brightest = findBrightest(region);
  if (brightest.counts < FEWEST_COUNTS) return refuse('peak-absent', `at most ${brightest.counts.toFixed(0)} counts`);
  const contrast = rockingContrast(region, brightest);
  if (contrast < ROCKING_CONTRAST) {
    return refuse('peak-absent', 'the brightest spot stays as bright over the whole rocking curve');
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
  const edge = edgeOf(brightest, frames, rows, cols);
  if (edge) return refuse('peak-at-edge', edge);
  if (inGap(region, brightest)) return refuse('peak-at-edge', 'half of the peak lies in a gap of the detector');
  return { brightest, significance: coarse.significance };
}

const refuse = (refused: Refusal['refused'], detail: string): Refusal => ({ refused, detail });

function rockingContrast(region: Region, { row, col }: BrightestPixel): number {
  const { block, box, shape } = region;
  const near = (at: number, [first, last]: readonly [number, number]): [number, number] => [
    Math.max(first, at - ROCKING_BOX) - first,
    Math.min(last - 1, at + ROCKING_BOX) - first,
  ];
  const [top, bottom] = near(row, box.rows);
  const [left, right] = near(col, box.cols);
  const curve: number[] = [];
  for (let f = 0; f < shape[0]; f++) {
    let sum = 0;
    for (let r = top; r <= bottom; r++) {
      const from = rowStart(region, f, r);
      for (let c = left; c <= right; c++) sum += block.counts[from + c]!;
    }
    curve.push(sum);
  }
  const sorted = [...curve].sort((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length / 4)]!;
  return (sorted.at(-1)! + 1) / (low + 1);
}

function edgeOf({ frame, row, col }: BrightestPixel, frames: number, rows: number, cols: number): string | undefined {
  if (frame < FRAME_MARGIN || frame >= frames - FRAME_MARGIN) return `brightest in frame ${frame} of ${frames}`;
  if (row < PIXEL_MARGIN || row >= rows - PIXEL_MARGIN) return `brightest in row ${row} of ${rows}`;
  if (col < PIXEL_MARGIN || col >= cols - PIXEL_MARGIN) return `brightest in column ${col} of ${cols}`;
  return undefined;
}

/** Whether most pixels right at the peak's maximum were filled rather than measured. */
function inGap(region: Region, { row, col }: BrightestPixel): boolean {
  const { box, shape, mask } = region;
  let missing = 0;
  for (let r = row - 2 - box.rows[0]; r <= row + 2 - box.rows[0]; r++) {
    for (let c = col - 2 - box.cols[0]; c <= col + 2 - box.cols[0]; c++) {
      const outside = r < 0 || c < 0 || r >= shape[1] || c >= shape[2];
      if (outside || mask[pixelStart(region, r) + c] !== 0) missing++;
    }
  }
  return missing >= 10;
}
