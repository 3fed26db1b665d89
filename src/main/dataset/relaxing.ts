import type { ElementName } from '@core/crystal/elements';
import { findRibbon, type RibbonReport } from '@core/crystal/ribbon';
import { createRelaxer } from '@main/relax';
import { resolvePotential } from '@main/relax/potential';
import type { PotentialText, Relaxation, Relaxer, RelaxerKind } from '@main/relax/types';
import type { BuiltCrystal } from './crystal';
import type { CrystalPlan } from './plan';

/** Which LAMMPS to take; `auto`: a native one where there is one. */
export type RelaxerChoice = RelaxerKind | 'auto';

/** What relaxing a set's crystals needs from elsewhere. */
export interface RelaxingTools {
  createRelaxer(choice: RelaxerChoice): Relaxer;
  /** @throws BraggwatchError potential-invalid for a name or an element it does not know */
  potential(name: string, element: ElementName): PotentialText;
  /** What is left of the dislocation in relaxed atoms. */
  ribbon(plan: CrystalPlan, unrelaxed: BuiltCrystal, relaxed: Relaxation, latticeAngstrom: number): RibbonReport;
}

/**
 * The real ones. One thread for each relaxer: results are the same to the bit, and the workers keep all cores busy.
 */
export const relaxingTools: RelaxingTools = {
  createRelaxer: (choice) => createRelaxer(choice, { threads: 1 }),
  potential: (name, element) => resolvePotential(`${name}:${element}`, element),
  ribbon: ({ dislocation }, _, { positions, structure }, latticeAngstrom) =>
    findRibbon(positions, structure, latticeAngstrom, dislocation?.burgers),
};
