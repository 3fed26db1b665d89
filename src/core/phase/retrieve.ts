import type { RandomStream } from '../random/stream';
import type { Complex } from './align';
import { createCoherence } from './coherence';
import { createCubeFft, type CubeFft } from './fft';
import { fillHoles } from './morphology';
import { constraintsOf, type Constraints, type Pattern } from './pattern';
import { createProjections } from './projections';
import { centred, firstSupport, supportOf } from './support';

/** A complex object and how well it explains what it was not told. */
export interface Retrieved {
  readonly size: number;
  /** size^3 each, 0 outside the support; centred. */
  readonly re: Float32Array;
  readonly im: Float32Array;
  readonly support: Uint8Array;
  /** |measured - computed| over measured amplitude (root of sums of squares) on the voxels held out; 0 is perfect. */
  readonly freeError: number;
  /** The same without the peak's core: by this starts are compared. */
  readonly farError: number;
  readonly likelihood: Likelihood;
  /** Of the kernel that blurs the pattern, along each axis, voxels^2; 0 where it shows none. */
  readonly blurVariance: number;
}

/** Negative logarithm of the likelihood of the counts, per voxel, for Poisson's statistics, less that of a perfect fit: of all that were measured, of those held out. */
export interface Likelihood {
  readonly all: number;
  readonly free: number;
}

/** Where a retrieval's random numbers come from. */
export interface Draws {
  /** Of the voxels that are held out: the same for all retrievals whose free errors are compared. */
  readonly heldOut: RandomStream;
  /** Of the first guess. */
  readonly phases: RandomStream;
}

/** How a retrieval begins and goes on. */
export interface Beginning {
  /** It begins from this object, of any brightness, instead of random phases. */
  readonly guess?: Complex | undefined;
  readonly algorithm?: Algorithm | undefined;
}

/** What an object keeps of itself outside the support, and of what the modulus' projection made of it there; inside it becomes that projection. */
interface Outside {
  readonly keep: number;
  readonly against: number;
}
const BETA = 0.9;
/**
 * Error reduction and hybrid input-output (Fienup, Appl. Opt. 21 (1982) 2758), and relaxed averaged alternating reflections (Luke, Inverse
 * Problems 21 (2005) 37): beta/2 (R_S R_M + 1) x + (1 - beta) P_M x, which outside the support is beta x + (1 - 2 beta) P_M x.
 */
export const rules = {
  er: { keep: 0, against: 0 },
  hio: { keep: 1, against: -BETA },
  raar: { keep: BETA, against: 1 - 2 * BETA },
} as const satisfies Record<string, Outside>;

/** By which a retrieval seeks; error reduction only polishes. */
export const algorithms = ['hio', 'raar'] as const;
export type Algorithm = (typeof algorithms)[number];

/** Iterations of each, in order; longer ones found nothing more on raw scans. */
const cyclesOf = (algorithm: Algorithm): readonly (readonly [number, Outside])[] => [
  ...Array.from({ length: 5 }, () => [[40, rules[algorithm]] as const, [10, rules.er] as const]).flat(),
  [60, rules.er],
];
export const ITERATIONS = cyclesOf('hio').reduce((sum, [count]) => sum + count, 0);
const SUPPORT_EVERY = 10;
const CENTRE_EVERY = 50;
/** Iterations before the end from which the support stays. */
const SETTLED = 30;
/** Iterations before the end at which the kernel that blurs the pattern is sought, of the object as it is then, and how often again. */
const COHERENCE_FROM = 110;
const COHERENCE_EVERY = 20;
/** Random phases of the first guess, rad. */
const FIRST_PHASES = 1.5;

/** Real cubes in the transform's memory; of the amplitude, -1 where the object is free; of the support, all bits 1 within. */
const [RE, IM, X_RE, X_IM, AMPLITUDE, SUPPORT, INTENSITY, BLURRED, SPARE] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
const WORK = [RE, IM] as const;
const OBJECT = [X_RE, X_IM] as const;
const COHERENCE = { amplitude: AMPLITUDE, intensity: INTENSITY, blurred: BLURRED, spare: SPARE };

/** The memory that retrievals of cubes of one size work in, one after the other. */
export const createRetrievalMemory = (size: number): CubeFft => createCubeFft(size, 9);

/**
 * One phase retrieval from random phases, step by step: each `next()` is one iteration, so that the caller can stop or tell of it.
 * @param pattern what was measured
 * @param draws decide everything random: the same streams give the same object
 * @param fft from {@link createRetrievalMemory}, of the pattern's size
 * @returns the object, centred
 */
