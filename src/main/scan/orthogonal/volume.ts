import { warning, type Warning } from '@contract/errors';
import type { GeometryFile } from '@contract/geometry';
import { identity, type Vec3 } from '@core/math/vector';
import type { OrthogonalVolume } from '@core/reduce/orthogonal';
import { axesOf, AXIS_NAMES, type GivenArray } from './axes';

/** A volume that a file holds instead of detector frames. */
export interface FoundVolume {
  readonly volume: OrthogonalVolume;
  /** Whether the step of its axes is known, in 1/angstrom. */
  readonly scaled: boolean;
  /** Nobody said that these are no detector frames, and along which axis Q lies. */
  readonly assumed: boolean;
  readonly warnings: readonly Warning[];
}

/** A cube with edges from this on may be a volume; smaller ones show too little. */
const SMALLEST_CUBE = 32;

const asFloat32 = (data: ArrayLike<number>): Float32Array =>
  data instanceof Float32Array ? data : Float32Array.from(data);

/**
 * The orthogonal volume of a file's arrays, by what lies beside it: axes `qx`, `qy`, `qz`, a geometry file that says so, or nothing at
 * all, where the array is a cube. Undefined where it holds detector frames.
 * @param stack the counts, read where they are a volume
 * @param beside the other arrays, by name; `frame`, `voxel` and `mask` as `reduce --out` writes them
 * @param order names in the order that the file has them in
 * @throws BraggwatchError axes-invalid
 */
export function volumeOf(
  stack: { readonly shape: readonly number[]; readonly data: () => ArrayLike<number> },
  beside: Readonly<Record<string, GivenArray | undefined>>,
  order: readonly string[],
  geometry: GeometryFile | undefined,
  path: string,
): FoundVolume | undefined {
  const shape = stack.shape as unknown as Vec3;
  const mask = beside['mask'];
  const fits = mask?.data.length === stack.shape.reduce((all, size) => all * size, 1);
  const own = beside['frame'] !== undefined && beside['voxel'] !== undefined;
  // Only of what is a volume: frames may be too many to be held.
  const common = () => ({
    shape,
    intensity: asFloat32(stack.data()),
    // What `reduce` wrote was filled already.
    filled: own,
    ...(mask && fits && { mask: Uint8Array.from(mask.data, (value) => Number(value !== 0)) }),
  });
  const unfit =
    mask && !fits ? [warning('mask-unfit', `Mask ${mask.shape.join(' x ')}, volume ${shape.join(' x ')}.`)] : [];
  // One alone is a motor or a column of a table; two without the third are a volume that lacks one.
  if (AXIS_NAMES.filter((name) => beside[name]).length > 1) {
    const { warnings, ...axes } = axesOf(beside, order, shape, path);
    return { volume: { ...common(), ...axes }, scaled: true, assumed: false, warnings: [...unfit, ...warnings] };
  }
  const told = geometry?.volume;
  const cube = geometry === undefined && shape.every((n) => n === shape[0] && n >= SMALLEST_CUBE);
  if (!told && !cube) return undefined;
  const voxel = told?.voxel ?? beside['voxel']?.data[0];
  const step = voxel ?? 1;
  const q = told?.q;
  const origin: Vec3 = [(q ?? 0) - (shape[0] / 2) * step, (-shape[1] / 2) * step, (-shape[2] / 2) * step];
  const volume = { ...common(), origin, step: [step, step, step] as const, axes: identity, relative: q === undefined };
  const scale = voxel === undefined ? ', and its voxel as if the crystal were 100 nm large' : '';
  const assumed = told === undefined;
  return {
    volume,
    scaled: voxel !== undefined,
    assumed,
    warnings: [
      ...unfit,
      ...(assumed ? [warning('axes-assumed', `Its first axis was taken to lie along Q${scale}.`)] : []),
    ],
  };
}
