import { qFrame, type AffineQ } from '../geometry/affine';
import { apply, identity, invert, norm, transpose, type Mat3, type Vec3 } from '../math/vector';
import { centreOfMass, normaliseMaximum } from './centre';
import { fillInside } from './fill-inside';
import type { Refusal } from './inspect';
import { MOST_HIDDEN } from './reduce';
import { cutRegion, type Box, type Region } from './region';
import { createSampler } from './sampler';
import { centred, hiddenShare, OVERSAMPLING, settleVoxel, shareOutside, voxelFor } from './settle';
import { crystalSize } from './size';
import { SIZE, type Cube, type Target } from './target';

/** A diffraction volume on an orthogonal grid, as another program made it. */
export interface OrthogonalVolume {
  readonly shape: Vec3;
  /** First axis slowest; counts, or counts scaled. What is not a number was not measured. */
  readonly intensity: Float32Array;
  /** Anything but 0 where no measured pixel stands behind a voxel. */
  readonly mask?: Uint8Array | undefined;
  /** What lies in masked voxels was filled in already, and stays. */
  readonly filled?: boolean;
  /** Q at index (0, 0, 0) and from one voxel to the next, along the volume's own axes, 1/angstrom. */
  readonly origin: Vec3;
  readonly step: Vec3;
  /** Rows: unit vectors of the volume's axes in the sample frame. */
  readonly axes: Mat3;
  /** Q at the middle is not known: the first axis is taken to lie along it. */
  readonly relative?: boolean;
}

/** The standard 64^3 volume made of it. */
export interface StandardVolume extends Cube {
  readonly target: Target;
  /** Index of the brightest voxel. */
  readonly peak: Vec3;
  /** |Q| there; 0 where it is not known. */
  readonly q: number;
  readonly sizeAngstrom: number;
  /** 2 pi / (D voxel), of the volume made and of the coarsest axis of the one given. */
  readonly oversampling: number;
  readonly measuredOversampling: number;
  readonly outside: number;
  readonly hidden: number;
  /** Taken voxel by voxel. */
  readonly asItIs: boolean;
  /** Where asked for: the same not averaged over a voxel, in another size perhaps. */
  readonly unblurred?: Cube;
}

/** Voxels per fringe that networks are trained on: a volume within them keeps its own voxel. */
const MOST_OVERSAMPLING = 5;
/** Axes (radians: Q at the brightest voxel is not Q at the middle), steps and centre may be off by so much for a volume to be taken as it is. */
const SAME_TURN = 0.02;
const SAME_STEP = 1e-3;
const SAME_CENTRE = 0.5;
/** A voxel whose neighbours hold less than this part of it is hot, no peak. */
const LONELY = 0.05;
const MOST_LONELY = 64;
const EDGE = 2;
/** More of a diffraction volume is never brighter than a tenth of its maximum: a logarithm is. */
const BRIGHT_SHARE = 0.05;
/** Of the values that are no whole numbers, so many have a square that is one: roots of counts. */
const ROOTS = 0.95;
/** Beyond, float32 no longer tells whether a square is whole. */
const MOST_ROOT = 1000;

/**
 * From a volume that is orthogonal already to the one that the network sees: centred, in the Q frame, with 64 voxels along each edge
 * and fringes sampled as in training. One that is all that already is taken voxel by voxel.
 * @param unblurred edge, in voxels, of the cube for phase retrieval that is wanted, too
 */
