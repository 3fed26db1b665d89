import { indexAt, type AffineQ } from '../geometry/affine';
import { apply, multiply, subtract, transpose, type Mat3, type Vec3 } from '../math/vector';
import {
  binRegion,
  binsFor,
  columnsInside,
  joinBinned,
  resampleLinear,
  smoothToVoxel,
  type BinnedRegion,
  type Needed,
} from './linear';
import { boxAbout, type Box, type Region } from './region';
import { sizeOf, type Cube, type Target } from './target';

/** Room left around the region that is binned, so that centring does not bin it again. */
const ROOM = 1.08;
/** Voxels beyond the volume's faces that interpolation and smoothing look at. */
const EDGE = 3;

export interface Sampled {
  /** Frames, rows and columns of the scan. */
  readonly shape: readonly [number, number, number];
  /** A view of the corrected counts in a box, unmeasured pixels filled. */
  cut(box: Box): Region;
  /** Counts that are best cut at once; left out, all of a box at once. */
  readonly atOnce?: number | undefined;
}

/** Turns a scan's counts into cubes of any size ({@link Target}); each cube's mask says what was measured, whatever was filled. */
export interface Sampler {
  /** Fast and unblurred, for the crystal's size: what lies in the cube's corners, beyond the box about its sphere, is left out. */
  sharp(target: Target): Cube;
  /** Unblurred up to the corners: counts averaged over whole frames and pixels within a voxel only, for phase retrieval. */
  counts(target: Target): Cube;
  /** Averaged over boxes of one voxel, as the networks were trained on. */
  linear(target: Target): Cube;
  /** Where a target's cube lies in the scan, corners and all. */
  box(target: Target): Box;
}

/** Resamples again and again while the target settles; bins the counts anew only when it must. */
export function createSampler({ shape, cut, atOnce = Infinity }: Sampled, affine: AffineQ, axes: Mat3): Sampler {
  const perVoxel = multiply(affine.inverse, transpose(axes));
  let binned: { counts: BinnedRegion; target: Target } | undefined;

  /** Pixels from the target's centre to its faces, or with `corners` to its corners. */
  const boxOf = (target: Target, corners: boolean, room = 1): Box => {
    const bins = binsFor(affine, target.voxel);
    const reach = perVoxel.map((row, axis) => {
      const sizes = row.map(Math.abs);
      const far = corners ? sizes.reduce((sum, v) => sum + v, 0) : Math.hypot(...sizes);
      return (sizeOf(target) / 2) * target.voxel * far * room + 2 * bins[axis]!;
    }) as unknown as Vec3;
    return boxAbout(indexAt(affine, target.centre), reach, shape);
  };
  /** Frames are cut a few at a time where they are many: a fly scan's about its peak take as much memory as the scan. */
  const binBox = (box: Box, bins: readonly [number, number, number], inside: Needed): BinnedRegion => {
    const [from, to] = box.frames;
    const pixels = (box.rows[1] - box.rows[0]) * (box.cols[1] - box.cols[0]);
    const step = Math.max(1, Math.floor(atOnce / pixels / bins[0])) * bins[0];
    if (step >= to - from) return binRegion(cut(box), bins, inside);
    const pieces: BinnedRegion[] = [];
    for (let first = from; first + bins[0] <= to; first += step)
      pieces.push(binRegion(cut({ ...box, frames: [first, Math.min(to, first + step)] }), bins, inside));
    return joinBinned(pieces);
  };
  const unblurred = (target: Target, corners: boolean): Cube => {
    const inside = columnsInside(affine, target, sizeOf(target) / 2 + EDGE);
    return resampleLinear(binBox(boxOf(target, corners), binsFor(affine, target.voxel), inside), affine, target);
  };

  return {
    box: (target) => boxOf(target, true),
    sharp: (target) => unblurred(target, false),
    counts: (target) => unblurred(target, true),
    linear(target) {
      if (!binned || !coversCube(binned.target, target)) {
        // Some room, so that centring does not bin again each time.
        const box = boxOf(target, true, ROOM);
        const inside = columnsInside(affine, target, (sizeOf(target) / 2) * ROOM + EDGE);
        const whole = binBox(box, binsFor(affine, target.voxel), inside);
        binned = { counts: smoothToVoxel(whole, affine, target.voxel), target };
      }
      return resampleLinear(binned.counts, affine, target);
    },
  };
}

/** Whether what was binned for one target holds another's cube: the same size and voxel, and moved by less than the room left. */
const coversCube = (binned: Target, target: Target): boolean =>
  binned.voxel === target.voxel &&
  sizeOf(binned) === sizeOf(target) &&
  apply(target.frame, subtract(target.centre, binned.centre)).every(
    (d) => Math.abs(d) <= (sizeOf(target) / 2) * (ROOM - 1) * target.voxel,
  );
