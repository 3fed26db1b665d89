import { BraggwatchError } from '@contract/errors';
import type { CrystalFacts } from '@contract/simulation';
import { elements, type ElementName, type Metal } from '@core/crystal/elements';
import type { CrystalShape } from '@core/crystal/shape';
import { subtract } from '@core/math/vector';
import { buildCrystal, crystalShape, type BuiltCrystal } from '@main/dataset/crystal';
import { assign, planCrystal, type CrystalPlan } from '@main/dataset/plan';
import type { Recipe } from '@main/dataset/recipe';
import { metalOf, type RelaxingTools } from '@main/dataset/relaxing';
import { centreOf } from './atoms';

/** A crystal of a recipe, as it is before LAMMPS gets it. */
export interface Built {
  readonly plan: CrystalPlan;
  readonly crystal: BuiltCrystal;
  /** The same atoms in the perfect lattice. */
  readonly reference: Float64Array;
  /** The body that they fill. */
  readonly shape: CrystalShape;
  readonly latticeAngstrom: number;
}

/** What the set's crystals are built by: the potential's metal, where they are relaxed with one. */
function metalFor(recipe: Recipe, element: ElementName, tools: RelaxingTools): Metal {
  if (recipe.relaxation) {
    try {
      return metalOf(recipe.relaxation, element, tools.potential(recipe.relaxation, element));
    } catch (error) {
      // It cannot be relaxed either, which is said when that is tried; what is built can be looked at.
      if (!(error instanceof BraggwatchError)) throw error;
    }
  }
  return elements[element];
}

/** Builds a recipe's crystal as the set's first draw of it. */
export function build(recipe: Recipe, number: number, tools: RelaxingTools): Built {
  const crystal = number % recipe.crystals;
  const assignment = assign(recipe)[crystal]!;
  const plan = planCrystal(recipe, crystal, assignment, 0);
  const metal = metalFor(recipe, plan.element, tools);
  const { latticeAngstrom } = metal;
  // Size and lattice are drawn before strain and dislocation, so these are the same atoms in the same order.
  const perfect = { ...planCrystal(recipe, crystal, { ...assignment, defect: 'perfect' }, 0), strainRad: 0 };
  const whole = buildCrystal(recipe.seed, perfect, metal).positions;
  const built = buildCrystal(recipe.seed, plan, metal);
  // Of a twin only the atoms of one lattice are there: none of them is compared with another.
  const reference = whole.length === built.positions.length ? whole : built.positions;
  const shape = crystalShape(recipe.seed, plan, metal);
  return { plan, crystal: built, reference, shape, latticeAngstrom };
}

/** What is known of the crystal, for people to read. */
export function factsOf({ plan, crystal, reference }: Built): CrystalFacts {
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
