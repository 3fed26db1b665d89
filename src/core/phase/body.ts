import type { Complex } from './align';
import type { CubeFft } from './fft';
import { countOf, largestAt } from './grid';
import { closeBall, fillHoles, largestPart } from './morphology';
import { smooth } from './smooth';

/** Voxels by which the modulus is smoothed. */
const SIGMA = 1.2;
/** Share of the modulus within (its upper tenth) above which a voxel is crystal. */
const WITHIN = 0.3;
const UPPER = 0.1;
/** What counts for that upper tenth: voxels with this share of the largest modulus. */
const SEEN = 0.1;
/**
 * Of the crystal's size, the radius of the ball that closes it: the modulus vanishes about a dislocation's core, which leaves a tunnel open
 * at both ends, or near the surface a notch, and neither is a hole that any filling finds. Crystals have no such caves.
 */
const CAVE = 0.22;

/**
 * The crystal's body: where the modulus is that of a crystal, its largest part, with what is enclosed, tunnels and notches filled.
 * @param fft with room for two cubes; what is in them is spent
 * @returns size^3, 1 = crystal
 */
export function bodyOf({ re, im }: Complex, fft: CubeFft): Uint8Array {
  const { size } = fft;
  const modulus = fft.cube(0);
  for (let v = 0; v < re.length; v++) modulus[v] = Math.sqrt(re[v]! * re[v]! + im[v]! * im[v]!);
  fft.cube(1).fill(0);
  smooth([0, 1], SIGMA, fft);
  let largest = 0;
  // Smoothed by its transform, nothing is a little below nothing.
  for (let v = 0; v < modulus.length; v++) largest = Math.max(largest, (modulus[v] = Math.max(0, modulus[v]!)));
  const seen = above(SEEN * largest, modulus);
  const crystalline = above(WITHIN * largestAt(modulus, Math.ceil(UPPER * countOf(seen))), modulus);
  const shape = [size, size, size] as const;
  const crystal = largestPart(crystalline, shape);
  return fillHoles(closeBall(crystal, shape, CAVE * Math.cbrt(countOf(crystal))), shape);
}

function above(level: number, values: Float32Array): Uint8Array {
  const set = new Uint8Array(values.length);
  for (let v = 0; v < set.length; v++) set[v] = values[v]! > level ? 1 : 0;
  return set;
}
