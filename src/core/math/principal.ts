import { apply, normalise, type Mat3, type Vec3 } from './vector';

const ROUNDS = 200;

/**
 * Unit vector along which points, given about their middle, spread most: the covariance's first eigenvector, by power iteration.
 * Its sign is that of its largest component.
 */
export function principalAxis(points: readonly Vec3[]): Vec3 {
  const sum = (a: 0 | 1 | 2, b: 0 | 1 | 2): number => points.reduce((s, p) => s + p[a] * p[b], 0);
  const [xx, xy, xz, yy, yz, zz] = [sum(0, 0), sum(0, 1), sum(0, 2), sum(1, 1), sum(1, 2), sum(2, 2)];
  const covariance: Mat3 = [
    [xx, xy, xz],
    [xy, yy, yz],
    [xz, yz, zz],
  ];
  // The longest row is no eigenvector's opposite: it has a part along the first one.
  let axis = covariance.reduce((best, row) => (Math.hypot(...row) > Math.hypot(...best) ? row : best));
  for (let i = 0; i < ROUNDS; i++) axis = normalise(apply(covariance, axis));
  const largest = axis.reduce((m, c) => (Math.abs(c) > Math.abs(m) ? c : m), 0);
  return largest < 0 ? [-axis[0], -axis[1], -axis[2]] : axis;
}
