import { indexAt, type AffineQ } from '../geometry/affine';
import { apply, multiply, scale, subtract, transpose, type Vec3 } from '../math/vector';
import { offsetIn, pixelStart, rowStart, type Region } from './region';
import { qOfVoxel, sizeOf, type Cube, type Target } from './target';

/** A region averaged over about one voxel, so that no measured counts are skipped. */
export interface BinnedRegion {
  readonly shape: readonly [number, number, number];
  readonly counts: Float32Array;
  /** Share of measured pixels in each bin: rows x cols, or frames x rows x cols where frames have masks of their own. */
  readonly measured: Float32Array;
  /** Whether frames have masks of their own. */
  readonly deep: boolean;
  readonly bins: readonly [number, number, number];
  /** Index of the first pixel of the first bin in the scan. */
  readonly start: readonly [number, number, number];
}

/** How many frames, rows and columns fit into one voxel. */
export const binsFor = (affine: AffineQ, voxel: number): [number, number, number] =>
  affine.steps.map((step) => Math.max(1, Math.floor(voxel / step + 1e-9))) as [number, number, number];

/** Columns [first, last) of the scan that matter in one row of one frame. */
export type Needed = (frame: number, row: number) => readonly [number, number];

/**
 * Where rows cross a cube about the target's centre: along a row Q changes linearly, so each pair of faces leaves an
 * interval. The cube stands askew in the detector, and its bounding box holds several times its pixels.
 * @param half half the cube's edge, voxels
 */
export function columnsInside(affine: AffineQ, { centre, frame, voxel }: Target, half: number): Needed {
  const perPixel = multiply(frame, affine.jacobian);
  const peak = apply(frame, subtract(affine.q, centre));
  return (f, r) => {
    let first = -Infinity;
    let last = Infinity;
    for (const axis of [0, 1, 2] as const) {
      const [df, dr, dc] = perPixel[axis];
      const start = peak[axis] + df * (f - affine.index[0]) + dr * (r - affine.index[1]) - dc * affine.index[2];
      const faces = [(-half * voxel - start) / dc, (half * voxel - start) / dc];
      if (dc === 0 && Math.abs(start) > half * voxel) return [0, 0];
      if (dc === 0) continue;
      first = Math.max(first, Math.min(...faces));
      last = Math.min(last, Math.max(...faces));
    }
    return [Math.floor(first), Math.ceil(last) + 1];
  };
}

/**
 * Averages a region over bins of whole frames, rows and columns; what does not fill a last bin is left out, and bins
 * outside `needed` stay 0.
 */
export function binRegion(region: Region, bins: readonly [number, number, number], needed: Needed): BinnedRegion {
  const [bf, br, bc] = bins;
  const shape = region.shape.map((n, axis) => Math.floor(n / bins[axis as 0 | 1 | 2])) as [number, number, number];
  const [nf, nr, nc] = shape;
  const start = [region.box.frames[0], region.box.rows[0], region.box.cols[0]] as const;
  const counts = new Float32Array(nf * nr * nc);
  const line = new Float64Array(nc * bc);
  const share = 1 / (bf * br * bc);
  for (let f = 0; f < nf; f++) {
    for (let r = 0; r < nr; r++) {
      const [low, high] = needed(start[0] + (f + 0.5) * bf - 0.5, start[1] + (r + 0.5) * br - 0.5);
      const first = Math.max(0, Math.floor((low - start[2]) / bc));
      const last = Math.min(nc, Math.ceil((high - start[2]) / bc));
      if (first >= last) continue;
      line.fill(0, first * bc, last * bc);
      for (let df = 0; df < bf; df++) {
        for (let dr = 0; dr < br; dr++) addRow(region, f * bf + df, r * br + dr, line, first * bc, last * bc);
      }
      const out = (f * nr + r) * nc;
      for (let bin = first, c = first * bc; bin < last; bin++) {
        let sum = 0;
        for (const end = c + bc; c < end; c++) sum += line[c]!;
        counts[out + bin] = sum * share;
      }
    }
  }
  return { shape, counts, measured: binMeasured(region, bins, shape), deep: region.voxels !== undefined, bins, start };
}

