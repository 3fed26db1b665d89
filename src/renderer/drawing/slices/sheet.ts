import { leadingShift, type Levels } from './levels';
import type { Plane } from './plane';

type Triple = readonly [number, number, number];

/** Intensities on a regular grid, first axis slowest, and where none was measured. */
export interface Voxels {
  readonly shape: Triple;
  readonly intensity: Float32Array;
  readonly mask: Uint8Array;
}

/** How the volume is seen along an axis: one layer of it, or all layers added or their brightest. */
export const viewModes = ['cut', 'sum', 'maximum'] as const;
export type ViewMode = (typeof viewModes)[number];

/** A picture's values and where they lie in memory, so that nothing is copied to be drawn. */
export interface Sheet {
  readonly values: Float32Array;
  /** 1 where nothing was measured. */
  readonly mask: Uint8Array;
  /** Index of the lower left value, and the way to the next upwards and to the right. */
  readonly start: number;
  readonly upStride: number;
  readonly rightStride: number;
  readonly rows: number;
  readonly columns: number;
}

/** One layer of a volume. */
export function cutOf(volume: Voxels, plane: Plane, index: number): Sheet {
  const { shape } = volume;
  const strides: Triple = [shape[1] * shape[2], shape[2], 1];
  return {
    values: volume.intensity,
    mask: volume.mask,
    start: index * strides[plane.normal],
    upStride: strides[plane.up],
    rightStride: strides[plane.right],
    rows: shape[plane.up],
    columns: shape[plane.right],
  };
}

/** Values along one axis brought together; the lower of the two axes that are left is slowest. */
export interface Shadow {
  readonly values: Float32Array;
  /** 1 where no voxel along the axis was measured. */
  readonly mask: Uint8Array;
}

/** A volume's projections along its three axes. */
export type Shadows = readonly [Shadow, Shadow, Shadow];

/**
 * Projects a volume along its three axes in one pass. What was not measured adds nothing. The brightest of the three
 * pictures becomes 1, so that one scale serves them all.
 */
export function project({ shape: [ni, nj, nk], intensity, mask }: Voxels, mode: Exclude<ViewMode, 'cut'>): Shadows {
  const empty = (size: number): Shadow => ({ values: new Float32Array(size), mask: new Uint8Array(size).fill(1) });
  const shadows: Shadows = [empty(nj * nk), empty(ni * nk), empty(ni * nj)];
  const adds = mode === 'sum';
  for (let i = 0, n = 0; i < ni; i++) {
    for (let j = 0; j < nj; j++) {
      for (let k = 0; k < nk; k++, n++) {
        if (mask[n] !== 0) continue;
        const value = intensity[n]!;
        cast(shadows[0], j * nk + k, value, adds);
        cast(shadows[1], i * nk + k, value, adds);
        cast(shadows[2], i * nj + j, value, adds);
      }
    }
  }
  let top = 0;
  for (const { values } of shadows) for (const value of values) if (value > top) top = value;
  if (top > 0) for (const { values } of shadows) for (let n = 0; n < values.length; n++) values[n]! /= top;
  return shadows;
}

function cast({ values, mask }: Shadow, at: number, value: number, adds: boolean): void {
  mask[at] = 0;
  if (adds) values[at]! += value;
  else if (value > values[at]!) values[at] = value;
}

/** A projection as a picture. */
export function shadowOf(shape: Triple, shadows: Shadows, plane: Plane): Sheet {
  const columns = shape[plane.right];
  const rows = shape[plane.up];
  // The lower axis is slowest: the other one's size is its stride.
  const upFirst = plane.up < plane.right;
  const { values, mask } = shadows[plane.normal];
  return {
    values,
    mask,
    start: 0,
    upStride: upFirst ? columns : 1,
    rightStride: upFirst ? 1 : rows,
    rows,
    columns,
  };
}

/** Stripes of the hatching over what was not measured are two to the power of this wide. */
const hatchShift = 1;

/**
 * Writes a picture as pixels, top row = highest index of the upward axis.
 * @param levels of intensities among the colours
 * @param colours packed colours, from the bar's low end to its high one
 * @param hatch two packed colours, drawn as diagonal stripes where the mask is set
 * @param out rows x columns words of an ImageData
 */
export function paintSheet(
  { values, mask, start, upStride, rightStride, rows, columns }: Sheet,
  { first, next }: Levels,
  colours: Uint32Array,
  hatch: Uint32Array,
  out: Uint32Array,
): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let row = 0, pixel = 0; row < rows; row++) {
    let at = start + (rows - 1 - row) * upStride;
    for (let column = 0; column < columns; column++, pixel++, at += rightStride) {
      if (mask[at]) {
        out[pixel] = hatch[((row + column) >> hatchShift) & 1]!;
        continue;
      }
      const leading = bits[at]! >>> leadingShift;
      // Of negative values, whose sign is the first bit, none is above the bar's low end.
      let level = leading < first.length ? first[leading]! : 0;
      const value = values[at]!;
      while (value >= next[level]!) level++;
      out[pixel] = colours[level]!;
    }
  }
}
