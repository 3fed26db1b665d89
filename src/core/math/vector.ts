/** A column vector of three numbers. */
export type Vec3 = readonly [number, number, number];
/** A 3x3 matrix as its three rows. */
export type Mat3 = readonly [Vec3, Vec3, Vec3];

export const identity: Mat3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec3, s: number): Vec3 => [a[0] * s, a[1] * s, a[2] * s];
export const norm = (a: Vec3): number => Math.hypot(a[0], a[1], a[2]);

/** Without a negative zero. */
export const negate = (a: Vec3): Vec3 => [0 - a[0], 0 - a[1], 0 - a[2]];

/** Between two vectors, degrees; exact right angles stay exact. */
export const angleBetween = (a: Vec3, b: Vec3): number =>
  (Math.acos(Math.min(1, Math.max(-1, dot(a, b) / (norm(a) * norm(b))))) * 180) / Math.PI;

/** Unit vector along `a`. The zero vector has no direction and is returned as it is. */
export function normalise(a: Vec3): Vec3 {
  const length = norm(a);
  return length === 0 ? a : scale(a, 1 / length);
}

export const apply = (m: Mat3, v: Vec3): Vec3 => [dot(m[0], v), dot(m[1], v), dot(m[2], v)];

export const transpose = (m: Mat3): Mat3 => [
  [m[0][0], m[1][0], m[2][0]],
  [m[0][1], m[1][1], m[2][1]],
  [m[0][2], m[1][2], m[2][2]],
];

export function multiply(a: Mat3, b: Mat3): Mat3 {
  const columns = transpose(b);
  return [apply(columns, a[0]), apply(columns, a[1]), apply(columns, a[2])];
}

export const determinant = (m: Mat3): number => dot(m[0], cross(m[1], m[2]));

/** Inverse by the adjugate; `undefined` for a matrix that has none to double precision. */
export function invert(m: Mat3): Mat3 | undefined {
  const det = determinant(m);
  const size = norm(m[0]) * norm(m[1]) * norm(m[2]);
  if (!(Math.abs(det) > 1e-12 * size)) return undefined;
  const columns = transpose([cross(m[1], m[2]), cross(m[2], m[0]), cross(m[0], m[1])]);
  return [scale(columns[0], 1 / det), scale(columns[1], 1 / det), scale(columns[2], 1 / det)];
}