/** Regions that were binned alike, one behind the other along the frames, as one. @param pieces one at least */
export function joinBinned(pieces: readonly BinnedRegion[]): BinnedRegion {
  const [first] = pieces as readonly [BinnedRegion];
  const [, nr, nc] = first.shape;
  const nf = pieces.reduce((sum, { shape }) => sum + shape[0], 0);
  const deep = pieces.some((piece) => piece.deep);
  const counts = new Float32Array(nf * nr * nc);
  const measured = deep ? new Float32Array(counts.length) : first.measured;
  let at = 0;
  for (const piece of pieces) {
    counts.set(piece.counts, at);
    const own = piece.measured;
    // What is said of all frames is said of each.
    for (let f = 0; deep && f < piece.shape[0]; f++)
      measured.set(piece.deep ? own.subarray(f * nr * nc, (f + 1) * nr * nc) : own, at + f * nr * nc);
    at += piece.counts.length;
  }
  return { ...first, shape: [nf, nr, nc], counts, measured, deep };
}

/** Adds columns [first, last) of one corrected row of a region to a line. */
function addRow(region: Region, frame: number, row: number, line: Float64Array, first: number, last: number): void {
  const { counts } = region.block;
  const { frames, pixels } = region.correction;
  const offset = offsetIn(region.correction, region.box.frames[0] + frame);
  const from = rowStart(region, frame, row);
  const factor = frames?.[region.box.frames[0] + frame] ?? 1;
  if (pixels) {
    const pixel = pixelStart(region, row);
    for (let c = first; c < last; c++) line[c]! += (counts[from + c]! - offset) * factor * pixels[pixel + c]!;
  } else {
    for (let c = first; c < last; c++) line[c]! += (counts[from + c]! - offset) * factor;
  }
}

function binMeasured(region: Region, bins: readonly number[], [nf, nr, nc]: readonly number[]): Float32Array {
  const [, br, bc] = bins as [number, number, number];
  const measured = new Float32Array(nr! * nc!);
  if (region.voxels) return binVoxels(region, region.voxels, bins, [nf!, nr!, nc!]);
  for (let r = 0; r < nr! * br; r++) {
    const pixel = pixelStart(region, r);
    for (let c = 0; c < nc! * bc; c++) {
      if (region.mask[pixel + c] === 0) measured[Math.floor(r / br) * nc! + Math.floor(c / bc)]! += 1 / (br * bc);
    }
  }
  return measured;
}

/** The same, frame by frame. */
function binVoxels(
  region: Region,
  voxels: Uint8Array,
  bins: readonly number[],
  shape: readonly number[],
): Float32Array {
  const [bf, br, bc] = bins as [number, number, number];
  const [nf, nr, nc] = shape as [number, number, number];
  const measured = new Float32Array(nf * nr * nc);
  for (let f = 0; f < nf * bf; f++) {
    for (let r = 0; r < nr * br; r++) {
      const pixel = pixelStart(region, r);
      const from = rowStart(region, f, r);
      const line = (Math.floor(f / bf) * nr + Math.floor(r / br)) * nc;
      for (let c = 0; c < nc * bc; c++) {
        if (region.mask[pixel + c] === 0 && voxels[from + c] === 0)
          measured[line + Math.floor(c / bc)]! += 1 / (bf * br * bc);
      }
    }
  }
  return measured;
}

/**
 * Shares what a voxel holds beyond its whole bins with the neighbouring bins, so that counts are averaged over boxes of
 * one voxel along frames, rows and columns; in place.
 */
export function smoothToVoxel(binned: BinnedRegion, affine: AffineQ, voxel: number): BinnedRegion {
  const { counts } = binned;
  ([0, 1, 2] as const).forEach((axis) => {
    const width = voxel / (affine.steps[axis] * binned.bins[axis]);
    if (width > 1) smooth(counts, binned.shape, axis, (width - 1) / 2);
  });
  return binned;
}

