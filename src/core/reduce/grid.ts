import type { QMap } from '../geometry/q';
import { apply, multiply, type Mat3, type Vec3 } from '../math/vector';
import { offsetIn, pixelStart, rowStart, type Region } from './region';
import { sizeOf, type Cube, type Target } from './target';

/**
 * Mean of the hits in each cell of a regular grid, as Gridder3D of xrayutilities forms it: cell centres at
 * linspace(min, max, n), a point belongs to the nearest centre, an empty cell is 0 (FORMATS section 0).
 * @param points x, y, z of every point, three arrays of one length
 */
export function gridMean(
  points: readonly [Float64Array, Float64Array, Float64Array],
  values: ArrayLike<number>,
  shape: readonly [number, number, number],
): { axes: [Float64Array, Float64Array, Float64Array]; mean: Float64Array; hits: Uint32Array } {
  const limits = points.map(range) as [readonly [number, number], readonly [number, number], readonly [number, number]];
  const step = limits.map(([low, high], axis) => (high - low) / (shape[axis as 0 | 1 | 2] - 1));
  const mean = new Float64Array(shape[0] * shape[1] * shape[2]);
  const hits = new Uint32Array(mean.length);
  for (let p = 0; p < values.length; p++) {
    const i = Math.round((points[0][p]! - limits[0][0]) / step[0]!);
    const j = Math.round((points[1][p]! - limits[1][0]) / step[1]!);
    const k = Math.round((points[2][p]! - limits[2][0]) / step[2]!);
    const cell = (i * shape[1] + j) * shape[2] + k;
    mean[cell]! += values[p]!;
    hits[cell]!++;
  }
  for (let cell = 0; cell < mean.length; cell++) if (hits[cell]! > 0) mean[cell]! /= hits[cell]!;
  const axes = limits.map(([low], axis) =>
    Float64Array.from({ length: shape[axis as 0 | 1 | 2] }, (_, i) => low + i * step[axis]!),
  ) as [Float64Array, Float64Array, Float64Array];
  return { axes, mean, hits };
}

function range(values: Float64Array): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Frames of one kind that a grid gathers: a region, Q of its pixels, and which of the region's frames count (all, where left out). */
export interface GridPart {
  readonly region: Region;
  readonly map: QMap;
  readonly frames?: readonly number[] | undefined;
}

/** The method `grid`: exact Q of every pixel of the regions, mean of the hits in each voxel of the target. */
export function resampleGrid(parts: readonly GridPart[], target: Target): Cube {
  const size = sizeOf(target);
  const sums = new Float64Array(size ** 3);
  const hits = new Uint32Array(size ** 3);
  const measured = new Uint32Array(size ** 3);
  for (const part of parts) gather(part, target, size, sums, hits, measured);
  const intensity = new Float32Array(size ** 3);
  const mask = new Uint8Array(size ** 3);
  for (let cell = 0; cell < intensity.length; cell++) {
    if (hits[cell]! > 0) intensity[cell] = Math.max(0, sums[cell]! / hits[cell]!);
    if (measured[cell] === 0) mask[cell] = 1;
  }
  return { intensity, mask };
}

function gather(
  { region, map, frames }: GridPart,
  target: Target,
  size: number,
  sums: Float64Array,
  hits: Uint32Array,
  measured: Uint32Array,
): void {
  const [all, rows, cols] = region.shape;
  const offset = apply(target.frame, target.centre).map((q) => size / 2 - q / target.voxel) as unknown as Vec3;
  const { pixels: flat } = region.correction;
  let transfers = map.detectorTurns ? undefined : transfersOf(region, map, 0);
  for (const f of frames ?? Array.from({ length: all }, (_, k) => k)) {
    if (map.detectorTurns) transfers = transfersOf(region, map, region.box.frames[0] + f);
    const m: Mat3 = multiply(target.frame, map.toSample(region.box.frames[0] + f));
    const perVoxel = map.k(region.box.frames[0] + f) / target.voxel;
    const [first, second, third] = m.map((row) => row.map((v) => v * perVoxel)) as unknown as [Vec3, Vec3, Vec3];
    const factor = region.correction.frames?.[region.box.frames[0] + f] ?? 1;
    const pedestal = offsetIn(region.correction, region.box.frames[0] + f);
    for (let p = 0, t = 0, r = 0, c = 0; p < rows * cols; p++, t += 3, c++) {
      if (c === cols) {
        c = 0;
        r++;
      }
      const x = transfers![t]!;
      const y = transfers![t + 1]!;
      const z = transfers![t + 2]!;
      const u = Math.round(first[0] * x + first[1] * y + first[2] * z + offset[0]);
      if (u < 0 || u >= size) continue;
      const v = Math.round(second[0] * x + second[1] * y + second[2] * z + offset[1]);
      if (v < 0 || v >= size) continue;
      const w = Math.round(third[0] * x + third[1] * y + third[2] * z + offset[2]);
      if (w < 0 || w >= size) continue;
      const cell = (u * size + v) * size + w;
      const pixel = pixelStart(region, r) + c;
      const voxel = rowStart(region, f, r) + c;
      sums[cell]! += (region.block.counts[voxel]! - pedestal) * factor * (flat ? flat[pixel]! : 1);
      hits[cell]!++;
      if (region.mask[pixel] === 0 && !region.voxels?.[voxel]) measured[cell]!++;
    }
  }
}

/** Transfer of each pixel of a region at one frame: x, y, z of the first, of the second, ... */
function transfersOf({ box, shape: [, rows, cols] }: Region, map: QMap, frame: number): Float64Array {
  const transfers = new Float64Array(rows * cols * 3);
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++, i += 3) transfers.set(map.transfer(box.rows[0] + r, box.cols[0] + c, frame), i);
  }
  return transfers;
}