export function* retrieve(
  pattern: Pattern,
  draws: Draws,
  fft: CubeFft,
  { guess, algorithm = 'hio' }: Beginning = {},
): Generator<number, Retrieved> {
  const { size, volume } = pattern;
  const [re, im, xRe, xIm] = [fft.cube(RE), fft.cube(IM), fft.cube(X_RE), fft.cube(X_IM)];
  const projections = createProjections(fft);
  const constraints = constraintsOf(pattern, draws.heldOut);
  fft.cube(AMPLITUDE).set(constraints.amplitude.map((value, v) => (constraints.free[v] === 1 ? -1 : value)));
  let support: Uint8Array = guess ? filled(guess) : firstSupport(pattern, WORK, fft);
  const bits = new Int32Array(fft.memory.buffer, fft.at(SUPPORT), size ** 3);
  const settle = (next: Uint8Array): void => {
    support = next;
    for (let v = 0; v < bits.length; v++) bits[v] = -next[v]!;
  };
  settle(support);
  const first = guess ?? randomPhases(support, draws.phases);
  xRe.set(first.re);
  xIm.set(first.im);
  brighten(constraints, fft);

  const coherence = createCoherence(fft, COHERENCE);
  let done = 0;
  for (const [times, { keep, against }] of cyclesOf(algorithm)) {
    for (let n = 0; n < times; n++) {
      re.set(xRe);
      im.set(xIm);
      fft.forward(...WORK);
      const left = ITERATIONS - done;
      if (left <= COHERENCE_FROM && (COHERENCE_FROM - left) % COHERENCE_EVERY === 0) coherence.fit(WORK);
      projections.modulus(WORK, coherence.target(WORK));
      fft.back(...WORK);
      projections.support(OBJECT, WORK, SUPPORT, { scale: 1 / size ** 3, keep, against });
      done++;
      if (done % SUPPORT_EVERY === 0 && done < ITERATIONS - SETTLED) {
        const late = Math.min(1, done / (ITERATIONS - SETTLED - SUPPORT_EVERY));
        const next = supportOf(WORK, volume, late, fft);
        const whole = late > 0.5 ? fillHoles(next, [size, size, size]) : next;
        settle(done % CENTRE_EVERY === 0 ? centred(whole, size, xRe, xIm) : whole);
      }
      yield done;
    }
  }
  for (const part of [xRe, xIm]) for (let v = 0; v < part.length; v++) part[v]! *= support[v]!;
  const object = { re: xRe.slice(), im: xIm.slice() };
  re.set(xRe);
  im.set(xIm);
  fft.forward(...WORK);
  const expected = coherence.expected(WORK);
  return {
    size,
    ...object,
    support,
    freeError: errorOn(constraints.heldOut, constraints, expected),
    farError: errorOn(constraints.far, constraints, expected),
    likelihood: likelihood(constraints, expected),
    blurVariance: coherence.variance,
  };
}

/** Where an object is not nothing. */
const filled = ({ re, im }: Complex): Uint8Array => Uint8Array.from(re, (x, v) => (x !== 0 || im[v] !== 0 ? 1 : 0));

/** Random phases within the support. */
function randomPhases(support: Uint8Array, draws: RandomStream): Complex {
  const [re, im] = [new Float32Array(support.length), new Float32Array(support.length)];
  for (let v = 0; v < support.length; v++) {
    const phase = support[v] === 1 ? draws.uniform(-FIRST_PHASES, FIRST_PHASES) : 0;
    re[v] = support[v]! * Math.cos(phase);
    im[v] = support[v]! * Math.sin(phase);
  }
  return { re, im };
}

/** Makes the object as bright as what was measured. */
function brighten({ amplitude }: Constraints, fft: CubeFft): void {
  const [re, im, xRe, xIm] = [fft.cube(RE), fft.cube(IM), fft.cube(X_RE), fft.cube(X_IM)];
  re.set(xRe);
  im.set(xIm);
  fft.forward(...WORK);
  let [measured, computed] = [0, 0];
  for (let v = 0; v < amplitude.length; v++) {
    measured += amplitude[v]! ** 2;
    computed += re[v]! ** 2 + im[v]! ** 2;
  }
  const scale = Math.sqrt(measured / computed);
  for (const part of [xRe, xIm]) for (let v = 0; v < part.length; v++) part[v]! *= scale;
}

function errorOn(set: Uint8Array, { amplitude }: Constraints, expected: Float32Array): number {
  let [off, all] = [0, 0];
  for (let v = 0; v < set.length; v++) {
    if (set[v] === 0) continue;
    off += (Math.sqrt(expected[v]!) - amplitude[v]!) ** 2;
    all += amplitude[v]! ** 2;
  }
  return all > 0 ? Math.sqrt(off / all) : 1;
}

/** Expected counts are at least this: a voxel where the object has none at all is no impossibility. */
const FEWEST = 1e-3;

function likelihood({ amplitude, heldOut, free }: Constraints, intensity: Float32Array): Likelihood {
  const [sums, voxels] = [
    [0, 0],
    [0, 0],
  ] as [[number, number], [number, number]];
  for (let v = 0; v < heldOut.length; v++) {
    const held = heldOut[v]! as 0 | 1;
    if (free[v] === 1 && held === 0) continue;
    const counts = amplitude[v]! ** 2;
    const expected = Math.max(FEWEST, intensity[v]!);
    sums[held] += expected - counts + (counts > 0 ? counts * Math.log(counts / expected) : 0);
    voxels[held]++;
  }
  return { all: (sums[0] + sums[1]) / Math.max(1, voxels[0] + voxels[1]), free: sums[1] / Math.max(1, voxels[1]) };
}
