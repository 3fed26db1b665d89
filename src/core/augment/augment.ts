/**
 * What a training pattern may go through between the simulation and the network, so that the network meets what a detector
 * and the reduction make of a pattern. No step changes whether a dislocation is there, or its character.
 */
import { multiply, type Mat3, type Vec3 } from '@core/math/vector';
import type { RandomStream } from '@core/random/stream';
import { countPhotons, quickUniform } from './noise';
import { resample } from './resample';

export interface AugmentationOptions {
  /** Share of patterns that are turned by any angle, tilted, zoomed and shifted (interpolated); the others only by quarter turns. */
  readonly turned: number;
  /** Standard deviation of the tilt of Q away from axis 0, degrees: a measured frame is never quite right. */
  readonly tiltDeg: number;
  /** Largest change of the voxel size, as a fraction. */
  readonly zoom: number;
  /** Largest shift along each axis, voxels: the centre of mass of a noisy pattern. */
  readonly shift: number;
  /** Share of patterns that are counted by a detector. */
  readonly noisy: number;
  /** Counts in the brightest voxel, drawn between these with uniform logarithm. */
  readonly counts: readonly [number, number];
  /** Largest background per voxel, as a fraction of the brightest; the share of it drawn has uniform logarithm. */
  readonly background: number;
  /** Share of patterns that lose what lies beyond a pair of planes, as where the rocking curve or the detector ends. */
  readonly cropped: number;
  /** Distance of those planes from the centre, voxels. */
  readonly reach: readonly [number, number];
}

export const augmentation: AugmentationOptions = {
  turned: 0.5,
  tiltDeg: 1.5,
  zoom: 0.05,
  shift: 0.5,
  noisy: 0.35,
  counts: [1000, 1e5],
  background: 5e-4,
  cropped: 0.15,
  reach: [14, 32],
};

const logUniform = (random: RandomStream, [from, to]: readonly [number, number]): number =>
  Math.exp(random.uniform(Math.log(from), Math.log(to)));

/**
 * A symmetry that keeps labels: a spin about Q (axis 0), half of the time with a mirror plane that holds Q. The mirror image of a
 * crystal is a crystal of the same lattice; its screw has the other hand but is a screw, and g.u stays what it was. (A mirror
 * across Q would swap tension and compression, which crystals do not do.)
 */
export function spin(random: RandomStream, angle: number): Mat3 {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const mirror = random.integer(2) === 0 ? 1 : -1;
  return [
    [1, 0, 0],
    [0, c, -s * mirror],
    [0, s, c * mirror],
  ];
}

/** A turn by an angle (radian) about a random axis across Q: Q leaves axis 0 by that much. */
export function tilt(random: RandomStream, angle: number): Mat3 {
  const about = random.uniform(0, 2 * Math.PI);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [ny, nz] = [Math.cos(about), Math.sin(about)];
  // Rodrigues' rotation about the axis (0, ny, nz).
  return [
    [c, -s * nz, s * ny],
    [s * nz, c + ny * ny * (1 - c), ny * nz * (1 - c)],
    [-s * ny, ny * nz * (1 - c), c + nz * nz * (1 - c)],
  ];
}

function expose(volume: Float32Array, options: AugmentationOptions, random: RandomStream): void {
  const counts = logUniform(random, options.counts);
  const background = counts * logUniform(random, [1e-7, options.background]);
  countPhotons(volume, counts, background, quickUniform(random.integer(2 ** 31)));
}

function crop(volume: Float32Array, options: AugmentationOptions, random: RandomStream): void {
  const normal = random.unitVector();
  const above = random.uniform(...options.reach);
  const below = random.uniform(...options.reach);
  const size = Math.round(Math.cbrt(volume.length));
  const centre = size / 2;
  for (let i = 0, at = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const distance = normal[0] * (i - centre) + normal[1] * (j - centre) - normal[2] * centre;
      for (let k = 0; k < size; k++, at++) {
        const along = distance + normal[2] * k;
        if (along > above || along < -below) volume[at] = 0;
      }
    }
  }
}

function scaleToOne(volume: Float32Array): void {
  let maximum = 0;
  for (const value of volume) if (value > maximum) maximum = value;
  if (maximum > 0) for (let i = 0; i < volume.length; i++) volume[i]! /= maximum;
}

/**
 * One random variant of a pattern, maximum 1.
 * @param volume size^3, maximum 1, Q frame; stays as it is
 * @param out the central cube of it, of any even edge; overwritten
 */
export function augment(
  volume: Float32Array,
  size: number,
  options: AugmentationOptions,
  random: RandomStream,
  out: Float32Array,
): void {
  if (random.uniform() < options.turned) {
    const zoom = 1 + random.uniform(-options.zoom, options.zoom);
    const spun = spin(random, random.uniform(0, 2 * Math.PI));
    const turn = multiply(spun, tilt(random, (random.normal() * options.tiltDeg * Math.PI) / 180));
    const map = turn.map((row) => row.map((v) => v * zoom)) as unknown as Mat3;
    const shift = [0, 1, 2].map(() => random.uniform(-options.shift, options.shift)) as unknown as Vec3;
    resample(volume, size, map, shift, out);
  } else {
    const quarter = spin(random, (random.integer(4) * Math.PI) / 2);
    resample(volume, size, quarter.map((row) => row.map(Math.round)) as unknown as Mat3, [0, 0, 0], out);
  }
  if (random.uniform() < options.noisy) expose(out, options, random);
  if (random.uniform() < options.cropped) crop(out, options, random);
  scaleToOne(out);
}
