import { stream } from '@core/random/stream';
import type { ScanSpec } from '@main/demo/spec';
import { paperClasses } from '@vocabulary/classes';
import { drawGrowth, drawRawScan } from '../raw-spec';

/** What crystals are looked into: none of them is of any training set. */
export const insideKinds = {
  winterbottom: "Winterbottom's shapes, strain to 2 rad",
  irregular: 'irregular bodies, strain to 2 rad',
  strained: 'both shapes, strain 3 to 5 rad',
  bent: 'both shapes, bent by 3 to 7 rad',
} as const;
export type InsideKind = keyof typeof insideKinds;
export const insideKindNames = Object.keys(insideKinds) as InsideKind[];

/** Distance of a dislocation from the centre, as a part of the lateral size. */
const OFF_CENTRE: readonly [number, number] = [0, 0.33];
const STRAIN_RAD: Readonly<Record<InsideKind, readonly [number, number]>> = {
  winterbottom: [0, 2],
  irregular: [0, 2],
  strained: [3, 5],
  bent: [3, 7],
};

/** Scan `index` of a kind: counts, gaps, background and elements as in `study raw-scans`. Classes take turns one by one, and begin a place later in each three, whose last is looked at by {200}. */
export function drawInsideScan(kind: InsideKind, seed: number, index: number): ScanSpec {
  const draw = stream(seed, 'inside', kind, index);
  // A series of its own for each kind.
  const series = seed * insideKindNames.length + insideKindNames.indexOf(kind);
  const grown = kind === 'irregular' || (kind !== 'winterbottom' && index % 2 === 1);
  return {
    ...drawRawScan(series, index),
    defect: paperClasses[(index + Math.floor(index / 3)) % paperClasses.length]!,
    offCentre: draw.uniform(...OFF_CENTRE),
    strainRad: draw.uniform(...STRAIN_RAD[kind]),
    ...(kind === 'bent' && { bent: true }),
    ...(grown && { grown: drawGrowth(series, index) }),
  };
}
