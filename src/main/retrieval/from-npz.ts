import { readFileSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { norm, normalise, type Vec3 } from '@core/math/vector';
import { OVERSAMPLING } from '@core/reduce/settle';
import { crystalSize } from '@core/reduce/size';
import { SIZE } from '@core/reduce/target';
import { inferReflection } from '@core/verdict/reflection';
import { statOf } from '@main/files/stat';
import { decodeNpz, namesInNpz, type NpyArray } from '@main/files/npy';
import { volumeOf, type RetrievalInput } from './input';

const SIZES = [32, 64, 128, 256];
const NAMES = ['intensity', 'mask', 'qx', 'qy', 'qz', 'voxel', 'frame', 'oversampling'];
const MAX_FILE_BYTES = 2 ** 30;
/** By which the size of a crystal comes out too small where the volume was averaged over a voxel, as that of `reduce` is. */
const BLURRED = 1.1;

/** Whether an `.npz` holds a reduced volume, by the names in it: what `reduce` writes, and no frames. */
export function isReduced(path: string): boolean {
  if (!/\.npz$/i.test(path)) return false;
  const stat = statOf(path);
  if (!stat?.isFile() || stat.size > MAX_FILE_BYTES) return false;
  try {
    const names = namesInNpz(readFileSync(path));
    return names.includes('intensity') && !names.includes('data');
  } catch {
    // Its reader says what is wrong with it.
    return false;
  }
}

/**
 * Reads a reduced volume: `intensity`, and `mask`, axes, `voxel`, `frame`, `oversampling` as far as they are there. In the Q frame, axis 0
 * is along Q, which is also assumed where the axes are not told.
 * @throws BraggwatchError scan-unreadable, scan-truncated, volume-unfit
 */
export function readReduced(path: string): RetrievalInput {
  const arrays = decodeNpz(readFileSync(path), (name) => NAMES.includes(name));
  const intensity = cubeOf(path, arrays['intensity']);
  const size = intensity.shape[0]!;
  const counts = Float32Array.from(intensity.data, (value) => (value > 0 ? value : 0));
  const given = arrays['mask'];
  const mask =
    given?.data.length === counts.length ? Uint8Array.from(given.data, (value) => (value === 0 ? 0 : 1)) : undefined;
  const voxel = arrays['voxel']?.data[0];
  const axes = [arrays['qx'], arrays['qy'], arrays['qz']].map((axis) => axis?.data[size / 2]);
  const middle = axes.every((value) => value !== undefined) ? (axes as unknown as Vec3) : undefined;
  const qLength = middle && norm(middle) > 0 ? norm(middle) : undefined;
  const frame = arrays['frame']?.data;
  const row = (n: number): Vec3 => [frame![3 * n]!, frame![3 * n + 1]!, frame![3 * n + 2]!];
  const hkl = qLength === undefined ? undefined : inferReflection((2 * Math.PI) / qLength)?.hkl;
  return {
    pattern: {
      size,
      intensity: counts,
      // What is not finite was not measured.
      mask: (mask ?? new Uint8Array(counts.length)).map((is, v) => (Number.isFinite(intensity.data[v]) ? is : 1)),
      volume: volumeOf(size, arrays['oversampling']?.data[0] ?? oversamplingOf(counts, size)),
    },
    q: middle && qLength !== undefined ? normalise(middle) : [1, 0, 0],
    ...(qLength !== undefined && { qLength }),
    ...(voxel !== undefined && voxel > 0 && { voxel }),
    hkl: hkl ?? null,
    ...(frame?.length === 9 && { frame: [row(0), row(1), row(2)] as const }),
  };
}

function cubeOf(path: string, array: NpyArray | undefined): NpyArray {
  const shape = array?.shape ?? [];
  if (array && shape.length === 3 && SIZES.includes(shape[0]!) && shape.every((n) => n === shape[0])) return array;
  throw new BraggwatchError('volume-unfit', `${path}: intensity is ${shape.join(' x ') || 'missing'}`);
}

/** Voxels per fringe by the autocorrelation; what the reduction aims at where that tells nothing. */
function oversamplingOf(intensity: Float32Array, size: number): number {
  // In units of the voxel's edge in the object, 2 pi over the volume's edge.
  const measured = size === SIZE ? crystalSize(intensity, (2 * Math.PI) / SIZE) : undefined;
  if (measured === undefined) return OVERSAMPLING.target;
  const oversampling = size / (BLURRED * measured);
  return Math.abs(oversampling / OVERSAMPLING.target - 1) < 0.12 ? OVERSAMPLING.target : oversampling;
}
