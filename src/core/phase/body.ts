import type { CubeFft } from './fft';
import { largestAt } from './grid';
import { close, fillHoles, largestPart } from './morphology';
import type { Retrieved } from './retrieve';
import { smooth } from './smooth';

/** Voxels by which the modulus is smoothed. */
const SIGMA = 1.2;
/** Share of the modulus within (its upper tenth) above which a voxel is crystal. */
const WITHIN = 0.3;
const UPPER = 0.1;
/** What counts for that upper tenth: voxels with this share of the largest modulus. */
const SEEN = 0.1;
/** Pixels that are closed in each slice: the tunnel of a dislocation's core is open at both ends, so that no filling in three dimensions finds it. */
const TUNNEL = 2;

/**
 * The crystal's body: where the modulus is that of a crystal, its largest part, holes and tunnels filled.
 * @param fft with room for two cubes; what is in them is spent
 * @returns size^3, 1 = crystal
 */
export function bodyOf({ size, re, im }: Retrieved, fft: CubeFft): Uint8Array {
  const modulus = fft.cube(0);
  for (let v = 0; v < re.length; v++) modulus[v] = Math.hypot(re[v]!, im[v]!);
  fft.cube(1).fill(0);
  smooth([0, 1], SIGMA, fft);
  const largest = largestAt(modulus.map(Math.abs), 1);
  const seen = modulus.filter((value) => value > SEEN * largest);
  const level = WITHIN * largestAt(seen, Math.ceil(UPPER * seen.length));
  const shape = [size, size, size] as const;
  const crystal = Uint8Array.from(modulus, (value) => (value > level ? 1 : 0));
  return filled(close(largestPart(crystal, shape), shape), size);
}

/** With holes filled, and what is enclosed in any slice along any axis. */
function filled(body: Uint8Array, size: number): Uint8Array {
  const out = fillHoles(body, [size, size, size]);
  const slice = new Uint8Array(size * size);
  for (const [axis, across, along] of [
    [size * size, size, 1],
    [size, size * size, 1],
    [1, size * size, size],
  ] as const) {
    for (let n = 0; n < size; n++) {
      const at = (p: number): number => n * axis + Math.floor(p / size) * across + (p % size) * along;
      for (let p = 0; p < slice.length; p++) slice[p] = body[at(p)]!;
      const whole = fillHoles(close(slice, [1, size, size], TUNNEL), [1, size, size]);
      for (let p = 0; p < slice.length; p++) if (whole[p] === 1) out[at(p)] = 1;
    }
  }
  return out;
}
