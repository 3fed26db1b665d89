import { fromPeak } from '@renderer/drawing/slices/axis';
import type { ChartPoint } from '@renderer/drawing/figure/chart';
import { profileAlong, sumsWithin, type RegionSums, type Spot } from '@renderer/drawing/slices/measure';
import type { ViewMode } from '@renderer/drawing/slices/sheet';
import { sheetAt, type PreparedVolume, type Triple } from '@renderer/drawing/slices/volume';
import type { Compared } from '@renderer/shell/state/comparison.svelte';
import type { Measure, Measuring } from './measuring.svelte';

/** A volume that is measured, and what it is of. */
export interface Side {
  readonly name: string;
  readonly volume: PreparedVolume;
}

/** What is measured: a volume, and what it is compared with where the line or rectangle lies inside of that. */
export function sidesOf(own: Side, compared: Compared | null, measuring: Measuring): [Side, ...Side[]] {
  const { name = '', volume = null } = compared ?? {};
  return volume && measuring.on(volume.shape) ? [own, { name, volume }] : [own];
}

/** Where the cuts stand, and how the volume is seen along their axes. */
interface Seen {
  readonly mode: ViewMode;
  readonly crosshair: Triple;
}

/** The profile of one volume. */
export interface Profile {
  readonly name: string;
  /** Step between voxels, 1/angstrom. */
  readonly voxel: number;
  /** x: 1/angstrom from the line's beginning; y: intensity relative to the volume's maximum. */
  readonly points: readonly ChartPoint[];
  readonly spots: readonly Spot[];
}

const sheetOf = ({ volume }: Side, { plane }: Measure, { mode, crosshair }: Seen) =>
  sheetAt(volume, mode, plane, crosshair[plane.normal]);

/** The profile along a line on what is drawn of a volume. */
export function profileOf(side: Side, measure: Measure, seen: Seen): Profile {
  const { voxel } = side.volume;
  const passed = profileAlong(sheetOf(side, measure, seen), measure.from, measure.to);
  return {
    name: side.name,
    voxel,
    points: passed.map(({ distance, value }) => ({ x: distance * voxel, y: value })),
    spots: passed.map(({ at }) => at),
  };
}

/** The sums of a rectangle on what is drawn of a volume. */
export const sumsOf = (side: Side, measure: Measure, seen: Seen): RegionSums =>
  sumsWithin(sheetOf(side, measure, seen), measure.from, measure.to);

/** Voxels of a rectangle to the right and upwards. */
export const sizeOf = ({ from, to }: Measure): [number, number] => [
  Math.abs(to[0] - from[0]) + 1,
  Math.abs(to[1] - from[1]) + 1,
];

/** A spot's distances from the centre of mass to the right and upwards, 1/angstrom. */
export function placeOf({ volume: { shape, voxel } }: Side, { plane }: Measure, [right, up]: Spot): [number, number] {
  return [fromPeak(right, shape[plane.right], voxel), fromPeak(up, shape[plane.up], voxel)];
}
