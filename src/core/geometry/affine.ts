import { add, apply, cross, dot, invert, norm, normalise, scale, subtract, type Mat3, type Vec3 } from '../math/vector';
import type { QMap } from './q';

/** Q as a linear function of (frame, row, column) about one point: exact there, and good for rocking curves of about a degree. */
export interface AffineQ {
  readonly index: Vec3;
  readonly q: Vec3;
  /** dq / d(frame, row, col), one column each. */
  readonly jacobian: Mat3;
  readonly inverse: Mat3;
  /** |dq| of one step along frames, rows, columns, 1/angstrom. */
  readonly steps: Vec3;
}

/**
 * Linearises a scan's Q about an index by central differences.
 * @returns undefined where the three directions do not span space (nothing rocks)
 */
export function linearise(map: QMap, index: Vec3): AffineQ | undefined {
  // Two frames either way even out the jitter of recorded motor positions.
  const reach: Vec3 = [2, 1, 1];
  const columns = ([0, 1, 2] as const).map((axis) => {
    const at = (sign: number): Vec3 => {
      const i = index.map((value, k) => (k === axis ? value + sign * reach[axis] : value));
      return map.at(i[0]!, i[1]!, i[2]!);
    };
    return scale(subtract(at(1), at(-1)), 1 / (2 * reach[axis]));
  }) as [Vec3, Vec3, Vec3];
  const jacobian: Mat3 = [
    [columns[0][0], columns[1][0], columns[2][0]],
    [columns[0][1], columns[1][1], columns[2][1]],
    [columns[0][2], columns[1][2], columns[2][2]],
  ];
  const inverse = invert(jacobian);
  if (!inverse) return undefined;
  const steps: Vec3 = [norm(columns[0]), norm(columns[1]), norm(columns[2])];
  return { index, q: map.at(index[0], index[1], index[2]), jacobian, inverse, steps };
}

/** Fractional index of a Q. */
export const indexAt = (affine: AffineQ, q: Vec3): Vec3 =>
  add(affine.index, apply(affine.inverse, subtract(q, affine.q)));

/** Rounds that follow the curvature from the peak to the volume's corners; more change nothing. */
const INDEX_ROUNDS = 3;

/**
 * Fractional (frame, row, column) of a Q, by Newton's method: exact where the linear form about `start` is not.
 * @returns undefined where the scan does not turn the crystal through Q
 */
export function findIndex(map: QMap, q: Vec3, start: Vec3): Vec3 | undefined {
  let index = start;
  for (let round = 0; round < INDEX_ROUNDS; round++) {
    const affine = linearise(map, index);
    if (!affine) return undefined;
    index = indexAt(affine, q);
  }
  return index;
}

/**
 * The Q frame (DESIGN section 4): first axis along Q, second horizontal in the sample frame as far as it can be,
 * right-handed. Rows are the axes in the sample frame. For Q along the vertical the second axis is y.
 */
export function qFrame(q: Vec3): Mat3 {
  const first = normalise(q);
  const horizontal = cross([0, 0, 1], first);
  const y: Vec3 = [0, 1, 0];
  const second = norm(horizontal) > 1e-6 ? normalise(horizontal) : normalise(subtract(y, scale(first, dot(y, first))));
  return [first, second, cross(first, second)];
}
