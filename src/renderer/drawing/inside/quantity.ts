import { fixed } from '@renderer/format';
import { roundTicks, tickDecimals } from '@renderer/drawing/slices/axis';
import { levels } from '@renderer/drawing/slices/colour-map';
import type { AxisLabel } from '@renderer/drawing/slices/draw';

/** What colours a crystal: the phase without its ramp (rad), and displacement (angstrom) and strain (per cent) along Q. */
export const quantityNames = ['phase', 'displacement', 'strain'] as const;
export type QuantityName = (typeof quantityNames)[number];

/** How values become colours: from one end of a bar to the other, about nothing in the middle. */
export interface InsideScale {
  /** An angle, whose two ends are one. */
  readonly cyclic: boolean;
  /** The bar ends at plus and minus this. */
  readonly most: number;
}

/** Beyond the bar's ends lie so many of the values either way: single voxels at the surface would take all its colours. */
const beyond = 0.005;
/** Smallest end of a bar: what is less is flat. */
const leastMost = { displacement: 0.02, strain: 0.005 } as const;

/** Two digits, upwards. */
function roundedUp(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / step - 1e-9) * step).toPrecision(2));
}

/**
 * The scale that shows a field, or several beside each other, with the same colours.
 * @param fields values, not a number where there is none
 */
export function scaleOf(name: QuantityName, fields: readonly Float32Array[]): InsideScale {
  if (name === 'phase') return { cyclic: true, most: Math.PI };
  const sizes = Float32Array.from(
    fields.flatMap((field) => [...field.filter((value) => !Number.isNaN(value))].map(Math.abs)),
  );
  sizes.sort();
  const top = sizes[Math.floor((sizes.length - 1) * (1 - beyond))] ?? 0;
  return { cyclic: false, most: roundedUp(Math.max(leastMost[name], top)) };
}

/** A value's colour: its number in a table of 256. */
export function levelOf(value: number, { cyclic, most }: InsideScale): number {
  const part = (value / most + 1) / 2;
  if (cyclic) return Math.floor((part - Math.floor(part)) * levels) % levels;
  return Math.min(levels - 1, Math.max(0, Math.floor(part * levels)));
}

/** Of the values that there are; null where there is none. */
export function rootMeanSquare(field: Float32Array): number | null {
  let [sum, count] = [0, 0];
  for (const value of field) {
    if (Number.isNaN(value)) continue;
    sum += value * value;
    count++;
  }
  return count > 0 ? Math.sqrt(sum / count) : null;
}

/** Labels of a colour bar at parts of its length. */
export function barTicks({ cyclic, most }: InsideScale): readonly AxisLabel[] {
  if (cyclic) return ['−π', '−π/2', '0', 'π/2', 'π'].map((label, n) => ({ t: n / 4, label }));
  const ticks = roundTicks(-most, most, 4);
  const decimals = tickDecimals(ticks);
  return ticks.map((tick) => ({ t: (tick / most + 1) / 2, label: fixed(tick, decimals) }));
}
