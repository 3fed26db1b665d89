import { levels } from '@renderer/drawing/slices/colour-map';
import type { Axis, Plane } from '@renderer/drawing/slices/plane';
import type { Triple } from '@renderer/drawing/slices/volume';
import { levelOf, type InsideScale } from './quantity';
import type { Solid } from './solid';

/** Voxels about the body that a cut shows as well. */
const margin = 2;

/** What a cut shows: as much along each axis, so that all three cuts are of one scale; voxel edges. */
export function bodyWindow({ bounds, shape }: Pick<Solid, 'bounds' | 'shape'>, axis: Axis): readonly [number, number] {
  const { from, to } = bounds;
  const wide = Math.max(...([0, 1, 2] as const).map((each) => to[each] - from[each])) + 2 * margin;
  const size = Math.min(wide, shape[axis]);
  const start = Math.min(shape[axis] - size, Math.max(0, Math.round((from[axis] + to[axis] - size) / 2)));
  return [start, start + size];
}

/** A quantity's colours; the modulus has those of intensities, from nothing to its largest. */
export interface CutColours {
  /** 256 packed colours. */
  readonly table: Uint32Array;
  /** null: values of 0 to 1. */
  readonly scale: InsideScale | null;
}

/**
 * Writes one cut as pixels, top row = highest index of the upward axis; what lies outside the body is left clear.
 * @param field first axis slowest, not a number where it has no value
 * @param body has a number wherever there is crystal
 * @param out shape[up] x shape[right] words of an ImageData
 */
export function paintBodyCut(
  { shape, field, body }: { readonly shape: Triple; readonly field: Float32Array; readonly body: Float32Array },
  plane: Plane,
  index: number,
  { table, scale }: CutColours,
  out: Uint32Array,
): void {
  const strides: Triple = [shape[1] * shape[2], shape[2], 1];
  const [rows, columns] = [shape[plane.up], shape[plane.right]];
  for (let row = 0, pixel = 0; row < rows; row++) {
    let at = index * strides[plane.normal] + (rows - 1 - row) * strides[plane.up];
    for (let column = 0; column < columns; column++, pixel++, at += strides[plane.right]) {
      const value = field[at]!;
      if (Number.isNaN(value) || Number.isNaN(body[at]!)) out[pixel] = 0;
      else out[pixel] = table[scale ? levelOf(value, scale) : toLevel(value)]!;
    }
  }
}

const toLevel = (value: number): number => Math.min(levels - 1, Math.max(0, Math.floor(value * levels)));
