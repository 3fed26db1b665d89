import { normalise, norm, type Vec3 } from '@core/math/vector';
import type { Pattern } from '@core/phase/pattern';
import { VOXEL_GIVEN, type ReducedRecord } from '@main/nexus/record';

/** A pattern and what is known of its crystal, whatever it was read from. */
export interface RetrievalInput {
  readonly pattern: Pattern;
  /** Unit vector along Q in the volume's axes. */
  readonly q: Vec3;
  /** |Q| and the voxel's edge, 1/angstrom; undefined where the file does not tell. */
  readonly qLength?: number;
  readonly voxel?: number;
  readonly hkl: Vec3 | null;
  /** Rows: the volume's axes in the sample frame, where they are known. */
  readonly frame?: readonly [Vec3, Vec3, Vec3];
}

type Measured = Pick<ReducedRecord, 'volume' | 'unblurred' | 'reduction' | 'hkl' | 'geometry'>;

/** Voxels that a crystal fills: (size / oversampling)^3. */
export const volumeOf = (size: number, oversampling: number): number => (size / oversampling) ** 3;

/**
 * What a reduced scan gives to phase retrieval: counts as they were measured, and what was not measured left open.
 * @throws RangeError where the reduction was not asked for them
 */
export function inputOf({ volume, unblurred, reduction, hkl, geometry }: Measured): RetrievalInput {
  if (!unblurred) throw new RangeError('reduced without its unblurred counts');
  const size = Math.cbrt(unblurred.mask.length);
  const middle = volume.origin.map(
    (start, axis) => start + (volume.shape[axis]! / 2) * volume.voxel,
  ) as unknown as Vec3;
  // A file may hold a volume about nobody knows which Q, or of nobody knows which scale: nothing is made up then.
  const placed = reduction.q !== undefined;
  const scaled = !geometry.some(({ name, from }) => name === VOXEL_GIVEN && from === 'assumed');
  return {
    pattern: {
      size,
      intensity: unblurred.intensity,
      mask: unblurred.mask,
      volume: volumeOf(size, reduction.oversampling),
    },
    q: placed ? normalise(middle) : [1, 0, 0],
    ...(placed && { qLength: norm(middle) }),
    ...(scaled && { voxel: volume.voxel }),
    hkl,
    ...(placed && { frame: volume.frame }),
  };
}
