/** A column vector; rows of a rotation. */
export type Vector = readonly [number, number, number];
/** A rotation as its rows: the screen's right, up and towards the viewer in the crystal frame. */
export type Rotation = readonly [Vector, Vector, Vector];

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const scaled = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by];
const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const unit = (a: Vector): Vector => scaled(a, 1 / (Math.hypot(...a) || 1));

/** Where a point of the crystal lies on the screen: right, up, towards the viewer. */
export const turned = (rotation: Rotation, point: Vector): Vector => [
  dot(rotation[0], point),
  dot(rotation[1], point),
  dot(rotation[2], point),
];

/** Looking against a direction of the crystal, which then points at the viewer, with another one as far up as it can be. */
export function lookingAlong(direction: Vector, up: Vector): Rotation {
  const towards = unit(direction);
  const level = plus(up, scaled(towards, -dot(up, towards)));
  // Where the wish for up is the line of sight itself, any other direction will do.
  if (Math.hypot(...level) < 1e-6) return lookingAlong(direction, Math.abs(up[0]) < 0.5 ? [1, 0, 0] : [0, 1, 0]);
  const upward = unit(level);
  return [cross(upward, towards), upward, towards];
}

/** Turns the crystal as if its front were dragged by angles to the right and up, radian. */
export function dragged(rotation: Rotation, right: number, up: number): Rotation {
  const [a, b, c] = rotation;
  const [cr, sr, cu, su] = [Math.cos(right), Math.sin(right), Math.cos(up), Math.sin(up)];
  // Right: about the screen's vertical. What was in front goes to the right.
  const z = plus(scaled(c, cr), scaled(a, -sr));
  // Up: about the screen's horizontal. What is in front goes up.
  const y = plus(scaled(b, cu), scaled(z, su));
  const towards = unit(plus(scaled(z, cu), scaled(b, -su)));
  // Many small turns must not shear the crystal.
  const upward = unit(plus(y, scaled(towards, -dot(y, towards))));
  return [cross(upward, towards), upward, towards];
}

/** From a corner: three kinds of facets in sight. */
export const fromCorner: Rotation = lookingAlong([0.86, 0.38, 0.34], [0, 0, 1]);
