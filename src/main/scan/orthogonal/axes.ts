import { BraggwatchError, warning, type Warning } from '@contract/errors';
import { dot, norm, type Mat3, type Vec3 } from '@core/math/vector';

/** An array with its shape, first axis slowest. */
export interface GivenArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Where a volume's voxels lie in Q: see `core/reduce/orthogonal`. */
export interface GivenAxes {
  readonly origin: Vec3;
  readonly step: Vec3;
  readonly axes: Mat3;
  readonly relative: boolean;
  readonly warnings: readonly Warning[];
}

export const AXIS_NAMES = ['qx', 'qy', 'qz'] as const;
type AxisName = (typeof AXIS_NAMES)[number];

/** In the sample frame: qx downstream, qy outboard, qz up, whatever order the array has them in. */
const DIRECTIONS: Readonly<Record<AxisName, Vec3>> = { qx: [1, 0, 0], qy: [0, 1, 0], qz: [0, 0, 1] };
/** Steps along an axis may differ by this part of it: axes are saved as float32. */
const EVEN = 0.02;
const ORTHONORMAL = 1e-3;
/** No Bragg peak in 1/angstrom lies outside; in 1/nm and 1/m it does. */
const LEAST_Q = 0.3;
const MOST_Q = 15;
const INVERSE_NM = 10;
const INVERSE_M = 1e10;

const refuse = (path: string, why: string): never => {
  throw new BraggwatchError('axes-invalid', `${path}: ${why}`);
};

/** First value and step of an evenly spaced axis. */
function evenAxis(values: ArrayLike<number>, name: string, path: string): { first: number; step: number } {
  const n = values.length;
  const first = values[0]!;
  const step = (values[n - 1]! - first) / (n - 1);
  if (n < 2 || !Number.isFinite(step) || step === 0)
    return refuse(path, `${name} does not run from one value to another`);
  for (let i = 1; i < n; i++) {
    const own = values[i]! - values[i - 1]!;
    if (!(Math.abs(own - step) <= EVEN * Math.abs(step)))
      return refuse(
        path,
        `${name} is not evenly spaced: a step of ${own.toPrecision(3)} at ${i}, ${step.toPrecision(3)} on average`,
      );
  }
  return { first, step };
}

/** The one line of values of an axis that was saved as a whole grid (`meshgrid`); one line stays as it is. */
function lineOf({ shape, data }: GivenArray, name: string, volume: readonly number[], path: string): ArrayLike<number> {
  if (shape.filter((n) => n > 1).length <= 1) return data;
  const said = `${name} is ${shape.join(' x ')}`;
  if (shape.length !== 3 || shape.some((n, axis) => n !== volume[axis])) return refuse(path, said);
  const strides = [shape[1]! * shape[2]!, shape[2]!, 1];
  const last = (axis: number): number => data[(shape[axis]! - 1) * strides[axis]!]!;
  const along = [0, 1, 2].map((axis) => Math.abs(last(axis) - data[0]!));
  const own = along.indexOf(Math.max(...along));
  // On an orthogonal grid it changes along one axis only.
  const slack = EVEN * (along[own]! / Math.max(1, shape[own]! - 1));
  if (along.some((change, axis) => axis !== own && change > slack))
    return refuse(path, `${said} and changes along more than one axis: the grid is not orthogonal`);
  return Array.from({ length: shape[own]! }, (_, i) => data[i * strides[own]!]!);
}

const ORDERS: readonly (readonly AxisName[])[] = [
  ['qx', 'qy', 'qz'],
  ['qx', 'qz', 'qy'],
  ['qz', 'qy', 'qx'],
  ['qz', 'qx', 'qy'],
  ['qy', 'qx', 'qz'],
  ['qy', 'qz', 'qx'],
];

