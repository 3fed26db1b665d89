import { join } from 'node:path/posix';
import type { GeometryFile } from '@contract/geometry';
import type { Hdf5File } from '@main/hdf5/file';
import { AXIS_NAMES, type GivenArray } from './axes';
import { volumeOf, type FoundVolume } from './volume';

/** Groups that are looked into, and how deep: whoever grids a volume keeps it near the top. */
const MOST_GROUPS = 300;
const DEEPEST = 4;
const MOST_VOXELS = 2 ** 27;
/** What counts are called, the likeliest first; any other array of three axes that fits comes after them. */
const NAMES = ['intensity', 'orthogonalised_detector_data', 'data', 'iobs'];

/** Names of a group and of those below it. */
function groupsOf(file: Hdf5File): string[] {
  const found = ['/'];
  for (let i = 0; i < found.length && found.length < MOST_GROUPS; i++) {
    const group = found[i]!;
    if (group.split('/').length > DEEPEST) continue;
    for (const name of file.keys(group)) if (file.kind(join(group, name)) === 'group') found.push(join(group, name));
  }
  return found;
}

/** `qx`, or `qx_xu` as cdiutils writes it. */
const axisIn = (keys: readonly string[], axis: string): string | undefined =>
  keys.find((key) => key.toLowerCase() === axis) ?? keys.find((key) => key.toLowerCase().startsWith(`${axis}_`));

/** Axes with the stack that they fit. */
interface Placed {
  readonly group: string;
  readonly keys: readonly string[];
  readonly axes: readonly Float64Array[];
  readonly lengths: readonly number[];
  readonly stack: { readonly path: string; readonly shape: readonly number[] };
}

function findVolume(file: Hdf5File): Placed | undefined {
  const groups = groupsOf(file);
  for (const group of groups) {
    const keys = file.keys(group);
    const named = AXIS_NAMES.map((axis) => axisIn(keys, axis));
    const axes = named.flatMap((name) => (name === undefined ? [] : (file.numbers(join(group, name)) ?? [])));
    if (axes.length < AXIS_NAMES.length) continue;
    const lengths = axes.map((axis) => axis.length).sort((a, b) => a - b);
    const around = [group, ...groups.filter((other) => other !== group && other.startsWith(join(group, '..')))];
    const stack = stackIn(file, around, lengths);
    if (stack) return { group, keys, axes, lengths, stack };
  }
  return undefined;
}

/** Whether an HDF5 file holds a gridded volume with axes beside it. */
export const holdsVolume = (file: Hdf5File): boolean => findVolume(file) !== undefined;

/**
 * A gridded volume in an HDF5 file with its axes beside it (bcdi, cdiutils).
 * @throws BraggwatchError axes-invalid, scan-unreadable, scan-truncated
 */
export function volumeInHdf5(file: Hdf5File, geometry: GeometryFile | undefined): FoundVolume | undefined {
  const placed = findVolume(file);
  if (!placed) return undefined;
  const { group, keys, axes, lengths, stack } = placed;
  const beside: Record<string, GivenArray> = {};
  AXIS_NAMES.forEach((axis, k) => (beside[axis] = { shape: [axes[k]!.length], data: axes[k]! }));
  for (const name of ['frame', 'voxel']) {
    const values = file.numbers(join(group, name));
    if (values) beside[name] = { shape: [values.length], data: values };
  }
  const mask = join(stack.path, '..', 'mask');
  const info = file.info(mask);
  if (info?.numeric && info.shape.length === 3)
    beside['mask'] = { shape: info.shape, data: file.read(mask, 0, info.shape[0]!) };
  const order = keys.map((key) => key.slice(0, 2).toLowerCase());
  // HDF5 lists names by the alphabet: only bcdi's own order can be told by their lengths.
  const written = new Set(lengths).size === 1 ? [...AXIS_NAMES] : order;
  return volumeOf(
    { shape: stack.shape, data: () => file.read(stack.path, 0, stack.shape[0]!) },
    beside,
    written,
    geometry,
    file.path,
  );
}

/** Whether at least two of the axes find one of their length. */
function hasTwo(shape: readonly number[], lengths: readonly number[]): boolean {
  const left = [...shape];
  const found = lengths.filter((n) => {
    const at = left.indexOf(n);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return found.length >= 2;
}

function stackIn(
  file: Hdf5File,
  groups: readonly string[],
  lengths: readonly number[],
): { path: string; shape: readonly number[] } | undefined {
  const stacks = groups.flatMap((group) =>
    file.keys(group).flatMap((name) => {
      const path = join(group, name);
      const info = file.info(path);
      if (!info?.numeric || info.shape.length !== 3 || /mask|support/i.test(name)) return [];
      // One axis that does not fit is refused by name; where more do not, these are other axes.
      const fits = hasTwo(info.shape, lengths);
      return fits && info.shape.reduce((a, b) => a * b, 1) <= MOST_VOXELS ? [{ path, shape: info.shape, name }] : [];
    }),
  );
  // Of cdiutils' numbered groups, the volume's has the number of its axes' (`image_2`, `result_2`).
  const numbered = (path: string): string | undefined => /_(\d+)$/.exec(path)?.[1];
  const own = numbered(groups[0]!);
  const rank = ({ name, path }: { name: string; path: string }): number =>
    (NAMES.includes(name) ? NAMES.indexOf(name) : NAMES.length) +
    (/ortho/i.test(path) || numbered(path.slice(0, -name.length - 1)) === own ? 0 : NAMES.length + 1);
  return stacks.toSorted((a, b) => rank(a) - rank(b))[0];
}
