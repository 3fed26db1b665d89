import type { Vec3 } from './vector';

export interface PrincipalAxes {
  readonly centre: Vec3;
  /** Unit vectors, that of the largest spread first. */
  readonly axes: readonly [Vec3, Vec3, Vec3];
  /** Standard deviations along them. */
  readonly spreads: readonly [number, number, number];
}

const SWEEPS = 30;

/**
 * Principal axes of some of a cloud's points, by Jacobi's rotations of their covariance (Numerical Recipes, 11.1).
 * @param positions 3N coordinates
 * @param members which points
 */
export function principalAxes(positions: Float64Array, members: readonly number[]): PrincipalAxes {
  const n = members.length;
  const centre = [0, 0, 0];
  for (const i of members) for (let a = 0; a < 3; a++) centre[a]! += positions[3 * i + a]! / n;
  const m = Array.from({ length: 3 }, () => [0, 0, 0]);
  for (const i of members) {
    const d = centre.map((c, a) => positions[3 * i + a]! - c);
    for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) m[a]![b]! += (d[a]! * d[b]!) / n;
  }
  const vectors = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      rotate(m, vectors, p, q);
  const order = [0, 1, 2].sort((a, b) => m[b]![b]! - m[a]![a]!);
  const axis = (k: number): Vec3 => vectors.map((row) => row[order[k]!]!) as unknown as Vec3;
  const spread = (k: number): number => Math.sqrt(Math.max(0, m[order[k]!]![order[k]!]!));
  return {
    centre: centre as unknown as Vec3,
    axes: [axis(0), axis(1), axis(2)],
    spreads: [spread(0), spread(1), spread(2)],
  };
}

/** Turns axes p and q so that their covariance vanishes. */
function rotate(m: number[][], vectors: number[][], p: number, q: number): void {
  if (m[p]![q] === 0) return;
  const angle = 0.5 * Math.atan2(2 * m[p]![q]!, m[q]![q]! - m[p]![p]!);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const mix = (rows: number[][]): void => {
    for (const row of rows) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
  };
  mix(m);
  [m[p], m[q]] = [m[p]!.map((x, k) => c * x - s * m[q]![k]!), m[p]!.map((x, k) => s * x + c * m[q]![k]!)];
  mix(vectors);
}
