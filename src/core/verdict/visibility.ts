import { dot, type Vec3 } from '@core/math/vector';

/** The twelve Burgers vectors of fcc's perfect dislocations, 1/2<110>, one of each opposite pair, doubled. */
export const BURGERS: readonly Vec3[] = [
  [1, 1, 0],
  [1, -1, 0],
  [1, 0, 1],
  [1, 0, -1],
  [0, 1, 1],
  [0, 1, -1],
];

/** @param b one of {@link BURGERS} */
export const burgersName = (b: Vec3): string => `1/2[${b.join('')}]`;

/**
 * Burgers vectors that a reflection cannot see: g.b = 0 leaves the phase of the crystal flat, so that such a dislocation diffracts
 * as a perfect crystal does (but for what its core and the surfaces add).
 * @param hkl Miller indices in the cubic cell
 * @returns e.g. `1/2[1-10]`, one of each opposite pair
 */
export const invisibleBurgersVectors = (hkl: Vec3): string[] =>
  BURGERS.filter((b) => dot(hkl, b) === 0).map(burgersName);
