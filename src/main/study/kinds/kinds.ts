/**
 * Kinds of crystals, and of scans of them, that a network meets outside of what it was trained on. Each is a recipe of its own beside one that
 * is easy in everything else, so that a table by kind says what is hard.
 */
import { families } from '@core/network/family';
import { otherKinds } from '@core/crystal/other';
import { stream } from '@core/random/stream';
import type { BuiltCrystal } from '@main/dataset/crystal';
import type { CrystalPlan } from '@main/dataset/plan';
import { parseRecipe, type Recipe } from '@main/dataset/recipe';
import { simulatedClasses, type SimulatedClass } from '@vocabulary/classes';
import { tableOf } from '@vocabulary/keys';

export interface Kind {
  readonly name: string;
  /** Take turns. */
  readonly classes: readonly SimulatedClass[];
  readonly recipe: Recipe;
  /** Whether a crystal that was drawn is of this kind; all are when left out. */
  readonly wanted?: (plan: CrystalPlan, crystal: BuiltCrystal) => boolean;
}

const easy = {
  crystals: 1,
  orientations: 1,
  elements: { Al: 1, Ag: 1, Au: 1, Pt: 1, Cu: 1, Ni: 1, Pd: 1 },
  sizeCells: [28, 36],
  bodies: { winterbottom: 1, irregular: 1 },
  effectiveNm: [40, 600],
  height: [0.55, 1],
  shape: { facets: 0.25, rounding: [0, 1], stretch: 0.4, cuts: 4 },
  classes: tableOf(simulatedClasses, () => 1),
  centred: 0.3,
  // 0 to 30 degrees, and 60 to 90: between them a dislocation is neither.
  mixedDeg: 30,
  reflections: [...families],
  invisible: 'exclude',
  oversampling: [2.5, 3.5],
  shiftVoxels: 0,
  strainRad: [0, 2],
  strains: { waves: 1, bending: 1, quadratic: 1, facets: 1, interface: 1, thermal: 1 },
  exposure: { counts: [5e3, 1e6], background: [0, 0.3], coherence: [0, 0], range: [1, 1] },
  measured: {
    pixelsPerFringe: [2.5, 6],
    framesPerFringe: [2, 4.5],
    fringes: [5, 12],
    leastCoherence: 2,
    ...{ gaps: 0, beamStops: 0, neighbours: 0, dark: 0, dropped: 0 },
  },
  split: { validation: 0, test: 0 },
  crystalsPerShard: 1,
};

type Change = Partial<Record<keyof typeof easy | 'others' | 'ribbons', unknown>>;
type Drawn = Pick<Kind, 'classes' | 'wanted'> & { readonly change: Change };

const dislocations = ['screw', 'edge'] as const;
const all = ['perfect', 'screw', 'edge'] as const;
const measured = (change: Partial<typeof easy.measured>): Change => ({ measured: { ...easy.measured, ...change } });
const bent = (from: number, to: number): Drawn => ({ classes: ['perfect'], change: { strainRad: [from, to] } });
const shaped = (body: string): Drawn => ({ classes: all, change: { bodies: { [body]: 1 } } });
const seenAt = (family: string): Drawn => ({ classes: dislocations, change: { reflections: [family] } });

const foldedDeg = ({ dislocation }: CrystalPlan): number => {
  const turned = (((dislocation?.characterDeg ?? 0) % 180) + 180) % 180;
  return Math.min(turned, 180 - turned);
};
/** Sizes; where dislocations begin to be missed. */
const SHALLOW: readonly [number, number] = [0.07, 0.13];

const drawn: Readonly<Record<string, Drawn>> = {
  'perfect, strain to 2 rad': bent(0, 2),
  'perfect, 2 to 3 rad': bent(2, 3),
  'perfect, 3 to 5 rad': bent(3, 5),
  'perfect, 5 to 8 rad': bent(5, 8),
  'dislocations at {111}': seenAt('111'),
  'dislocations at {200}': seenAt('200'),
  'dislocations at {220}': seenAt('220'),
  'dislocations at {311}': seenAt('311'),
  'dislocations at {222}': seenAt('222'),
  'mixed, 30 to 60 degrees': {
    classes: dislocations,
    change: { mixedDeg: 45 },
    wanted: (plan) => foldedDeg(plan) >= 30 && foldedDeg(plan) <= 60,
  },
  'split into partials': { classes: dislocations, change: { ribbons: { share: 1, widthNm: [1, 8] } } },
  '10 % below the surface': {
    classes: dislocations,
    change: { centred: 0 },
    wanted: (_, { depth = 0 }) => depth >= SHALLOW[0] && depth <= SHALLOW[1],
  },
  rods: shaped('rod'),
  platelets: shaped('platelet'),
  cubes: shaped('cube'),
  spheres: shaped('sphere'),
  'twin outlines': shaped('twin-outline'),
  ...Object.fromEntries(
    otherKinds.map((kind): [string, Drawn] => [
      kind.replaceAll('-', ' '),
      { classes: ['other'], change: { others: { [kind]: 1 } } },
    ]),
  ),
  '300 to 1000 counts': { classes: all, change: { exposure: { ...easy.exposure, counts: [300, 1000] } } },
  'coherence from 0.25 of the size': { classes: all, change: measured({ leastCoherence: 0.25 }) },
  'short curves': { classes: all, change: measured({ fringes: [1.5, 3] }) },
  'a gap of the detector': { classes: all, change: measured({ gaps: 1 }) },
  'a beam-stop': { classes: all, change: measured({ beamStops: 1 }) },
  'a neighbour’s peak': { classes: all, change: measured({ neighbours: 1 }) },
  'dark and lost frames': { classes: all, change: measured({ dark: 1, dropped: 1 }) },
};

/** Every kind, with the recipe that a seed gives it. */
export const kindsOf = (seed: number): Kind[] =>
  Object.entries(drawn).map(([name, { classes, wanted, change }]) => ({
    ...{ name, classes },
    ...(wanted && { wanted }),
    recipe: parseRecipe({ ...easy, ...change, name, seed: stream(seed, 'kind', name).integer(2 ** 31) }),
  }));
