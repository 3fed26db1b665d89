/**
 * What a measured pattern lacks of a fully coherent one. Partial coherence and the extent of pixels and voxels blur intensities, so a
 * pattern is the object's |F|^2 convolved with a narrow kernel, here a Gaussian alike along each axis, which is found from the pattern
 * itself (Clark, Huang, Harder and Robinson, Nature Communications 3 (2012) 993).
 */
import type { CubeFft, Parts } from './fft';
import { createCoherenceProgram } from './coherence-program';

/** A voxel's share that one step gives to each of its two neighbours at most: three points are a narrow Gaussian then, and never below nothing. */
const MOST_SHARE = 0.2;
/** Variances that are tried first, voxels^2; the widest is that of a coherence length of a third of the size at 3.5 voxels per fringe. */
const TRIED = [0, 0.06, 0.12, 0.24, 0.48, 0.96, 1.92] as const;
/** About one that is known. */
const NEAR = [0.75, 1, 1.33] as const;
/** A pattern shows a blur where less than this share of what was unexplained is left with it. */
const GAIN = 0.98;

/** Cubes of a transform's memory. */
export interface CoherenceCubes {
  /** What was measured, zero frequency at index 0, as the transform has it; negative where it is free. */
  readonly amplitude: number;
  /** To work in: intensities of the object, unblurred and blurred, and one to spare. */
  readonly intensity: number;
  readonly blurred: number;
  readonly spare: number;
}

/** The kernel that blurs a pattern, as far as it is known. */
export interface Coherence {
  /** Along each axis, voxels^2; 0 where none is known. */
  readonly variance: number;
  /** Finds it, or finds it anew, from the object's transform in `parts`. */
  fit(parts: Parts): void;
  /** The cube of amplitudes that the transform in `parts` is to have so that they are, blurred, as measured; negative where it is free. */
  target(parts: Parts): number;
  /** Intensities of the transform in `parts` as they would be measured. */
  expected(parts: Parts): Float32Array;
}

export function createCoherence(fft: CubeFft, { amplitude, intensity, blurred, spare }: CoherenceCubes): Coherence {
  const program = createCoherenceProgram(fft);
  let variance = 0;
  /** What is in the cube of intensities, blurred. */
  const blurredBy = (by: number): Float32Array => blur(intensity, blurred, spare, by, fft);
  const expect = (parts: Parts): Float32Array => {
    program.intensity(parts, intensity);
    return blurredBy(variance);
  };
  /** Share of the measured amplitudes' squares that the blurred intensities leave unexplained, at the scale that suits them best. */
  const unexplained = (): number => {
    const [cross, own, all] = program.sums({ amplitude, expected: blurred, spare });
    return own > 0 && all > 0 ? 1 - (cross * cross) / (own * all) : 1;
  };
  const errorOf = (tried: number): number => {
    blurredBy(tried);
    return unexplained();
  };
  return {
    get variance() {
      return variance;
    },
    fit(parts) {
      program.intensity(parts, intensity);
      variance = lowestOf(errorOf, variance || undefined);
    },
    target(parts) {
      if (variance === 0) return amplitude;
      expect(parts);
      program.wanted({ amplitude, intensity, blurred, to: spare });
      return spare;
    },
    expected: expect,
  };
}

/**
 * Convolves a cube with a Gaussian, into another; its edges are each other's neighbours, as a transform's are.
 * @param variance along each axis, voxels^2: steps of three points that add up to it
 * @param spare a third cube, which is spent
 */
export function blur(cube: number, to: number, spare: number, variance: number, fft: CubeFft): Float32Array {
  const steps = Math.ceil(variance / (2 * MOST_SHARE));
  const program = createCoherenceProgram(fft);
  if (steps === 0) fft.cube(to).set(fft.cube(cube));
  let from = cube;
  for (let left = 3 * steps; left > 0; left--) {
    // Turn by turn, so that the last of them ends where it is wanted.
    const next = left % 2 === 1 ? to : spare;
    program.spread(from, next, (left % 3) as 0 | 1 | 2, variance / (2 * steps));
    from = next;
  }
  return fft.cube(to);
}

/** The variance at which least is left; 0 where that is hardly less than without. @param known where it was before */
function lowestOf(errorOf: (variance: number) => number, known: number | undefined): number {
  const tried: readonly number[] = known ? NEAR.map((factor) => factor * known) : TRIED;
  const errors = tried.map(errorOf);
  // Each costs a blur of the whole cube.
  const errorAt = (variance: number): number => errors[tried.indexOf(variance)] ?? errorOf(variance);
  const best = errors.indexOf(Math.min(...errors));
  const found = betweenNeighbours(tried, errors, best);
  return found > 0 && errorAt(found) < GAIN * errorAt(0) ? found : 0;
}

/** Where the parabola through the best and its two neighbours is lowest. */
function betweenNeighbours(at: readonly number[], errors: readonly number[], best: number): number {
  if (best === 0 || best === at.length - 1) return at[best]!;
  const [a, b, c] = [at[best - 1]!, at[best]!, at[best + 1]!];
  const left = (errors[best]! - errors[best - 1]!) / (b - a);
  const curve = (errors[best + 1]! - errors[best]!) / (c - b) - left;
  return curve > 0 ? Math.min(c, Math.max(a, (a + b) / 2 - (left * (c - a)) / (2 * curve))) : b;
}
