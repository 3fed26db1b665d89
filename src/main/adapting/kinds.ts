import { bodyKinds } from '@core/crystal/bodies';
import { stream } from '@core/random/stream';
import { strainKinds } from '@core/crystal/strain-kinds';
import { parseRecipe, type Recipe } from '@main/dataset/recipe';
import type { Kind } from '@main/study/kinds/kinds';
import { simulatedClasses } from '@vocabulary/classes';
import { tableOf } from '@vocabulary/keys';

/** Scans of each kind: enough that one more or less is no news, few enough for some minutes. */
export const PER_KIND = 30;

/** How raw scans are taken at any beamline; what the beamtime's own scans tell comes from the recipe. */
const measured = {
  pixelsPerFringe: [2.5, 6],
  framesPerFringe: [2, 4.5],
  fringes: [4, 12],
  leastCoherence: 0.8,
  ...{ gaps: 0.15, beamStops: 0, neighbours: 0.05, dark: 0.05, dropped: 0.1 },
};

/**
 * Raw scans by which a network that learnt from a recipe's crystals is compared with the one in use: of such crystals, and of crystals
 * shifted away from them on purpose, since a network is right about what it was trained on. From other seeds than the set's.
 * @param recipe of the set that was trained on
 */
export function trialKinds(recipe: Recipe): Kind[] {
  const classes = simulatedClasses.filter((name) => (recipe.classes[name] ?? 0) > 0);
  const [few] = recipe.exposure.counts;
  const drawn: Readonly<Record<string, object>> = {
    'like those measured': { strainRad: [0, 2] },
    'more strained': { strainRad: [2, 5], strains: tableOf(strainKinds, () => 1) },
    'of other bodies': { strainRad: [0, 2], bodies: tableOf(bodyKinds, (kind) => (kind === 'winterbottom' ? 0 : 1)) },
    'of fewer counts': { strainRad: [0, 2], exposure: { ...recipe.exposure, counts: [Math.max(100, few / 3), few] } },
  };
  return Object.entries(drawn).map(([name, change]) => ({
    name,
    classes,
    recipe: parseRecipe({
      ...recipe,
      ...{
        name,
        crystals: 1,
        orientations: 1,
        reflectionsPerCrystal: 1,
        crystalsPerShard: 1,
        shiftVoxels: 0,
        measured,
      },
      ...{ split: { validation: 0, test: 0 }, seed: stream(recipe.seed, 'trial', name).integer(2 ** 31) },
      ...change,
    }),
  }));
}
