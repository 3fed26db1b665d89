import { BraggwatchError } from '@contract/errors';
import type { ElementName } from '@core/crystal/elements';
import type { PotentialText, Relaxation, Relaxer, RelaxerKind } from '@main/relax/types';
import type { BuiltCrystal } from './crystal';
import type { CrystalPlan } from './plan';
import type { RibbonReport } from './survival';

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

const absent = (): never => {
  throw new BraggwatchError('engine-unavailable', 'LAMMPS');
};

/** The real ones. */
export const relaxingTools: RelaxingTools = { createRelaxer: absent, potential: absent, ribbon: absent };
