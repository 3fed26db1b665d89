import { findBrightest, findCoarsePeak, type BrightestPixel } from './peak';
import { boxAbout, type Box, type Region } from './region';
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
  const unmeasured = region.measured.map((m) => 1 - m);
  const [n, h, w] = region.shape;
  const local = findBrightest({ frames: n, rows: h, cols: w, counts: region.counts }, unmeasured);
  const brightest: BrightestPixel = {
    ...local,
    frame: local.frame + region.box.frames[0],
    row: local.row + region.box.rows[0],
    col: local.col + region.box.cols[0],
  };
  if (brightest.counts < FEWEST_COUNTS) return refuse('peak-absent', `at most ${brightest.counts.toFixed(0)} counts`);
  const contrast = rockingContrast(region, local);
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
  if (inGap(region, local)) return refuse('peak-at-edge', 'half of the peak lies in a gap of the detector');
  return { brightest, significance: coarse.significance };
}

const refuse = (refused: Refusal['refused'], detail: string): Refusal => ({ refused, detail });

function rockingContrast({ shape: [n, h, w], counts }: Region, at: BrightestPixel): number {
  const curve: number[] = [];
  for (let f = 0; f < n; f++) {
    let sum = 0;
    for (let r = Math.max(0, at.row - ROCKING_BOX); r <= Math.min(h - 1, at.row + ROCKING_BOX); r++) {
      for (let c = Math.max(0, at.col - ROCKING_BOX); c <= Math.min(w - 1, at.col + ROCKING_BOX); c++) {
        sum += counts[(f * h + r) * w + c]!;
      }
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
function inGap({ shape: [, h, w], measured }: Region, { row, col }: BrightestPixel): boolean {
  let missing = 0;
  for (let r = row - 2; r <= row + 2; r++) {
    for (let c = col - 2; c <= col + 2; c++) {
      if (r < 0 || c < 0 || r >= h || c >= w || measured[r * w + c] === 0) missing++;
    }
  }
  return missing >= 10;
}
