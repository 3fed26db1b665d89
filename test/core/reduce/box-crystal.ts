import { qFrame } from '@core/geometry/affine';
import { createQMap, type QMap, type ScanGeometry } from '@core/geometry/q';
import { apply, subtract, type Vec3 } from '@core/math/vector';
import { findMask } from '@core/reduce/mask';
import { reduceScan, type ReducedScan, type ReductionOptions } from '@core/reduce/reduce';
import type { FrameMasks } from '@core/reduce/frame-masks';
import { cutRegion, fillMasked, type Box, type Region } from '@core/reduce/region';
import { geometryOnAxis, type RockingAxis } from '@core/reduce/rocking';
import { foldFrames, type FrameBlock } from '@core/reduce/statistics';
import type { Refusal } from '@core/reduce/inspect';

/** A box-shaped crystal: its amplitude is a product of sinc functions, so every expectation is a formula. */
export interface BoxScan {
  readonly block: FrameBlock;
  readonly map: QMap;
  /** Edges along Q, horizontal, and the third axis, angstrom. */
  readonly edges: Vec3;
}

export const edges: Vec3 = [1300, 2000, 2900];
const FRAMES = 61;
const ROWS = 120;
const COLS = 130;

/** ID01's vertical geometry: eta rocks, delta carries the detector. */
export const geometry: ScanGeometry = {
  sampleCircles: ['z-', 'y-', 'z-'],
  sampleAngles: [[0], Float64Array.from({ length: FRAMES }, (_, i) => 17.6 + 0.008 * (i - 30)), [0]],
  detectorCircles: ['z-', 'y-'],
  detectorAngles: [4, 35.2],
  detectorDirections: ['z-', 'y+'],
  energyEv: 9000,
  distanceM: 0.9,
  pixelM: [55e-6, 55e-6],
  directBeam: [60, 64],
};

export const sinc = (x: number): number => (Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x);

/** Expected counts, without noise, of a box crystal whose Bragg peak lies at frame 31.3, row 58.2, column 66.4. */
export function boxScan(peakCounts: number, background = 0, at: ScanGeometry = geometry): BoxScan {
  const map = createQMap(at);
  const FRAMES = Math.max(...at.sampleAngles.map((angles) => angles.length));
  const g = createQMap(geometry).at(31.3, 58.2, 66.4);
  const axes = qFrame(g);
  const counts = new Float32Array(FRAMES * ROWS * COLS);
  for (let f = 0, i = 0; f < FRAMES; f++) {
    for (let r = 0; r < ROWS; r++) {
      for (let c = 0; c < COLS; c++, i++) {
        const dq = apply(axes, subtract(map.at(f, r, c), g));
        const amplitude = sinc((dq[0] * edges[0]) / 2) * sinc((dq[1] * edges[1]) / 2) * sinc((dq[2] * edges[2]) / 2);
        counts[i] = peakCounts * amplitude ** 2 + background;
      }
    }
  }
  return { block: { frames: FRAMES, rows: ROWS, cols: COLS, counts }, map, edges };
}

/** The whole reduction of a block of frames, as the app runs it. */
export function reduceBlock(
  { block, map }: Pick<BoxScan, 'block' | 'map'>,
  options: ReductionOptions = { method: 'linear', frame: 'q' },
  known?: Uint8Array,
  saturation = 1e9,
  at?: ScanGeometry,
  masks?: FrameMasks,
  atOnce?: number,
): ReducedScan | Refusal {
  const own = copyOf(block);
  const fold = foldFrames(own.rows, own.cols, { masks });
  fold.add(own.counts);
  const statistics = fold.statistics();
  const mask = findMask(statistics, known).pixels;
  const voxels = fillMasked(own, mask, masks);
  const rocking = at && {
    positions: at.sampleAngles[1]!,
    unmeasured: masks?.whole ?? new Set<number>(),
    sums: statistics.frameSums,
    mapOn: (axis: RockingAxis): QMap => createQMap(geometryOnAxis(at, axis)),
  };
  const cut = (box: Box): Region => cutRegion(own, mask, box, {}, [0, 0, 0], voxels);
  return reduceScan({ statistics, mask, map, saturation, cut, atOnce, ...(rocking && { rocking }) }, options);
}

/** @throws Error when the scan was refused */
export function reduced(...args: Parameters<typeof reduceBlock>): ReducedScan {
  const out = reduceBlock(...args);
  if ('refused' in out) throw new Error(`${out.refused}: ${out.detail}`);
  return out;
}

/** The box crystal's geometry with eta at these angles, one per frame. */
export const rockedAt = (eta: readonly number[]): ScanGeometry => ({
  ...geometry,
  sampleAngles: [[0], Float64Array.from(eta), [0]],
});

/** The same frames, to be changed by a test. */
export const copyOf = (block: FrameBlock): FrameBlock => ({ ...block, counts: block.counts.slice() });
