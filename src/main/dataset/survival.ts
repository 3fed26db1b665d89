import type { RibbonReport } from '@core/crystal/ribbon';
import type { CrystalPlan } from './plan';

/** Why a crystal was discarded after, or in, its relaxation. */
export const dropReasons = [
  /** The dislocation left through a surface. */
  'escaped',
  /** The line turned: an edge crystal holds mostly screw now, or the other way round. */
  'character-changed',
  /** A crystal meant to be perfect holds a stacking-fault ribbon. */
  'dislocated',
  /** LAMMPS refused: lost atoms, an energy that is no number. */
  'relaxation-failed',
  /** LAMMPS died over it twice, the second time freshly started. */
  'relaxer-died',
] as const;
export type DropReason = (typeof dropReasons)[number];

/** 0 to 90, whichever way the line is walked. */
const folded = (degrees: number): number => {
  const turn = Math.abs(degrees) % 180;
  return Math.min(turn, 180 - turn);
};

/** Whether a relaxed crystal still is what its place in the set asks for; else why not (paper: labels by the dominant character). */
export function reasonToDrop(plan: CrystalPlan, ribbon: RibbonReport): DropReason | undefined {
  if (plan.defect === 'perfect') return ribbon.present ? 'dislocated' : undefined;
  if (!ribbon.present) return 'escaped';
  const { characterDeg } = ribbon;
  if (characterDeg === undefined) return undefined;
  const dominant = folded(characterDeg) > 45 ? 'edge' : 'screw';
  return dominant === plan.defect ? undefined : 'character-changed';
}
