import { createAgain, type Again } from './again';
import { blameOf, mayMendUnseen } from './blame';
import { PACE, type Pace } from './line';
import type { Rows } from './rows';
import type { Scan, Settler } from './settle';
import type { Step } from './steps';

/** Scans that are out of the line and are looked at again from time to time. */
export interface Retries {
  /** It was settled: where its files were to blame, and may be mended without a trace, it is looked at again. @param tookMs how long that took */
  settled(id: string, scan: Scan, tookMs: number): void;
  /** Its process ended over it again and again: none is given up for good, since whatever ended it may be over. */
  setAside(id: string, scan: Scan): void;
  forget(id?: string): void;
  /** A look to be taken now, or in how many milliseconds there will be one. */
  next(now: number): Step | number | undefined;
}

export interface RetriesTools {
  readonly rows: Pick<Rows, 'get'>;
  readonly settler: Pick<Settler, 'settle'>;
  readonly pace?: Pace;
  /** Whether it waits in the line. */
  waits(id: string): boolean;
  /** Takes it back into the line: it is in trouble for another reason now. */
  enter(id: string, scan: Scan): void;
}

/** What was set aside is tried again so many times later, and at most so many squared: after a minute, and then every hour. */
const ASIDE = 15;

export function createRetries({ rows, settler, pace = PACE, waits, enter }: RetriesTools): Retries {
  const refused = createAgain<Scan>(pace);
  const aside = createAgain<Scan>({ firstMs: ASIDE * pace.firstMs, longestMs: ASIDE * ASIDE * pace.longestMs });

  const settled = (id: string, scan: Scan, tookMs: number): void => {
    const code = rows.get(id)?.problem?.code;
    if (code && mayMendUnseen(code) && !waits(id)) refused.refused(id, scan, Date.now(), tookMs);
    else refused.forget(id);
  };
  const look = async (among: Again<Scan>, id: string, scan: Scan): Promise<void> => {
    const before = rows.get(id)?.problem?.code;
    // Judged meanwhile, asked for, or taken off the list.
    if (!before || waits(id)) return among.forget(id);
    const begun = Date.now();
    const problem = await settler.settle(scan, true);
    if (problem && among === aside && blameOf(problem.code) === 'process')
      return aside.refused(id, scan, Date.now(), Date.now() - begun);
    among.forget(id);
    if (problem) enter(id, scan);
    else settled(id, scan, Date.now() - begun);
  };

  return {
    settled,
    setAside: (id, scan) => aside.refused(id, scan, Date.now()),
    forget(id) {
      refused.forget(id);
      aside.forget(id);
    },
    next(now) {
      const due = [refused, aside].map((among) => ({ among, again: among.next(now) }));
      for (const { among, again } of due)
        if (again && 'id' in again) return { id: again.id, run: () => look(among, again.id, again.item) };
      const pauses = due.flatMap(({ again }) => (again && 'ms' in again ? [again.ms] : []));
      return pauses.length > 0 ? Math.min(...pauses) : undefined;
    },
  };
}
