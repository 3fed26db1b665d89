/**
 * What a volume looks like to a physicist rather than to the network: numbers by which one centred Bragg peak of one crystal differs
 * from noise, two peaks, a powder ring, a clipped or a cut-off peak. A network trained to tell three kinds of crystals apart may map
 * anything else among them; these see it.
 */

/** Limits of the shells about the centre, voxels. */
const SHELLS = [0, 2, 4, 7, 11, 16, 22, 28, 32];
const FLOOR = 1e-4;
const SCALE = 1 / Math.log1p(1 / FLOOR);

/** As the networks compress it: 0 to 1. */
function compress(volume: ArrayLike<number>): Float32Array {
  const out = new Float32Array(volume.length);
  for (let i = 0; i < out.length; i++) out[i] = SCALE * Math.log1p(Math.max(0, volume[i]!) / FLOOR);
  return out;
}
const tenth = (value: number): number => Math.log10(value + 1e-6);

/** Beyond this many voxels from the centre lies no single peak's maximum. */
const NEAR = 8;

interface Sums {
  readonly counts: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly moments: Float64Array;
  asymmetry: number;
  whole: number;
  roughness: number;
  total: number;
  near: number;
  bright: number;
  half: number;
  farthest: number;
  beyond: number;
}

/**
 * @param volume edge^3 (even), centre of mass at the centre, maximum 1, axis 0 along Q
 * @returns a vector whose components have comparable, finite spreads
 */
export function describe(volume: ArrayLike<number>): Float64Array {
  const edge = Math.round(Math.cbrt(volume.length));
  const centre = edge / 2;
  const compressed = compress(volume);
  const shells = SHELLS.length - 1;
  const of = (): Float64Array => new Float64Array(shells);
  const sums: Sums = {
    ...{ counts: of(), first: of(), second: of(), moments: new Float64Array(3) },
    ...{ asymmetry: 0, whole: 0, roughness: 0, total: 0, near: 0, bright: 0, half: 0, farthest: 0, beyond: 0 },
  };
  // Index 0 has no partner across the centre.
  for (let i = 1; i < edge; i++) {
    for (let j = 1; j < edge; j++) {
      for (let k = 1; k < edge; k++) {
        const at = (i * edge + j) * edge + k;
        const opposite = ((edge - i) * edge + edge - j) * edge + edge - k;
        gather(sums, volume[at]!, i - centre, j - centre, k - centre);
        gatherShape(
          sums,
          compressed[at]!,
          compressed[opposite]!,
          compressed[at - 1]!,
          i - centre,
          j - centre,
          k - centre,
        );
      }
    }
  }
  const means = [...sums.first].map((sum, s) => sum / Math.max(1, sums.counts[s]!));
  const spreads = [...sums.second].map((sum, s) =>
    Math.sqrt(Math.max(0, sum / Math.max(1, sums.counts[s]!) - means[s]! ** 2)),
  );
  const [along = 0, across = 0, up = 0] = sums.moments.map((moment) => tenth(moment / sums.total));
  return Float64Array.from([
    ...means,
    // How a shell's voxels differ: streaks of facets and fringes do, a ring's and a smear's do not.
    ...spreads.slice(1, -1),
    sums.asymmetry / Math.max(1e-9, sums.whole),
    sums.roughness / Math.max(1e-9, sums.whole),
    tenth(1 - sums.near / sums.total),
    tenth(sums.beyond),
    sums.farthest,
    // A clipped peak has as many voxels near its maximum as at its half.
    Math.log1p(sums.bright),
    Math.log1p(sums.half),
    along,
    (across + up) / 2,
    Math.abs(across - up),
  ]);
}

/** Shell of a squared distance, or none beyond the last: looked up, because it is asked for every voxel. */
const shellOf = Int8Array.from({ length: 3 * 32 ** 2 + 1 }, (_, square) => {
  const shell = SHELLS.findLastIndex((limit) => limit ** 2 <= square);
  return shell < SHELLS.length - 1 ? shell : -1;
});

function gatherShape(
  sums: Sums,
  here: number,
  opposite: number,
  before: number,
  i: number,
  j: number,
  k: number,
): void {
  const shell = shellOf[i * i + j * j + k * k] ?? -1;
  if (shell < 0) return;
  sums.counts[shell]! += 1;
  sums.first[shell]! += here;
  sums.second[shell]! += here * here;
  sums.asymmetry += Math.abs(here - opposite);
  sums.roughness += Math.abs(here - before);
  sums.whole += here;
}

function gather(sums: Sums, value: number, i: number, j: number, k: number): void {
  const square = i * i + j * j + k * k;
  sums.total += value;
  sums.moments[0]! += value * i * i;
  sums.moments[1]! += value * j * j;
  sums.moments[2]! += value * k * k;
  if (square <= NEAR ** 2) sums.near += value;
  else if (value > sums.beyond) sums.beyond = value;
  if (value > 0.5) sums.half++;
  if (value > 0.9) sums.bright++;
  if (value === 1) sums.farthest = Math.max(sums.farthest, Math.sqrt(square));
}
