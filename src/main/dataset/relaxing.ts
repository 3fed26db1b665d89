import { BraggwatchError } from '@contract/errors';
import type { ElementName } from '@core/crystal/elements';
import { findRibbon, type RibbonReport } from '@core/crystal/ribbon';
import { burgersVectors } from '@core/crystal/slip';
import { createRelaxer } from '@main/relax';
import { resolvePotential } from '@main/relax/potential';
import type { PotentialText, Relaxation, Relaxer, RelaxerKind } from '@main/relax/types';
import type { CrystalPlan } from './plan';

/** Which LAMMPS to take; `auto`: a native one where there is one. */
export type RelaxerChoice = RelaxerKind | 'auto';

/** What relaxing a set's crystals needs from elsewhere. */
export interface RelaxingTools {
  /** @throws BraggwatchError relaxer-unavailable */
  createRelaxer(choice: RelaxerChoice): Relaxer;
  /** @throws BraggwatchError potential-invalid for a name or an element it does not know */
  potential(name: string, element: ElementName): PotentialText;
  /** What is left of the dislocation in relaxed atoms. */
  ribbon(plan: CrystalPlan, relaxed: Relaxation, latticeAngstrom: number): RibbonReport;
}

/** The real ones. */
export const relaxingTools: RelaxingTools = {
  // One thread: several add up forces in whatever order they come, and a set shall be the same to the bit.
  createRelaxer: (choice) => createRelaxer(choice, { threads: 1 }),
  potential: (name, element) => {
    if (name !== 'zhou04') throw new BraggwatchError('potential-invalid', name);
    return resolvePotential(`${name}:${element}`);
  },
  ribbon: (plan, { positions, structure }, lattice) =>
    // In a perfect crystal any Burgers vector would do: none is to be found.
    findRibbon(positions, structure, lattice, plan.dislocation?.burgers ?? burgersVectors[0]!),
};