/** Unit vectors of the axes that a file gives itself, as rows. */
function frameOf(frame: GivenArray | undefined, path: string): Mat3 | undefined {
  if (!frame) return undefined;
  const v = Array.from(frame.data);
  if (v.length !== 9) return refuse(path, `frame is ${frame.shape.join(' x ')}, not 3 x 3`);
  const rows = [0, 3, 6].map((i): Vec3 => [v[i]!, v[i + 1]!, v[i + 2]!]) as [Vec3, Vec3, Vec3];
  const skew = Math.max(
    ...rows.map((row) => Math.abs(norm(row) - 1)),
    ...[[0, 1] as const, [0, 2] as const, [1, 2] as const].map(([a, b]) => Math.abs(dot(rows[a], rows[b]))),
  );
  return skew <= ORTHONORMAL ? rows : refuse(path, 'the rows of frame are no three unit vectors at right angles');
}

/**
 * The axes beside a volume: evenly spaced, as long as the volume, in 1/angstrom, 1/nm or 1/m.
 * @param given `qx`, `qy`, `qz`, and `frame` where the file has its own (rows in the sample frame)
 * @param order names in the order that the file has them in: bcdi writes qx, qz, qy, as its arrays are
 * @throws BraggwatchError axes-invalid, which names the axis
 */
export function axesOf(
  given: Readonly<Record<string, GivenArray | undefined>>,
  order: readonly string[],
  shape: Vec3,
  path: string,
): GivenAxes {
  const lacking = AXIS_NAMES.filter((name) => !given[name]);
  if (lacking.length > 0) return refuse(path, `${lacking.join(' and ')} missing beside the others`);
  const lines = Object.fromEntries(AXIS_NAMES.map((name) => [name, lineOf(given[name]!, name, shape, path)]));
  const written = order.filter((name): name is AxisName => AXIS_NAMES.some((axis) => axis === name));
  const fits = (names: readonly AxisName[]): boolean =>
    names.every((name, axis) => lines[name]!.length === shape[axis]);
  const names = [written, ...ORDERS].find((one) => one.length === 3 && fits(one));
  if (!names) {
    const lengths = AXIS_NAMES.map((name) => `${name} has ${lines[name]!.length}`).join(', ');
    return refuse(path, `${lengths} values, the volume ${shape.join(' x ')}`);
  }
  const even = names.map((name) => evenAxis(lines[name]!, name, path));
  const frame = frameOf(given['frame'], path);
  const axes = names.map((name) => (frame ? frame[AXIS_NAMES.indexOf(name)]! : DIRECTIONS[name]));
  const along = (of: (axis: { first: number; step: number }, n: number) => number): Vec3 =>
    even.map((axis, k) => of(axis, shape[k]!)) as unknown as Vec3;
  const { unit, relative, warnings } = unitOf(norm(along(({ first, step }, n) => first + (n / 2) * step)), path);
  return {
    origin: along(({ first }) => first / unit),
    step: along(({ step }) => step / unit),
    axes: axes as unknown as Mat3,
    relative,
    warnings,
  };
}

/** In which unit axes are, told by |Q| at the volume's middle. */
function unitOf(q: number, path: string): { unit: number; relative: boolean; warnings: readonly Warning[] } {
  if (q < LEAST_Q)
    return {
      unit: 1,
      relative: true,
      warnings: [warning('axes-relative', `|Q| at the middle is ${q.toPrecision(3)}.`)],
    };
  if (q <= MOST_Q) return { unit: 1, relative: false, warnings: [] };
  const [unit, name] = q <= MOST_Q * INVERSE_NM ? [INVERSE_NM, '1/nm'] : [INVERSE_M, '1/m'];
  if (q / unit < LEAST_Q || q / unit > MOST_Q)
    return refuse(path, `|Q| at the middle is ${q.toPrecision(4)}, no Bragg peak's`);
  return {
    unit,
    relative: false,
    warnings: [warning('axes-scaled', `Taken as ${name}: |Q| is ${q.toPrecision(4)} at the middle.`)],
  };
}
