import type { CubeFft, Parts } from './fft';
import { centreOf, largestAt, largestOf, roll } from './grid';
import type { Pattern } from './pattern';
import { smooth } from './smooth';

/** The support has a given volume, since a threshold of its own made it collapse in two starts of three: this many times the crystal's at first, */
const FIRST = 2.2;
/** then this many times, falling to a little more than it; smoothed by so many voxels, likewise. */
const VOLUMES = [1.6, 1.12] as const;
const SIGMAS = [2, 0.8] as const;

/** A voxel is crystal whose modulus is this share of that which the brightest tenth of the crystal's volume reaches. */
const WITHIN = 0.25;
const UPPER = 0.1;
/** Of the box of half the size, within which a first support is sought, so much at most: few voxels per fringe leave little room around the crystal. */
const MOST = 0.8;

const between = ([first, last]: readonly [number, number], late: number): number => first + (last - first) * late;

/**
 * The largest values of the autocorrelation, halved in size: it reaches twice as far as the crystal.
 */
export function firstSupport(
  { size, intensity, volume }: Pattern,
  [reAt, imAt]: Parts,
  fft: CubeFft,
): Uint8Array<ArrayBuffer> {
  const [re, im] = [fft.cube(reAt), fft.cube(imAt)];
  const half = size / 2;
  re.set(roll(intensity, size, [half, half, half]));
  im.fill(0);
  fft.back(reAt, imAt);
  const halved = new Float32Array(size ** 3);
  const reach = size / 4;
  for (let i = -reach + 1; i < reach; i++) {
    for (let j = -reach + 1; j < reach; j++) {
      for (let k = -reach + 1; k < reach; k++) {
        // The autocorrelation's middle is at index 0 here, the object's at size / 2.
        const wrap = (x: number): number => (2 * x + 2 * size) % size;
        const from = (wrap(i) * size + wrap(j)) * size + wrap(k);
        halved[((i + half) * size + j + half) * size + k + half] = Math.hypot(re[from]!, im[from]!);
      }
    }
  }
  return atLeast(halved, Math.floor(Math.min(volume * FIRST, MOST * (2 * reach - 1) ** 3)));
}

/** The `count` largest values as a set. @param among holds all of these */
function atLeast(values: Float32Array, count: number, among = values): Uint8Array<ArrayBuffer> {
  const least = largestAt(among, count);
  const set = new Uint8Array(values.length);
  for (let v = 0; v < values.length; v++) set[v] = values[v]! >= least && least > 0 ? 1 : 0;
  return set;
}

/**
 * The voxels with most of the object's smoothed modulus; the object in these cubes is spent.
 * @param volume of the crystal, voxels
 * @param late 0 at the beginning of a retrieval, 1 at its end
 */
export function supportOf(parts: Parts, volume: number, late: number, fft: CubeFft): Uint8Array<ArrayBuffer> {
  const [re, im] = [fft.cube(parts[0]), fft.cube(parts[1])];
  for (let v = 0; v < re.length; v++) {
    re[v] = Math.sqrt(re[v]! * re[v]! + im[v]! * im[v]!);
    im[v] = 0;
  }
  smooth(parts, between(SIGMAS, late), fft);
  for (let v = 0; v < re.length; v++) re[v] = Math.max(0, re[v]!);
  const most = Math.floor(volume * FIRST);
  const largest = largestOf(re, most);
  const count = Math.max(Math.floor(volume * between(VOLUMES, late)), Math.min(most, brightVoxels(largest, volume)));
  return atLeast(re, count, largest);
}

/** How many of the largest values are as bright as a crystal's. */
function brightVoxels(largest: Float32Array, volume: number): number {
  const level = WITHIN * largestAt(largest, Math.ceil(UPPER * volume));
  let count = 0;
  for (let v = 0; v < largest.length; v++) if (largest[v]! >= level) count++;
  return count;
}

/** Moves the object and its support by whole voxels to the middle. */
export function centred(support: Uint8Array, size: number, xRe: Float32Array, xIm: Float32Array): Uint8Array {
  const centre = centreOf(support, size);
  if (!centre) return support;
  const by = centre.map((c) => Math.round(size / 2 - c)) as [number, number, number];
  if (by.every((step) => step === 0)) return support;
  xRe.set(roll(xRe, size, by));
  xIm.set(roll(xIm, size, by));
  return roll(support, size, by);
}
