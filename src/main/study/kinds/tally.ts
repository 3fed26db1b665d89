import type { Judgement } from '@core/verdict/verdict';
import { classes as table, type DefectClass, type SimulatedClass } from '@vocabulary/classes';
import { isDefectSure } from '@vocabulary/doubts';

export interface JudgedScan {
  readonly kind: string;
  /** What it is. */
  readonly label: SimulatedClass;
  readonly mixingDeg?: number | undefined;
  readonly verdict: Pick<Judgement, 'class' | 'sure' | 'doubts'>;
}

/** Counts of one kind. */
export interface KindRow {
  readonly kind: string;
  readonly scans: number;
  /** Of the class that it is; where the model does not tell that, or it lies between screw and edge, defective. */
  readonly right: number;
  /** Defective, or not, as it is. */
  readonly found: number;
  /** Of the class, and of those the ones that are not right. */
  readonly sure: number;
  readonly sureWrong: number;
  /** Of there being a defect or none, and of those the ones where it is the other way round. */
  readonly sureOfDefect: number;
  readonly sureMissed: number;
}

/** Between these a dislocation is as much a screw as an edge: its character is neither right nor wrong. */
const BETWEEN: readonly [number, number] = [30, 60];

const isFound = ({ label, verdict }: JudgedScan): boolean => table[label].defective === table[verdict.class].defective;

function isRight(scan: JudgedScan, told: readonly DefectClass[]): boolean {
  const { label, mixingDeg, verdict } = scan;
  const between = mixingDeg !== undefined && mixingDeg > BETWEEN[0] && mixingDeg < BETWEEN[1];
  if (between) return verdict.class === 'screw' || verdict.class === 'edge';
  return told.includes(label) ? verdict.class === label : isFound(scan);
}

/**
 * Counts of each kind, in the order in which they first come, and of all.
 * @param told classes that the model tells
 */
export function tally(judged: readonly JudgedScan[], told: readonly DefectClass[]): KindRow[] {
  const count = (kind: string, scans: readonly JudgedScan[]): KindRow => {
    const of = (test: (scan: JudgedScan) => boolean): number => scans.filter(test).length;
    return {
      kind,
      scans: scans.length,
      right: of((scan) => isRight(scan, told)),
      found: of(isFound),
      sure: of(({ verdict }) => verdict.sure),
      sureWrong: of((scan) => scan.verdict.sure && !isRight(scan, told)),
      sureOfDefect: of(({ verdict }) => isDefectSure(verdict)),
      sureMissed: of((scan) => isDefectSure(scan.verdict) && !isFound(scan)),
    };
  };
  const kinds = Map.groupBy(judged, ({ kind }) => kind);
  return [...[...kinds].map(([kind, scans]) => count(kind, scans)), count('all', judged)];
}

/** As Markdown: counts, since of a few scans a share says too much. */
export const asTable = (rows: readonly KindRow[]): string =>
  [
    '| kind | scans | right | defective or not | sure of the class | sure and wrong | sure of a defect or none | sure and wrong |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ kind, scans, right, found, sure, sureWrong, sureOfDefect, sureMissed }) =>
        `| ${[kind, scans, right, found, sure, sureWrong, sureOfDefect, sureMissed].join(' | ')} |`,
    ),
  ].join('\n');
