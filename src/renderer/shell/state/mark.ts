import type { ProcedureInput } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';
import { shellText } from '@renderer/shell/words';

/** What people put on a scan by hand. */
export type Mark = 'flagged' | 'note' | 'overruled' | 'plan';

/** An overruled class may come without who and when: the app fills them in. */
export type MarkValue<M extends Mark = Mark> = M extends 'overruled'
  ? ProcedureInput<'scans/overrule'>['overruled'] | undefined
  : ScanSummary[M];

/** A class that a person gave. */
const isOverruled = (value: MarkValue): value is NonNullable<MarkValue<'overruled'>> =>
  typeof value === 'object' && value !== null;

/** Of two judgements the same class given at the same time is the same: the app fills in by whom. */
export const sameMark = (a: MarkValue, b: MarkValue): boolean =>
  isOverruled(a) && isOverruled(b) ? a.class === b.class && a.at === b.at : a === b;

/** A judgement has the time at which it was made, however late it is sent. */
export const madeNow = (value: MarkValue): MarkValue =>
  isOverruled(value) ? { ...value, at: value.at ?? new Date().toISOString() } : value;

/** A scan with a mark as it is shown until the app has it; who says so is filled in there. */
export function withMark(scan: ScanSummary, mark: Mark, value: MarkValue): ScanSummary {
  const shown = isOverruled(value) ? { by: shellText.you, ...value } : value;
  const marked = Object.entries({ ...scan, [mark]: shown }).filter(([, each]) => each !== undefined);
  return Object.fromEntries(marked) as unknown as ScanSummary;
}
