import type { RandomStream } from '@core/random/stream';
import { CENTRE, SIDE } from './window';

/**
 * A gap between detector modules, as it lies in the volume. Rocking sweeps a line of dead pixels into a slab that holds the rocking
 * direction and the line: a line across the scattering plane gives a slab across Q, one in that plane a slab along Q. Both
 * follow from the three directions alone, whatever the Bragg angle.
 */
export interface Gap {
  /** Direction of the slab's normal: along Q, or across both Q and the rocking. */
  readonly normal: 'along-q' | 'across';
  /** Distance of the slab's middle from the cube's centre, voxels. */
  readonly offset: number;
  /** Voxels. */
  readonly width: number;
}

// From a Maxipix's four wide pixels to an Eiger's twelve, at a voxel about as large as a pixel, or somewhat larger.
const WIDTHS: readonly [number, number] = [2, 8];
/** Nobody measures with the peak in a gap: voxels between it and the slab's edge. */
const CLEAR = 3;

/** A gap anywhere in the cube but on the peak. */
export function drawGap(random: RandomStream): Gap {
  const normal = random.uniform() < 0.5 ? 'along-q' : 'across';
  const width = random.uniform(...WIDTHS);
  const distance = random.uniform(CLEAR + width / 2, CENTRE);
  return { normal, width, offset: random.uniform() < 0.5 ? distance : -distance };
}

/** From a dead voxel to the middle of its nearest live one, at the least: half a voxel's diagonal beyond the edge. */
const BEYOND = Math.SQRT1_2;

/**
 * Loses the counts in a gap and fills it as the reduction fills a wide one: a straight line between the nearest counts on either side.
 * @param counts 64^3; changed in place
 * @param rocking direction of rocking in the plane of axes 1 and 2, radian
 */
export function crossGap(counts: Float32Array, { normal, offset, width }: Gap, rocking: number): Float32Array {
  const n = normal === 'along-q' ? ([1, 0, 0] as const) : ([0, -Math.sin(rocking), Math.cos(rocking)] as const);
  const half = width / 2;
  const measured = counts.slice();
  /** Counts of the voxel nearest to a point `by` along the normal; undefined outside the cube. */
  const beyond = (i: number, j: number, k: number, by: number): number | undefined => {
    const at = [i + by * n[0], j + by * n[1], k + by * n[2]].map(Math.round);
    return at.every((x) => x >= 0 && x < SIDE) ? measured[(at[0]! * SIDE + at[1]!) * SIDE + at[2]!] : undefined;
  };
  for (let v = 0; v < counts.length; v++) {
    const [i, j, k] = [v >> 12, (v >> 6) & 63, v & 63];
    const depth = (i - CENTRE) * n[0] + (j - CENTRE) * n[1] + (k - CENTRE) * n[2] - offset;
    if (Math.abs(depth) >= half) continue;
    const [back, on] = [half + BEYOND + depth, half + BEYOND - depth];
    const low = beyond(i, j, k, -back);
    const high = beyond(i, j, k, on);
    counts[v] = low === undefined || high === undefined ? (low ?? high ?? 0) : (low * on + high * back) / (back + on);
  }
  return counts;
}