export function standardise(
  given: OrthogonalVolume,
  frame: 'q' | 'sample',
  unblurred?: number,
): StandardVolume | Refusal {
  const { shape, step } = given;
  const { intensity, mask } = cleaned(given);
  const peak = brightest(intensity, mask, shape);
  if (!peak) return { refused: 'peak-absent', detail: 'no voxel of the volume stands out' };
  const edge = ([0, 1, 2] as const).find((axis) => peak[axis] < EDGE || peak[axis] >= shape[axis] - EDGE);
  if (edge !== undefined)
    return { refused: 'peak-at-edge', detail: `brightest at ${peak[edge]} of ${shape[edge]} along axis ${edge}` };
  const what = notIntensity(intensity);
  if (what) return { refused: 'not-counts', detail: what };
  if (!given.filled) fillInside(intensity, mask, shape);

  const affine = affineOf(given, peak);
  if (!affine) return { refused: 'not-a-rocking-curve', detail: 'the axes of the volume do not span space' };
  const axes = frame === 'sample' ? identity : given.relative ? given.axes : qFrame(affine.q);
  const [rows, cols] = [shape[1], shape[2]];
  const block = { frames: shape[0], rows, cols, counts: intensity };
  const flat = new Uint8Array(rows * cols);
  const cut = (box: Box): Region => cutRegion(block, flat, box, {}, [0, 0, 0], mask);
  const sampler = createSampler({ shape, cut }, affine, axes);
  const settled = settleVoxel(sampler, affine, axes, keptVoxel);
  const coarsest = Math.max(...affine.steps);
  const whole = isStandard(given, intensity, axes) ? crystalSize(intensity, coarsest) : undefined;
  const own = whole !== undefined && keptVoxel(whole, coarsest) === coarsest;
  if (!settled) return { refused: 'peak-absent', detail: 'no fringes stand out of the noise' };
  const size = own ? whole : settled.size;
  const { target, cube } = own
    ? { target: ownTarget(given, step), cube: { intensity: Float32Array.from(intensity), mask: Uint8Array.from(mask) } }
    : centred(settled.target, sampler.linear);
  const hidden = hiddenShare(cube, Infinity);
  if (hidden > MOST_HIDDEN)
    return { refused: 'peak-hidden', detail: `${(100 * hidden).toFixed(0)} % of the pattern was not measured` };
  const asMeasured = (edge: number): Cube =>
    own && edge === SIZE ? { ...cube, intensity: cube.intensity.slice() } : sampler.counts({ ...target, size: edge });
  return {
    ...(unblurred !== undefined && { unblurred: asMeasured(unblurred) }),
    intensity: normaliseMaximum(cube.intensity),
    mask: cube.mask,
    target,
    peak,
    q: given.relative ? 0 : norm(affine.q),
    sizeAngstrom: size,
    oversampling: (2 * Math.PI) / (size * target.voxel),
    measuredOversampling: (2 * Math.PI) / (size * coarsest),
    outside: own ? 0 : shareOutside(target, affine, shape),
    hidden,
    asItIs: own,
  };
}

/** Its own voxel where the fringes are sampled as in some training set. */
function keptVoxel(size: number, coarsest: number): number {
  const measured = (2 * Math.PI) / (size * coarsest);
  return measured >= OVERSAMPLING.least && measured <= MOST_OVERSAMPLING ? coarsest : voxelFor(size, coarsest);
}

/** A copy without what no detector counts. */
function cleaned({ intensity: given, mask: masked }: OrthogonalVolume): { intensity: Float32Array; mask: Uint8Array } {
  const intensity = Float32Array.from(given);
  const mask = new Uint8Array(given.length);
  for (let i = 0; i < given.length; i++) {
    const value = given[i]!;
    if (masked && masked[i] !== 0) mask[i] = 1;
    if (!Number.isFinite(value)) mask[i] = 1;
    if (!(value > 0 && Number.isFinite(value))) intensity[i] = 0;
  }
  return { intensity, mask };
}

