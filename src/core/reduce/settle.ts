import { indexAt, type AffineQ } from '../geometry/affine';
import type { Mat3, Vec3 } from '../math/vector';
import { centreOfMass } from './centre';
import type { Sampler } from './sampler';
import { crystalSize } from './size';
import { qOfVoxel, SIZE, type Cube, type Target } from './target';

/** Voxels per fringe aimed at, and the fewest that are made by interpolation: the range of the training sets. */
export const OVERSAMPLING = { target: 3.5, least: 2.5 } as const;
const SIZE_ROUNDS = 3;
/** A voxel this much larger than the one the size was measured with shows the autocorrelation in finer steps: worth another look. */
const FINE_ENOUGH = 1.6;
const CENTRE_ROUNDS = 8;
/** The centre of mass ends up this close to the centre, voxels. */
const CENTRED = 0.02;
const HALF = SIZE / 2;
/** What is fainter than this part of the maximum, or than a few counts, tells nothing and hides nothing. */
const FAINT = 1e-4;
const FAINT_COUNTS = 4;

/** Never finer than the scan itself, unless that would leave fewer voxels per fringe than any training set has. */
export function voxelFor(size: number, coarsestStep: number): number {
  const measured = (2 * Math.PI) / (size * coarsestStep);
  const oversampling = Math.min(OVERSAMPLING.target, Math.max(OVERSAMPLING.least, measured));
  return (2 * Math.PI) / (size * oversampling);
}

/**
 * Measures the crystal on ever better cubes, until the voxel fits its fringes.
 * @param axes rows: the volume's axes in the sample frame
 * @param voxelOf the voxel for a size and the scan's coarsest step
 * @returns undefined where no fringes stand out of the noise
 */
export function settleVoxel(
  sampler: Sampler,
  affine: AffineQ,
  axes: Mat3,
  voxelOf: (size: number, coarsest: number) => number = voxelFor,
): { readonly target: Target; readonly size: number } | undefined {
  const coarsest = Math.max(...affine.steps);
  let target: Target = { centre: affine.q, frame: axes, voxel: coarsest };
  let size: number | undefined;
  for (let round = 0; round < SIZE_ROUNDS; round++) {
    const { intensity } = sampler.sharp(target);
    const measured = crystalSize(intensity, target.voxel);
    if (!measured) break;
    size = measured;
    const voxel = voxelOf(size, coarsest);
    const zoom = voxel / target.voxel;
    target = { ...target, voxel, centre: qOfVoxel(target, centreOfMass(intensity)) };
    if (zoom < FINE_ENOUGH) break;
  }
  return size === undefined ? undefined : { target, size };
}

/** Moves the target until the centre of mass lies at its centre. */
export function centred(start: Target, sample: (target: Target) => Cube): { target: Target; cube: Cube } {
  let target = start;
  let cube = sample(target);
  for (let round = 0; round < CENTRE_ROUNDS; round++) {
    const centre = centreOfMass(cube.intensity);
    const off = Math.max(...centre.map((c) => Math.abs(c - HALF)));
    if (off < CENTRED) break;
    target = { ...target, centre: qOfVoxel(target, centre) };
    cube = sample(target);
  }
  return { target, cube };
}

/**
 * Which part of the amplitudes above the noise lies in voxels that were filled; the network looks at amplitudes.
 * @param counts at the maximum
 */
export function hiddenShare({ intensity, mask }: Cube, counts: number): number {
  const brightest = intensity.reduce((most, value) => Math.max(most, value), 0);
  const noise = Math.sqrt(brightest * Math.max(FAINT, FAINT_COUNTS / counts));
  let hidden = 0;
  let all = 0;
  for (let i = 0; i < intensity.length; i++) {
    const amplitude = Math.max(0, Math.sqrt(intensity[i]!) - noise);
    all += amplitude;
    if (mask[i] === 1) hidden += amplitude;
  }
  return all > 0 ? hidden / all : 0;
}

/** Share of a coarse sample of the voxels whose pixels lie outside the scan. */
export function shareOutside(target: Target, affine: AffineQ, shape: Vec3): number {
  let outside = 0;
  let all = 0;
  for (let i = 2; i < SIZE; i += 4) {
    for (let j = 2; j < SIZE; j += 4) {
      for (let k = 2; k < SIZE; k += 4) {
        const index = indexAt(affine, qOfVoxel(target, [i, j, k]));
        all++;
        if (index.some((v, axis) => v < 0 || v > shape[axis]! - 1)) outside++;
      }
    }
  }
  return outside / all;
}
