import { norm, type Vec3 } from '../math/vector';
import { createQMap, type ScanGeometry } from './q';

const ROUNDS = 20;
/** |Q| is met to this part of it. */
const MET = 1e-6;
/** A direct beam farther off, in pixels, or a distance off by a larger factor, is no slip. */
const FARTHEST = 1000;
const MOST_FACTOR = 3;

const lengthAt = (geometry: ScanGeometry, [frame, row, col]: Vec3): number =>
  norm(createQMap(geometry).at(frame, row, col));

/**
 * The direct-beam pixel nearest to the one given with which a peak would have a lattice spacing.
 * @param peak frame, row and column
 * @param spacing angstrom
 * @returns row and column; undefined where none is near
 */
export function beamForSpacing(geometry: ScanGeometry, peak: Vec3, spacing: number): [number, number] | undefined {
  const wanted = (2 * Math.PI) / spacing;
  const [row0, col0] = geometry.directBeam;
  let [row, col] = [row0, col0];
  const at = (r: number, c: number): number => lengthAt({ ...geometry, directBeam: [r, c] }, peak);
  for (let round = 0; round < ROUNDS; round++) {
    const now = at(row, col);
    if (Math.abs(now / wanted - 1) < MET) return Math.hypot(row - row0, col - col0) < FARTHEST ? [row, col] : undefined;
    const slope = [at(row + 1, col) - now, at(row, col + 1) - now] as const;
    const square = slope[0] ** 2 + slope[1] ** 2;
    if (!(square > 0)) return undefined;
    row += (slope[0] * (wanted - now)) / square;
    col += (slope[1] * (wanted - now)) / square;
  }
  return undefined;
}

/** The detector distance, metres, with which a peak would have a lattice spacing; undefined where none within a factor of three does. */
export function distanceForSpacing(geometry: ScanGeometry, peak: Vec3, spacing: number): number | undefined {
  const wanted = (2 * Math.PI) / spacing;
  const at = (factor: number): number =>
    lengthAt({ ...geometry, distanceM: factor * geometry.distanceM }, peak) - wanted;
  let [low, high] = [1 / MOST_FACTOR, MOST_FACTOR];
  if (at(low) * at(high) > 0) return undefined;
  const rising = at(high) > 0;
  for (let round = 0; round < 60; round++) {
    const middle = Math.sqrt(low * high);
    if (at(middle) > 0 === rising) high = middle;
    else low = middle;
  }
  return low * geometry.distanceM;
}
