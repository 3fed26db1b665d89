import { identity, multiply, type Mat3, type Vec3 } from '../math/vector';

/**
 * A circle's axis and sense, or a pixel direction, in the frame of xrayutilities:
 * x downstream, y outboard, z up; `z+` turns counter-clockwise about +z.
 */
export type Axis = 'x+' | 'x-' | 'y+' | 'y-' | 'z+' | 'z-';

const fromCxi: Readonly<Record<string, string>> = { x: 'y', y: 'z', z: 'x' };

/** An axis named in the CXI frame (z downstream, y up, x outboard), as presets do, in the frame used here. */
export function axisFromCxi(axis: string): Axis {
  const letter = fromCxi[axis[0] ?? ''];
  const sign = axis[1];
  if (axis.length !== 2 || !letter || (sign !== '+' && sign !== '-')) throw new RangeError(`no such axis: ${axis}`);
  return `${letter}${sign}` as Axis;
}

/** Unit vector of an axis. */
export function direction(axis: Axis): Vec3 {
  const sign = axis[1] === '-' ? -1 : 1;
  return [axis[0] === 'x' ? sign : 0, axis[0] === 'y' ? sign : 0, axis[0] === 'z' ? sign : 0];
}

/** Rotation matrix of one circle at `angle` radians. */
export function rotation(axis: Axis, angle: number): Mat3 {
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

/** Product of circles, outermost first. Angles in radians. */
export const stack = (axes: readonly Axis[], angles: readonly number[]): Mat3 =>
  axes.reduce<Mat3>((product, axis, i) => multiply(product, rotation(axis, angles[i] ?? 0)), identity);
