/** Volumes that hold no single crystal's peak, whole: what a network that knows three kinds of crystals must not judge. */
import type { RandomStream } from '@core/random/stream';

const SIDE = 64;
const VOXELS = SIDE ** 3;
const CENTRE = SIDE / 2;

type Offset = readonly [number, number, number];

const each = (value: (...offset: Offset) => number): Float32Array =>
  Float32Array.from({ length: VOXELS }, (_, n) =>
    value((n >> 12) - CENTRE, ((n >> 6) & 63) - CENTRE, (n & 63) - CENTRE),
  );

const toOne = (volume: Float32Array): Float32Array => {
  const most = volume.reduce((a, b) => Math.max(a, b), 0);
  return most > 0 ? volume.map((value) => value / most) : volume;
};

/** Moved along axis 0 by whole voxels; what comes in is empty. */
const moved = (volume: Float32Array, by: number): Float32Array =>
  volume.map((_, n) => {
    const from = (n >> 12) - by;
    return from < 0 || from >= SIDE ? 0 : volume[(from << 12) | (n & 4095)]!;
  });

const noise = (mean: number, random: RandomStream): Float32Array =>
  toOne(Float32Array.from({ length: VOXELS }, () => random.poisson(mean)));

/**
 * Makes one volume, 64^3, maximum 1.
 * @param one a pattern of a crystal, 64^3, maximum 1, centred
 * @param other of another crystal
 */
type Make = (random: RandomStream, one: Float32Array, other: Float32Array) => Float32Array;

/** By name. Amounts are drawn anew for every volume. */
export const oddities: Readonly<Record<string, Make>> = {
  'white noise': (random) => Float32Array.from({ length: VOXELS }, () => random.uniform()),
  'counting noise': (random) => noise(random.uniform(0.2, 2), random),
  'a few stray counts': (random) => noise(random.uniform(0.003, 0.03), random),
  'two peaks': (random, one, other) => {
    const [apart, share] = [random.integer(5) + 7, random.uniform(0.5, 1)];
    const second = moved(other, apart);
    return toOne(moved(one, -apart).map((value, n) => value + share * second[n]!));
  },
  'a piece of a powder ring': (random) => {
    const [radius, width] = [random.uniform(80, 400), random.uniform(1, 4)];
    return each((i, j, k) => Math.exp(-(((Math.hypot(i + radius, j, k) - radius) / width) ** 2)));
  },
  'a saturated peak': (random, one) => {
    const ceiling = random.uniform(0.02, 0.12);
    return toOne(one.map((value) => Math.min(value, ceiling)));
  },
  'a peak that the detector cuts off': (random, one) => {
    const edge = random.integer(3) + 1;
    return toOne(one.map((value, n) => (((n >> 6) & 63) - CENTRE > edge ? 0 : value)));
  },
  'a smooth blob': (random) => {
    const width = random.uniform(30, 120);
    return each((i, j, k) => Math.exp(-(i * i + j * j + k * k) / width));
  },
};
