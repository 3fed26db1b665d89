import { classes, type DefectClass } from '@vocabulary/classes';
import type { ScanState } from './scan';

/**
 * Whether a scan has a verdict that a person can agree with or contradict, and that counts. What was refused or skipped has none,
 * whatever an early look at it said.
 */
export const isJudged = ({ state, verdict }: { readonly state: ScanState; readonly verdict?: unknown }): boolean =>
  verdict !== undefined && verdict !== null && state !== 'rejected' && state !== 'skipped';

type Judged<V> = {
  readonly state: ScanState;
  readonly verdict?: V | null | undefined;
  readonly overruled?: { readonly class: DefectClass } | null | undefined;
};

/** Whether a judged scan counts as defective; where a person overruled its class, that decides. */
export const isDefective = (scan: Judged<{ readonly defective: number }>): boolean =>
  isJudged(scan) && (scan.overruled ? classes[scan.overruled.class].defective : (scan.verdict?.defective ?? 0) > 0.5);

/** What a scan counts as, wherever scans are counted, filtered, drawn, ranked or exported. */
export interface Standing {
  readonly class: DefectClass;
  /** The network is sure of it, or a person said so. */
  readonly sure: boolean;
  /** From a look before the last frame was there; never so where a person decided. */
  readonly early: boolean;
  readonly byHand: boolean;
}

/** The one rule by which a judged scan counts: a person's class before the network's. undefined: it counts as nothing. */
export function standingOf(
  scan: Judged<{ readonly class: DefectClass; readonly sure: boolean; readonly early?: boolean | undefined }>,
): Standing | undefined {
  const { state, verdict, overruled } = scan;
  if (!verdict || !isJudged(scan)) return undefined;
  if (overruled) return { class: overruled.class, sure: true, early: false, byHand: true };
  const early = verdict.early === true || state === 'arriving';
  return { class: verdict.class, sure: verdict.sure && !early, early, byHand: false };
}
