import type { Vec3 } from '@core/math/vector';
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

/** The stacking-fault ribbon between the partials of a dislocation, found by common-neighbour analysis. */
export interface RibbonReport {
  readonly present: boolean;
  /** A point of the line, angstrom, and its unit vector, crystal frame. */
  readonly point?: Vec3;
  readonly line?: Vec3;
  /** Angle between the Burgers vector and the line, degrees: 0 screw, 90 edge. */
  readonly characterDeg?: number;
  /** Atoms of the ribbon. */
  readonly atoms: number;
}

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
