import { indexAt, type AffineQ } from '../geometry/affine';
import type { Vec3 } from '../math/vector';
import { pixelStart, rowStart, type Box, type Region } from './region';
import type { Target } from './target';

/** A box of a scan about its Bragg peak, as the detector counted it: frames, rows and columns. */
export interface DetectorCut {
  readonly shape: Vec3;
  /** Frame, row and column of the first voxel; negative where the box reaches beyond the scan. */
  readonly first: Vec3;
  /** Counts; what was not measured is filled from its neighbours, or 0 beyond the scan. */
  readonly counts: Float32Array;
  /** 1 where nothing was measured. */
  readonly mask: Uint8Array;
  /** Q as a linear function of the scan's (frame, row, column). */
  readonly affine: AffineQ;
}

/** Fourier transforms of such sizes are fast, and those of PyNX take no others. */
const PRIMES = [2, 3, 5, 7] as const;
const LEAST = 8;

function isSmooth(size: number): boolean {
  let left = size;
  for (const prime of PRIMES) while (left % prime === 0) left /= prime;
  return left === 1;
}

/** The largest even number without prime factors above 7 that is not larger. */
export function smoothEven(most: number): number {
  let size = Math.max(LEAST, 2 * Math.floor(most / 2));
  while (!isSmooth(size)) size -= 2;
  return size;
}

/**
 * Cuts the box of a target's cube out of a scan, as large as the scan allows, with the target's centre in the middle (index size / 2), so that
 * it reaches beyond the scan where the peak lies near its end.
 * @param shape of the scan, frames, rows and columns
 * @param box of the target in the scan
 * @param cut gives the counts within a box
 */
export function detectorCut(
  shape: Vec3,
  box: Box,
  cut: (box: Box) => Region,
  affine: AffineQ,
  target: Target,
): DetectorCut {
  const centre = indexAt(affine, target.centre).map(Math.round);
  const edges = [box.frames, box.rows, box.cols];
  const size = edges.map(([low, high], axis) => smoothEven(Math.min(high - low, shape[axis]!))) as unknown as Vec3;
  const first = size.map((n, axis) => centre[axis]! - n / 2) as unknown as Vec3;
  const within = (axis: 0 | 1 | 2): [number, number] => [
    Math.max(0, first[axis]),
    Math.min(shape[axis], first[axis] + size[axis]),
  ];
  const counts = new Float32Array(size[0] * size[1] * size[2]);
  const mask = new Uint8Array(counts.length).fill(1);
  const region = cut({ frames: within(0), rows: within(1), cols: within(2) });
  const [frames, rows, cols] = region.shape;
  for (let f = 0; f < frames; f++) {
    const factor = region.correction.frames?.[region.box.frames[0] + f] ?? 1;
    for (let r = 0; r < rows; r++) {
      const [from, pixel] = [rowStart(region, f, r), pixelStart(region, r)];
      const [i, j] = [region.box.frames[0] + f - first[0], region.box.rows[0] + r - first[1]];
      const to = (i * size[1] + j) * size[2] + region.box.cols[0] - first[2];
      for (let c = 0; c < cols; c++) {
        counts[to + c] = region.block.counts[from + c]! * factor * (region.correction.pixels?.[pixel + c] ?? 1);
        mask[to + c] = region.mask[pixel + c] !== 0 || region.voxels?.[from + c] === 1 ? 1 : 0;
      }
    }
  }
  return { shape: size, first, counts, mask, affine };
}