/** The brightest measured voxel that is not alone; those that are, are masked. */
function brightest(intensity: Float32Array, mask: Uint8Array, [frames, rows, cols]: Vec3): Vec3 | undefined {
  for (let look = 0; look < MOST_LONELY; look++) {
    let best = -1;
    let most = 0;
    for (let i = 0; i < intensity.length; i++) {
      if (mask[i] === 0 && intensity[i]! > most) {
        most = intensity[i]!;
        best = i;
      }
    }
    if (best < 0) return undefined;
    const plane = rows * cols;
    const [f, r, c] = [Math.floor(best / plane), Math.floor((best % plane) / cols), best % cols];
    let around = 0;
    let voxels = 0;
    for (const [df, dr, dc] of NEIGHBOURS) {
      if (f + df < 0 || f + df >= frames || r + dr < 0 || r + dr >= rows || c + dc < 0 || c + dc >= cols) continue;
      const at = best + df * plane + dr * cols + dc;
      if (mask[at] !== 0) continue;
      around += intensity[at]!;
      voxels++;
    }
    if (voxels === 0 || around / voxels >= LONELY * most) return [f, r, c];
    mask[best] = 1;
  }
  return undefined;
}

const NEIGHBOURS: readonly Vec3[] = [-1, 0, 1]
  .flatMap((f) => [-1, 0, 1].flatMap((r) => [-1, 0, 1].map((c): Vec3 => [f, r, c])))
  .filter((offset) => offset.some((d) => d !== 0));

function notIntensity(intensity: Float32Array): string | undefined {
  const most = intensity.reduce((a, b) => Math.max(a, b), 0);
  const bright = intensity.reduce((count, value) => count + Number(value > most / 10), 0);
  if (most < MOST_ROOT && areRoots(intensity)) return `square roots of counts, at most ${most.toPrecision(4)}`;
  if (bright <= BRIGHT_SHARE * intensity.length) return undefined;
  return `${((100 * bright) / intensity.length).toFixed(0)} % of the voxels are brighter than a tenth of the maximum`;
}

function areRoots(intensity: Float32Array): boolean {
  let fractions = 0;
  let roots = 0;
  for (const value of intensity) {
    if (value < 1 || Math.abs(value - Math.round(value)) < 1e-5 * value) continue;
    fractions++;
    if (Math.abs(value ** 2 - Math.round(value ** 2)) < 1e-5 * value ** 2) roots++;
  }
  return fractions > 0 && roots > ROOTS * fractions;
}

/** Its own grid is linear in Q. */
function affineOf({ origin, step, axes, shape, relative }: OrthogonalVolume, index: Vec3): AffineQ | undefined {
  const columns = transpose(axes);
  const middle = relative ? index.map((i, axis) => -i * step[axis]!) : origin;
  const own = index.map((i, axis) => middle[axis]! + i * step[axis]!) as unknown as Vec3;
  const jacobian = columns.map((row) => row.map((v, axis) => v * step[axis]!)) as unknown as Mat3;
  const inverse = invert(jacobian);
  if (!inverse || shape.some((n) => n < 2)) return undefined;
  return { index, q: apply(columns, own), jacobian, inverse, steps: step.map(Math.abs) as unknown as Vec3 };
}

/** 64 voxels along each edge, cubic, in the frame wanted, with the centre of mass in the middle. */
function isStandard({ shape, step, axes: own }: OrthogonalVolume, intensity: Float32Array, axes: Mat3): boolean {
  const cubic = step.every((s) => s > 0 && Math.abs(s / step[0] - 1) < SAME_STEP);
  if (!cubic || shape.some((n) => n !== SIZE)) return false;
  const along = own.every((row, axis) => norm(row.map((v, k) => v - axes[axis]![k]!) as unknown as Vec3) < SAME_TURN);
  return along && centreOfMass(intensity).every((c) => Math.abs(c - SIZE / 2) < SAME_CENTRE);
}

function ownTarget({ origin, axes, relative }: OrthogonalVolume, step: Vec3): Target {
  const middle = origin.map((q, axis) => (relative ? 0 : q + (SIZE / 2) * step[axis]!)) as unknown as Vec3;
  return { centre: apply(transpose(axes), middle), frame: axes, voxel: step[0] };
}
