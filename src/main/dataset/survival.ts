import type { RibbonReport } from '@core/crystal/ribbon';
import type { CrystalPlan } from './plan';

/** Why a crystal was discarded after, or in, its relaxation. */
export const dropReasons = [
  /** The dislocation left through a surface. */
  'escaped',
  /** It left but for a partial or a stacking fault. */
  'faulted',
  /** The line turned: an edge crystal holds mostly screw now, or the other way round. */
  'character-changed',
  /** A crystal meant to be perfect holds a fault. */
  'dislocated',
  /** LAMMPS refused: lost atoms, an energy that is no number. */
  'relaxation-failed',
  /** LAMMPS died over it twice, the second time freshly started. */
  'relaxer-died',
] as const;
export type DropReason = (typeof dropReasons)[number];

/** Whether a relaxed crystal still is what its place in the set asks for; else why not (paper: labels by the dominant character). */
export function reasonToDrop(plan: CrystalPlan, ribbon: RibbonReport): DropReason | undefined {
  const { state } = ribbon;
  if (plan.defect === 'perfect') return state === 'escaped' ? undefined : 'dislocated';
  if (state !== 'whole') return state;
  const { characterDeg } = ribbon;
  if (characterDeg === undefined) return undefined;
  const dominant = characterDeg > 45 ? 'edge' : 'screw';
  return dominant === plan.defect ? undefined : 'character-changed';
}
