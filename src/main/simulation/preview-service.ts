import type { CrystalFacts, CrystalPreview, PatternPreview, RelaxationFacts } from '@contract/simulation';
import { elements } from '@core/crystal/elements';
import { winterbottom } from '@core/crystal/shape';
import { subtract } from '@core/math/vector';
import { createScatterer } from '@core/scatter/nufft';
import { buildCrystal, type BuiltCrystal } from '@main/dataset/crystal';
import { makePattern } from '@main/dataset/pattern';
import { assign, planCrystal, type CrystalPlan } from '@main/dataset/plan';
import type { Recipe } from '@main/dataset/recipe';
import { atomsToShow, centreOf } from './atoms';
import { volumeOf } from './volume';

interface Built {
  readonly plan: CrystalPlan;
  readonly crystal: BuiltCrystal;
  /** The same atoms in the perfect lattice. */
  readonly reference: Float64Array;
}

/** What LAMMPS made of the crystal. */
export interface Relaxed {
  readonly positions: Float64Array;
  readonly structure: Uint8Array;
  readonly facts: RelaxationFacts;
}

const SPREAD_WIDTH = 5;

function build(recipe: Recipe, crystal: number): Built {
  const assignment = assign(recipe)[crystal % recipe.crystals]!;
  const plan = planCrystal(recipe, crystal % recipe.crystals, assignment);
  // Size and lattice are drawn before strain and dislocation, so these are the same atoms in the same order.
  const perfect = planCrystal(recipe, crystal % recipe.crystals, { ...assignment, defect: 'perfect' });
  const reference = buildCrystal(recipe.seed, { ...perfect, strainRad: 0 }).positions;
  return { plan, crystal: buildCrystal(recipe.seed, plan), reference };
}

function factsOf({ plan, crystal, reference }: Built): CrystalFacts {
  const { dislocation } = plan;
  const { line, point } = crystal;
  return {
    crystal: plan.crystal,
    defect: plan.defect,
    label: plan.label,
    split: plan.split,
    element: plan.element,
    cells: plan.cells,
    size: crystal.sizeAngstrom,
    hkl: [...plan.hkl],
    strainRad: plan.strainRad,
    dislocation:
      dislocation && line && point
        ? {
            burgers: [...dislocation.burgers],
            glideNormal: [...dislocation.glideNormal],
            characterDeg: dislocation.characterDeg,
            placement: dislocation.placement,
            gb: dislocation.gb,
            line: [...line],
            point: [...subtract(point, centreOf(reference))],
          }
        : null,
  };
}

/** A result and the seconds it took, from which the front process learns this machine's pace. */
export interface Timed<T> {
  readonly value: T;
  readonly seconds: number;
}

function timed<T>(run: () => T): Timed<T> {
  const begun = performance.now();
  return { value: run(), seconds: (performance.now() - begun) / 1000 };
}

/** What makes previews, in a process of its own: the crystal looked at is kept, for its pattern and its relaxation. */
export function createPreviewService() {
  const scatterer = createScatterer(SPREAD_WIDTH);
  let kept: { readonly key: string; readonly built: Built; relaxed?: Relaxed } | undefined;
  const keep = (recipe: Recipe, crystal: number): NonNullable<typeof kept> => {
    const key = JSON.stringify([recipe, crystal]);
    if (kept?.key !== key) kept = { key, built: build(recipe, crystal) };
    return kept;
  };
  const show = ({ built, relaxed }: NonNullable<typeof kept>): CrystalPreview => {
    const { plan, crystal, reference } = built;
    const { latticeAngstrom } = elements[plan.element];
    const lateral = plan.cells * latticeAngstrom;
    const shape = winterbottom({ ...plan, lateral });
    const positions = relaxed?.positions ?? crystal.positions;
    return {
      facts: factsOf(built),
      atoms: atomsToShow({ positions, reference, structure: relaxed?.structure, shape, latticeAngstrom }),
      relaxation: relaxed?.facts ?? null,
    };
  };
  return {
    /** A recipe's crystal as built. */
    crystal: (recipe: Recipe, crystal: number): Timed<CrystalPreview> =>
      timed(() => {
        const { built, key } = keep(recipe, crystal);
        return show({ built, key });
      }),
    /** First pattern of the crystal, as built or, after `relaxed`, as relaxed. */
    pattern: (recipe: Recipe, crystal: number, relaxed: boolean): Timed<{ preview: PatternPreview; atoms: number }> =>
      timed(() => {
        const { built, relaxed: after } = keep(recipe, crystal);
        const { plan } = built;
        const positions = relaxed && after ? after.positions : built.crystal.positions;
        const scattering = { ...built.crystal, positions, crystal: plan.crystal, element: plan.element };
        const { intensity, facts } = makePattern(recipe, scattering, 0, scatterer, [0, 0, 0]);
        const { counts, background } = facts.exposure;
        const volume = volumeOf(built.crystal.g, intensity, facts);
        return {
          preview: { volume, oversampling: facts.oversampling, counts, background },
          atoms: positions.length / 3,
        };
      }),
  };
}

export type PreviewService = ReturnType<typeof createPreviewService>;
