import { identity, multiply, normalise, type Mat3, type Vec3 } from '../math/vector';

/**
 * A circle's axis and sense, or a pixel direction, in the frame of xrayutilities:
 * x downstream, y outboard, z up; `z+` turns counter-clockwise about +z.
 */
export type Axis = 'x+' | 'x-' | 'y+' | 'y-' | 'z+' | 'z-';

/** An axis by name, or as the vector that a file gives: circles turn counter-clockwise about it. */
export type AnyAxis = Axis | Vec3;

const fromCxi: Readonly<Record<string, string>> = { x: 'y', y: 'z', z: 'x' };

/** An axis named in the CXI frame (z downstream, y up, x outboard), as presets do, in the frame used here. */
export function axisFromCxi(axis: string): Axis {
  const letter = fromCxi[axis[0] ?? ''];
  const sign = axis[1];
  if (axis.length !== 2 || !letter || (sign !== '+' && sign !== '-')) throw new RangeError(`no such axis: ${axis}`);
  return `${letter}${sign}` as Axis;
}

/** A vector of the CXI frame in the frame used here. */
export const vectorFromCxi = ([x, y, z]: Vec3): Vec3 => [z, x, y];

/** Unit vector of an axis. */
export function direction(axis: AnyAxis): Vec3 {
  if (typeof axis !== 'string') return normalise(axis);
  const sign = axis[1] === '-' ? -1 : 1;
  return [axis[0] === 'x' ? sign : 0, axis[0] === 'y' ? sign : 0, axis[0] === 'z' ? sign : 0];
}

/** Rotation matrix of one circle at `angle` radians. */
export function rotation(axis: AnyAxis, angle: number): Mat3 {
  if (typeof axis !== 'string') return rotationAbout(normalise(axis), angle);
  const c = Math.cos(angle);
  const s = axis[1] === '-' ? -Math.sin(angle) : Math.sin(angle);
  if (axis[0] === 'x') {
    return [
      [1, 0, 0],
      [0, c, -s],
      [0, s, c],
    ];
  }
  if (axis[0] === 'y') {
    return [
      [c, 0, s],
      [0, 1, 0],
      [-s, 0, c],
    ];
  }
  return [
    [c, -s, 0],
    [s, c, 0],
    [0, 0, 1],
  ];
}

/** Rodrigues' rotation about a unit vector. */
function rotationAbout([x, y, z]: Vec3, angle: number): Mat3 {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const v = 1 - c;
  return [
    [c + x * x * v, x * y * v - z * s, x * z * v + y * s],
    [y * x * v + z * s, c + y * y * v, y * z * v - x * s],
    [z * x * v - y * s, z * y * v + x * s, c + z * z * v],
  ];
}

/** Product of circles, outermost first. Angles in radians. */
export const stack = (axes: readonly AnyAxis[], angles: readonly number[]): Mat3 =>
  axes.reduce<Mat3>((product, axis, i) => multiply(product, rotation(axis, angles[i] ?? 0)), identity);
