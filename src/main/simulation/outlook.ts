import type { RecipeOutlook } from '@contract/recipe';
import { SIDE } from '@core/scatter/window';
import type { Recipe } from '@main/dataset/recipe';

/** What making a crystal of so many atoms costs one core, seconds. */
export interface Cost {
  readonly build: number;
  readonly pattern: number;
  readonly relax: number;
}

/** What this machine needs, learnt from the previews it makes. */
export interface Pace {
  readonly measured: boolean;
  learn(step: keyof Cost, atoms: number, seconds: number): void;
  cost(atoms: number): Cost;
}

// A middling core of 2024; replaced by the first preview.
const TYPICAL: Cost = { build: 1.5e-6, pattern: 1e-5, relax: 3e-4 };
/** What a pattern costs however few atoms there are: Fourier transforms, photons, centring. */
const PATTERN_FLOOR = 0.25;

export function createPace(): Pace {
  const perAtom = { ...TYPICAL };
  let measured = false;
  return {
    get measured() {
      return measured;
    },
    learn(step, atoms, seconds) {
      perAtom[step] = Math.max(0, seconds - (step === 'pattern' ? PATTERN_FLOOR : 0)) / Math.max(1, atoms);
      measured = true;
    },
    cost: (atoms) => ({
      build: perAtom.build * atoms,
      pattern: PATTERN_FLOOR + perAtom.pattern * atoms,
      relax: perAtom.relax * atoms,
    }),
  };
}

// A Wulff shape fills about two thirds of its cube; a crystal is that, cut at its height.
const FILLING = 0.66;
const ATOMS_PER_CELL = 4;

const atomsOf = (cells: number, height: number): number => Math.round(ATOMS_PER_CELL * FILLING * height * cells ** 3);

const BYTES_PER_PATTERN = 4 * SIDE ** 3;
/** Text about each pattern and each crystal. */
const BYTES_OF_LINES = 900;

/** What a recipe will make, before anything is made. */
export function outlookOf(recipe: Recipe, pace: Pace): RecipeOutlook {
  const { crystals, orientations, sizeCells, height } = recipe;
  const [small, large] = sizeCells;
  const middle = (height[0] + height[1]) / 2;
  // Sizes are drawn evenly: the mean of their cubes, not the cube of their mean.
  const meanCube = large > small ? (large ** 4 - small ** 4) / (4 * (large - small)) : small ** 3;
  const cost = pace.cost(atomsOf(Math.cbrt(meanCube), middle));
  const relaxed = 'relaxation' in recipe && recipe.relaxation ? cost.relax : 0;
  const patterns = crystals * orientations;
  return {
    crystals,
    patterns,
    bytes: patterns * (BYTES_PER_PATTERN + BYTES_OF_LINES),
    atoms: [atomsOf(small, height[0]), atomsOf(Math.cbrt(meanCube), middle), atomsOf(large, height[1])],
    coreSeconds: crystals * (cost.build + relaxed + orientations * cost.pattern),
    measured: pace.measured,
  };
}
