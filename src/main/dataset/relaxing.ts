import { BraggwatchError } from '@contract/errors';
import { elements, type ElementName, type Metal } from '@core/crystal/elements';
import { findRibbon, type RibbonReport } from '@core/crystal/ribbon';
import { burgersVectors } from '@core/crystal/slip';
import { createRelaxer } from '@main/relax';
import { resolvePotential } from '@main/relax/potential';
import type { PotentialText, Relaxation, Relaxer, RelaxerKind } from '@main/relax/types';
import type { CrystalPlan } from './plan';
import type { RelaxationRecipe } from './recipe';

/** Which LAMMPS to take; `auto`: a native one where there is one. */
export type RelaxerChoice = RelaxerKind | 'auto';

/** What relaxing a set's crystals needs from elsewhere. */
export interface RelaxingTools {
  /** @throws BraggwatchError relaxer-unavailable */
  createRelaxer(choice: RelaxerChoice): Relaxer;
  /** @throws BraggwatchError potential-invalid for a name, a file or an element it does not know; path-missing */
  potential(recipe: RelaxationRecipe, element: ElementName): PotentialText;
  /** What is left of the dislocation in relaxed atoms. */
  ribbon(plan: CrystalPlan, relaxed: Relaxation, latticeAngstrom: number): RibbonReport;
}

/** The metal that a recipe's potential makes: what its crystals are built by. */
export function metalOf({ files }: RelaxationRecipe, element: ElementName, { bulk }: PotentialText): Metal {
  const own = files?.[element];
  const { latticeAngstrom, elasticGpa } = bulk;
  return own ? { latticeAngstrom, elasticGpa, surface: own.surface } : { ...elements[element], latticeAngstrom };
}

/** The real ones. */
export const relaxingTools: RelaxingTools = {
  // One thread: several add up forces in whatever order they come, and a set shall be the same to the bit.
  createRelaxer: (choice) => createRelaxer(choice, { threads: 1 }),
  potential: ({ potential, files }, element) => {
    const own = files?.[element];
    if (own) return resolvePotential(own.file, element);
    if (potential !== 'zhou04') throw new BraggwatchError('potential-invalid', potential);
    return resolvePotential(`${potential}:${element}`);
  },
  ribbon: (plan, { positions, structure }, lattice) =>
    // In a perfect crystal any Burgers vector would do: none is to be found.
    findRibbon(positions, structure, lattice, plan.dislocation?.burgers ?? burgersVectors[0]!),
};
