export type Axis = 0 | 1 | 2;

/** A cut through the volume: the axis it is perpendicular to, and the axes drawn to the right and upwards. */
export interface Plane {
  readonly normal: Axis;
  readonly right: Axis;
  readonly up: Axis;
}

/**
 * The three linked cuts, as they stand in the two-by-two grid: cuts above each other share the axis to the right,
 * cuts beside each other the axis upwards, so that a feature is found by following a line.
 */
export const planes: readonly [Plane, Plane, Plane] = [
  { normal: 2, right: 1, up: 0 },
  { normal: 1, right: 2, up: 0 },
  { normal: 0, right: 1, up: 2 },
];
