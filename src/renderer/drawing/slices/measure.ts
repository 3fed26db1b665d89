/**
 * What is measured on a cut: the profile along a line, the sums of a rectangle. Both take voxels as the cut is drawn,
 * one square each: nothing is interpolated, since a value between two voxels was measured by neither, and beside one
 * without measured pixels it could not be told at all.
 */
import type { Sheet } from './sheet';

/** A place on a cut: voxels to the right and upwards. */
export type Spot = readonly [number, number];

/** One voxel under a line. */
export interface ProfilePoint {
  readonly at: Spot;
  /** From the line's beginning, voxels. */
  readonly distance: number;
  /** null where nothing was measured. */
  readonly value: number | null;
}

/** What a rectangle holds. */
export interface RegionSums {
  readonly sum: number;
  /** Of the voxels that were measured; null where there are none. */
  readonly mean: number | null;
  /** The first of the brightest, rows from below, each from the left. */
  readonly maximum: { readonly at: Spot; readonly value: number } | null;
  readonly measured: number;
  readonly unmeasured: number;
}

/** A voxel's value, null where nothing was measured. @param at inside the sheet */
export function valueAt(sheet: Sheet, [right, up]: Spot): number | null {
  const at = sheet.start + up * sheet.upStride + right * sheet.rightStride;
  return sheet.mask[at] === 0 ? sheet.values[at]! : null;
}

/**
 * The voxels under a line between two voxels' centres: one for each step along the axis that it goes farther on, the
 * nearest one of the other axis, so that no voxel is taken twice, a line along an axis is the row of its voxels, and
 * one drawn backwards passes the same voxels.
 * @param from inside the sheet, as is `to`
 */
export function profileAlong(sheet: Sheet, from: Spot, to: Spot): ProfilePoint[] {
  const [across, up] = [to[0] - from[0], to[1] - from[1]];
  const steps = Math.max(Math.abs(across), Math.abs(up));
  // Whole numbers throughout: a voxel that lies half way is the same one from either end.
  const passed = (start: number, by: number, n: number): number =>
    steps === 0 ? start : Math.floor((2 * (start * steps + n * by) + steps) / (2 * steps));
  return Array.from({ length: steps + 1 }, (_, n) => {
    const at: Spot = [passed(from[0], across, n), passed(from[1], up, n)];
    const distance = steps === 0 ? 0 : (n / steps) * Math.hypot(across, up);
    return { at, distance, value: valueAt(sheet, at) };
  });
}

/** Sums a rectangle. @param from one corner, inside the sheet, as is the opposite one; both voxels belong to it */
export function sumsWithin(sheet: Sheet, from: Spot, to: Spot): RegionSums {
  const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
  const [bottom, top] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
  let sum = 0;
  let measured = 0;
  let maximum: RegionSums['maximum'] = null;
  for (let up = bottom; up <= top; up++) {
    for (let across = left; across <= right; across++) {
      const value = valueAt(sheet, [across, up]);
      if (value === null) continue;
      sum += value;
      measured++;
      if (maximum === null || value > maximum.value) maximum = { at: [across, up], value };
    }
  }
  const all = (right - left + 1) * (top - bottom + 1);
  return { sum, mean: measured > 0 ? sum / measured : null, maximum, measured, unmeasured: all - measured };
}
