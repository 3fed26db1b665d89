import type { Volume } from '@contract/volume';
import { apply, type Vec3 } from '@core/math/vector';
import { SIDE } from '@core/scatter/window';
import type { PatternFacts } from '@main/dataset/pattern';

/**
 * A simulated pattern as the slices draw it. Its frame's rows are in the crystal frame: there is no diffractometer.
 * @param g reflection, crystal frame, 1/angstrom
 */
export function volumeOf(g: Vec3, intensity: Float32Array, { dq, frame, origin }: PatternFacts): Volume {
  const [a, b, c] = frame;
  const peak = apply(frame, g);
  return {
    shape: [SIDE, SIDE, SIDE],
    intensity: new Uint8Array(intensity.buffer, intensity.byteOffset, intensity.byteLength),
    // Every voxel was, as it were, measured.
    mask: new Uint8Array(SIDE ** 3),
    origin: [peak[0] - origin[0] * dq, peak[1] - origin[1] * dq, peak[2] - origin[2] * dq],
    voxel: dq,
    frame: [[...a], [...b], [...c]],
    frameName: 'q',
  };
}
