import type { Volume } from '@contract/volume';
import { sampleOf } from './limits';
import type { Plane } from './plane';
import { cutOf, project, shadowOf, type Shadows, type Sheet, type ViewMode, type Voxels } from './sheet';

export type Triple = readonly [number, number, number];

/** A volume as the slices draw it; its maximum is 1. */
export interface PreparedVolume extends Voxels {
  /** The brightest voxel. */
  readonly peak: Triple;
  /** Step along each axis, 1/angstrom. */
  readonly voxel: number;
  /** Q at index 0 along each axis, 1/angstrom. */
  readonly origin: Triple;
  /** Rows: the volume's axes in the sample frame. */
  readonly frame: Volume['frame'];
  readonly frameName: Volume['frameName'];
  /** Projections along the three axes; made when they are first wanted. */
  shadows(mode: Exclude<ViewMode, 'cut'>): Shadows;
  /** Sorted sample of the positive values that are seen, for percentiles. */
  sample(mode: ViewMode): Float32Array;
}

/**
 * Unpacks a volume from the wire.
 * @throws RangeError where the bytes do not fill the shape
 */
export function prepareVolume(volume: Volume): PreparedVolume {
  const size = volume.shape[0] * volume.shape[1] * volume.shape[2];
  if (volume.intensity.byteLength !== size * 4 || volume.mask.byteLength !== size)
    throw new RangeError(`a volume of ${volume.shape.join(' x ')} voxels arrived with other sizes`);
  // A float view needs an offset of a multiple of four; either wire gives one, and of large volumes a copy is felt.
  const { buffer, byteOffset } = volume.intensity.byteOffset % 4 === 0 ? volume.intensity : volume.intensity.slice();
  const intensity = new Float32Array(buffer, byteOffset, size);
  const { shape, mask } = volume;
  const shadows = memo((mode: Exclude<ViewMode, 'cut'>) => project({ shape, intensity, mask }, mode));
  return {
    shape,
    intensity,
    mask,
    peak: brightest(intensity, shape),
    voxel: volume.voxel,
    origin: volume.origin,
    frame: volume.frame,
    frameName: volume.frameName,
    shadows,
    sample: memo((mode) => {
      if (mode === 'cut') return sampleOf(intensity, mask);
      // One scale for all three pictures.
      const merged = shadows(mode).flatMap(({ values, mask: unseen }) => [...sampleOf(values, unseen)]);
      return Float32Array.from(merged).sort();
    }),
  };
}

/** What is drawn of a volume across a plane's axis: its cut at a depth, or a projection, which has none. */
export function sheetAt(volume: PreparedVolume, mode: ViewMode, plane: Plane, depth: number): Sheet {
  return mode === 'cut' ? cutOf(volume, plane, depth) : shadowOf(volume.shape, volume.shadows(mode), plane);
}

/** Flat index of a voxel, first axis slowest. */
export function flatIndex(shape: Triple, [i, j, k]: Triple): number {
  return (i * shape[1] + j) * shape[2] + k;
}

function brightest(intensity: Float32Array, shape: Triple): Triple {
  let best = 0;
  for (let n = 1; n < intensity.length; n++) if (intensity[n]! > intensity[best]!) best = n;
  const k = best % shape[2];
  const j = Math.floor(best / shape[2]) % shape[1];
  return [Math.floor(best / (shape[1] * shape[2])), j, k];
}

/** Remembers what was made for each key. */
function memo<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
