import { looksOf, sourceSignature, withScan } from '@main/beamtime/watch/signature';
import type { ScanFacts } from '@main/scan/types';
import { createEarlyLooks } from './early';
import { scanId } from './identity';
import { compareFacts } from './made-from';
import type { Queue, QueueOptions } from './queue';
import { CHANGED_MS, createRests, restNeeded } from './rest';
import { beganAt, fresh, isFinal, withFacts, type Rows } from './rows';
import type { Comparisons, Touched } from './touched';

/** Keeps one scan's row in step with what is known of it, and hands it to the queue when it is due. */
export interface Follower {
  /**
   * Brings a scan's row up to date.
   * @param alone its source holds no other scan
   * @param touched gets it where it was judged, and only its frames can tell whether it is another now
   * @param sweep `first`: its folder is looked at for the first time; `resting` gets what will be judged once it has rested
   * @returns true when nothing more will come of it
   */
  follow(
    facts: ScanFacts,
    alone: boolean,
    touched: Touched[],
    sweep: { readonly first: boolean; readonly resting: Set<string> },
  ): boolean;
  /** A verdict belongs to its data: where they are others it is made anew, and the earlier one stays in the scan's history. */
  again(id: string): void;
  /** Forgets what was tried, and what was there before. */
  forget(): void;
}

interface FollowerTools {
  readonly rows: Pick<Rows, 'get' | 'put'>;
  readonly queue: Pick<Queue, 'has' | 'add' | 'addEarly' | 'follow'>;
  readonly placeOf: QueueOptions['placeOf'];
  readonly now: () => number;
  readonly comparisons: Pick<Comparisons, 'isSame' | 'forget'>;
}

export function createFollower({ rows, queue, placeOf, now, comparisons }: FollowerTools): Follower {
  const rests = createRests(now);
  const early = createEarlyLooks();
  /** Scans that met a problem in this session: not tried again until their files or the settings change. */
  const tried = new Set<string>();
  /** Scans that were there when their folder was looked at first, and how many frames they had: what grows later is being measured. */
  const before = new Map<string, number>();

  const again = (id: string): void => {
    const row = rows.get(id);
    // Asked to be judged again while its frames were compared.
    if (!row || !isFinal(row)) return;
    rows.put({ ...row, state: 'arriving', judgedAt: null, verdict: null, problem: null, line: null });
    tried.delete(id);
    early.forget(id);
    comparisons.forget(id);
  };

  const follow: Follower['follow'] = (facts, alone, touched, { first, resting }) => {
    const id = scanId(facts.ref);
    const source = sourceSignature(facts.ref.source, facts.beside);
    const { framesPresent, framesExpected, whole, missing = [], framesEmpty = 0 } = facts;
    if (first && !before.has(id)) before.set(id, framesPresent);
    // Frame files and tables that arrive late do not touch the source itself: they count into what a problem is remembered with.
    const parts = [framesPresent, framesExpected, whole, missing.length, framesEmpty] as const;
    const signature = withScan(source, ...parts);
    // A file that gets further scans changes without the earlier ones.
    const rest = rests.of(id, alone ? signature : withScan(looksOf(facts.beside ?? []), ...parts));
    const row = rows.get(id);
    if (row && isFinal(row)) {
      // One that was judged before it was kept when scans began.
      const startedAt = row.startedAt ?? beganAt(facts);
      if (startedAt !== row.startedAt) rows.put({ ...row, startedAt });
      const now = compareFacts(row, facts, source);
      if (now === 'same' || (now === 'unknown' && comparisons.isSame(id, source))) return true;
      resting.add(id);
      if (rest < CHANGED_MS) return false;
      if (now === 'unknown') touched.push({ row, facts, source });
      else again(id);
      return now === 'unknown';
    }
    if (row?.problem && row.signature === signature && tried.has(id)) return false;
    if (queue.has(id)) return false;
    const present = withFacts(row ?? fresh(id, facts), facts, row?.position ?? placeOf(facts));
    const needed = restNeeded(facts);
    if (needed !== undefined && rest >= needed) {
      rows.put({ ...present, state: 'waiting', problem: null, signature });
      tried.add(id);
      early.forget(id);
      queue.add(facts, signature, before.get(id) !== framesPresent);
      return false;
    }
    if (needed !== undefined) resting.add(id);
    if (!row || row.framesPresent !== framesPresent || row.framesExpected !== framesExpected) {
      rows.put({ ...present, state: 'arriving' });
    }
    if (!whole && early.worth(id, facts, rest)) queue.addEarly(facts);
    else if (!whole && facts.motor !== undefined && framesPresent > 0) queue.follow(facts);
    return false;
  };

  return {
    follow,
    again,
    forget() {
      before.clear();
      tried.clear();
    },
  };
}
