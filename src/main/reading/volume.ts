import type { ReductionMethod } from '@contract/scan';
import type { Volume, VolumeFrame } from '@contract/volume';
import type { Vec3 } from '@core/math/vector';
import { qOfVoxel, type Cube, type Target } from '@core/reduce/target';
import type { GeometrySources } from './geometry';

export interface ReduceOptions extends GeometrySources {
  readonly method: ReductionMethod;
  readonly frame: VolumeFrame;
  /** Also the counts as they were measured, in a cube of so many voxels along each edge, for phase retrieval. */
  readonly unblurred?: number;
  /** Also the counts about the peak in the detector's frames, to be handed over. */
  readonly detector?: boolean;
}

/** More of the volume outside the measured region is said. */
export const CROPPED_SHARE = 0.05;
/**
 * With more of the pattern filled than the second part no verdict is sure; above the first it is said. Measured (docs/as-it-comes.md): of 27
 * scans with up to 30 % filled none was taken for another class, from 31 % on some were.
 */
export const SOME_HIDDEN = 0.05;
export const MUCH_HIDDEN = 0.15;

/** The volume as it travels. */
export function volumeOf(reduced: Cube & { readonly target: Target }, frameName: VolumeFrame): Volume {
  const { target } = reduced;
  // Q at index (0, 0, 0) along the volume's own axes.
  const corner = qOfVoxel(target, [0, 0, 0]);
  const along = (axis: Vec3): number => axis[0] * corner[0] + axis[1] * corner[1] + axis[2] * corner[2];
  const [a, b, c] = target.frame;
  return {
    shape: [64, 64, 64],
    intensity: new Uint8Array(reduced.intensity.buffer, reduced.intensity.byteOffset, reduced.intensity.byteLength),
    mask: reduced.mask,
    origin: [along(a), along(b), along(c)],
    voxel: target.voxel,
    frame: [[...a], [...b], [...c]],
    frameName,
  };
}