/** Convolves one axis in place with (edge, 1, edge) / (1 + 2 edge); the outermost bins stay. */
function smooth(counts: Float32Array, shape: readonly [number, number, number], axis: 0 | 1 | 2, edge: number): void {
  const stride = axis === 0 ? shape[1] * shape[2] : axis === 1 ? shape[2] : 1;
  const length = shape[axis];
  const centre = 1 / (1 + 2 * edge);
  const previous = new Float32Array(stride);
  for (let block = 0; block < counts.length; block += stride * length) {
    for (let s = 0; s < stride; s++) previous[s] = counts[block + s]!;
    for (let i = block + stride, end = block + stride * (length - 1), s = 0; i < end; i++) {
      const value = counts[i]!;
      counts[i] = (value + edge * (previous[s]! + counts[i + stride]!)) * centre;
      previous[s] = value;
      if (++s === stride) s = 0;
    }
  }
}

/**
 * The method `linear`: the scan's Q linearised about the peak, trilinear interpolation between the binned pixels.
 * A voxel outside the measured region is 0 and masked; one between filled pixels keeps the filled value and is masked.
 */
export function resampleLinear(binned: BinnedRegion, affine: AffineQ, target: Target): Cube {
  const [nf, nr, nc] = binned.shape;
  // Scan index -> index of bins: bin b of width w holds the pixels start + b w ... and is centred (w - 1) / 2 further.
  const toBin = (index: Vec3): Vec3 =>
    index.map((value, axis) => {
      const width = binned.bins[axis as 0 | 1 | 2];
      return (value - binned.start[axis as 0 | 1 | 2] - (width - 1) / 2) / width;
    }) as unknown as Vec3;
  const origin = toBin(indexAt(affine, qOfVoxel(target, [0, 0, 0])));
  // Columns: how the bin index changes with each step of the volume's three axes.
  const step = multiply(affine.inverse, transpose(target.frame)).map((row, axis) =>
    scale(row, target.voxel / binned.bins[axis as 0 | 1 | 2]),
  ) as [Vec3, Vec3, Vec3];
  const size = sizeOf(target);
  const intensity = new Float32Array(size ** 3);
  const mask = new Uint8Array(size ** 3).fill(1);
  const plane = nr * nc;
  const { counts, measured, deep } = binned;
  for (let i = 0, out = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const f0 = origin[0] + i * step[0][0] + j * step[0][1];
      const r0 = origin[1] + i * step[1][0] + j * step[1][1];
      const c0 = origin[2] + i * step[2][0] + j * step[2][1];
      for (let k = 0; k < size; k++, out++) {
        const f = f0 + k * step[0][2];
        const r = r0 + k * step[1][2];
        const c = c0 + k * step[2][2];
        if (!(f >= 0 && r >= 0 && c >= 0 && f < nf - 1 && r < nr - 1 && c < nc - 1)) continue;
        const fi = Math.floor(f);
        const ri = Math.floor(r);
        const ci = Math.floor(c);
        const tf = f - fi;
        const tr = r - ri;
        const tc = c - ci;
        const at = fi * plane + ri * nc + ci;
        const low = lerp2(counts, at, nc, tr, tc);
        const high = lerp2(counts, at + plane, nc, tr, tc);
        // What is left of an offset's noise may lie below nothing.
        intensity[out] = Math.max(0, low + tf * (high - low));
        const near = deep
          ? (1 - tf) * lerp2(measured, at, nc, tr, tc) + tf * lerp2(measured, at + plane, nc, tr, tc)
          : lerp2(measured, ri * nc + ci, nc, tr, tc);
        if (near > 0.25) mask[out] = 0;
      }
    }
  }
  return { intensity, mask };
}

function lerp2(values: Float32Array, at: number, cols: number, tr: number, tc: number): number {
  const top = values[at]! + tc * (values[at + 1]! - values[at]!);
  const bottom = values[at + cols]! + tc * (values[at + cols + 1]! - values[at + cols]!);
  return top + tr * (bottom - top);
}
