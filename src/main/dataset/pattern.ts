import type { ElementName } from '@core/crystal/elements';
import {
  add,
  apply,
  cross,
  norm,
  normalise,
  scale,
  subtract,
  transpose,
  type Mat3,
  type Vec3,
} from '@core/math/vector';
import { stream } from '@core/random/stream';
import { centreOfMass, normaliseMaximum } from '@core/reduce/centre';
import { expose, type Exposure } from '@core/scatter/detectorReality';
import { drawGap } from '@core/scatter/gap';
import { formFactor } from '@core/scatter/formFactor';
import type { Scatterer } from '@core/scatter/nufft';
import { CENTRE, intensity, type PatternWindow } from '@core/scatter/window';
import type { BuiltCrystal } from './crystal';
import type { Recipe } from './recipe';

/** How one pattern was made, beside its crystal. */
export interface PatternFacts {
  readonly orientation: number;
  readonly oversampling: number;
  /** Voxel, 1/angstrom. */
  readonly dq: number;
  /** Rows: the cube's axes in the crystal frame; the first lies along Q. */
  readonly frame: Mat3;
  /** Index at which Q is the perfect crystal's reflection. */
  readonly origin: Vec3;
  /** Where the centre of mass was put, relative to the centre, voxels. */
  readonly shift: Vec3;
  readonly exposure: Exposure;
  /** Brightest voxel over that of a perfect crystal of as many atoms (Supplementary Fig. 15). */
  readonly peakShare: number;
}

export interface Pattern {
  /** 64^3, centre of mass at index 32 + shift, maximum 1. */
  readonly intensity: Float32Array;
  readonly facts: PatternFacts;
  /** Centre of mass relative to the reflection, crystal frame, 1/angstrom: where to look for it at the next spin. */
  readonly offset: Vec3;
}

const ROUNDS = 6;
/** As close as the centre of mass is brought, voxels. */
const CENTRED = 0.1;

/** The Q frame at a spin: first axis along Q, right-handed. */
function spunFrame(g: Vec3, spin: number): Mat3 {
  const e1 = normalise(g);
  const u = normalise(cross(e1, Math.abs(e1[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]));
  const v = cross(e1, u);
  const e2 = add(scale(u, Math.cos(spin)), scale(v, Math.sin(spin)));
  return [e1, e2, cross(e1, e2)];
}

const logUniform = (from: number, to: number, part: number): number => from * (to / from) ** part;

/**
 * One pattern of a crystal: spun about Q, sampled, exposed, and centred as the reduction centres a measured one, by moving
 * where the voxels lie until the counts' own centre of mass is where it shall be.
 * @param offset of the centre of mass, from an earlier pattern of the same crystal
 */
export function makePattern(
  recipe: Recipe,
  crystal: BuiltCrystal & { readonly crystal: number; readonly element: ElementName },
  orientation: number,
  scatterer: Scatterer,
  offset: Vec3,
): Pattern {
  const path = ['crystal', crystal.crystal, 'orientation', orientation] as const;
  const random = stream(recipe.seed, ...path);
  const frame = spunFrame(crystal.g, random.uniform(0, 2 * Math.PI));
  const oversampling = random.uniform(...recipe.oversampling);
  const dq = (2 * Math.PI) / (crystal.sizeAngstrom * oversampling);
  const jitter = (): number => random.uniform(-recipe.shiftVoxels, recipe.shiftVoxels);
  const shift: Vec3 = [jitter(), jitter(), jitter()];
  const { counts, background, coherence, range, gaps = 0 } = recipe.exposure;
  // Dice of its own: a recipe without gaps gives what it gave before there were any.
  const gapDice = stream(recipe.seed, ...path, 'gap');
  const exposure: Exposure = {
    counts: logUniform(...counts, random.uniform()),
    background: random.uniform(...background),
    coherence: random.uniform(...coherence),
    range: random.uniform(...range),
    rocking: random.uniform(0, Math.PI),
    ...(gapDice.uniform() < gaps && { gap: drawGap(gapDice) }),
  };
  const f = (q: number): number => formFactor(crystal.element, q);
  const perfectPeak = ((crystal.positions.length / 3) * f(norm(crystal.g))) ** 2;
  const wanted = add([CENTRE, CENTRE, CENTRE], shift);

  let origin = subtract(wanted, scale(apply(frame, offset), 1 / dq));
  for (let round = 1; ; round++) {
    const window: PatternWindow = { g: crystal.g, frame, dq, origin };
    const scattered = intensity(scatterer.amplitude(crystal.positions, window, f));
    const brightest = scattered.reduce((most, x) => (x > most ? x : most), 0);
    // The same dice each round, so that the next round's counts differ by the move alone.
    const exposed = expose(scattered, exposure, stream(recipe.seed, ...path, 'counts'));
    const miss = subtract(wanted, centreOfMass(exposed.counts));
    const found = scale(apply(transpose(frame), subtract(subtract(wanted, miss), origin)), dq);
    if (round === ROUNDS || Math.max(...miss.map(Math.abs)) < CENTRED) {
      const facts = {
        orientation,
        oversampling,
        dq,
        frame,
        origin,
        shift,
        exposure,
        peakShare: brightest / perfectPeak,
      };
      return { intensity: normaliseMaximum(exposed.counts), facts, offset: found };
    }
    // Background stays where it is, so moving the crystal moves the centre of mass only by the crystal's share of the counts.
    origin = add(origin, scale(miss, 1 / Math.max(exposed.signal, 0.25)));
  }
}
