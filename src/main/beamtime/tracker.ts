import { setImmediate as breath } from 'node:timers/promises';
import { BraggwatchError } from '@contract/errors';
import { scanId } from './identity';
import type { LedgerRow } from '@main/ledger/row';
import type { Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import type { ScanFacts } from '@main/scan/types';
import { looksOf, sourceSignature, withScan } from '@main/beamtime/watch/signature';
import type { Overlooked } from '@main/beamtime/watch/overlooked';
import { walkBreathing, type Source } from '@main/beamtime/watch/walk';
import { createEarlyLooks } from './early';
import { compareFacts, compareFrames } from './made-from';
import type { Queue, QueueOptions } from './queue';
import { CHANGED_MS, createRests, restNeeded } from './rest';
import { fresh, isFinal, withFacts, type Rows } from './rows';
import { createSlowSources } from './slow';
import { createUnlisted, type Unlisted } from './unlisted';

export interface Tracker {
  /**
   * Looks at everything below a folder once: new scans, more frames, finished scans, changed ones.
   * @returns what was passed over
   * @throws BraggwatchError path-missing
   */
  sweep(folder: string): Promise<Overlooked>;
  /** Forgets what was settled, so that the next sweep looks at every source again. */
  forget(): void;
  /** Whether scans are being looked at, or will be judged once they have rested, without anything else happening. */
  resting(): boolean;
}

export interface TrackerTools {
  readonly scans: Pick<Worker<ScanService>, 'call'>;
  /** For sources that took `scans` too long. */
  readonly patient: Pick<Worker<ScanService>, 'call'>;
  readonly rows: Pick<Rows, 'get' | 'put' | 'remove'>;
  readonly queue: Pick<Queue, 'has' | 'add' | 'addEarly' | 'follow'>;
  readonly placeOf: QueueOptions['placeOf'];
  /** Folders besides the watched one into which links may lead. */
  readonly roots?: () => readonly string[];
  /** A clock that nobody moves, in ms; tests have their own. */
  readonly now?: () => number;
}

/** What a source was when it was last listed. */
interface Listed {
  /** Files besides the source by whose change it shows that scans are others. */
  readonly beside: readonly string[];
  /** Files that change with other scans. */
  readonly shared: readonly string[];
  readonly sharedLooks: string;
  readonly at: number;
  /** Signature of a source whose scans all are final and as they were judged: nothing to do until it changes. */
  readonly settled?: string;
}

/** What one sweep finds on its way. */
interface Sweep {
  /** Nothing is known yet of when the folder's scans were measured. */
  readonly first: boolean;
  /** Settled sources that share a file which has changed. */
  readonly stale: Source[];
  readonly resting: Set<string>;
}

/** A judged scan whose files have changed, though its facts are the same. */
interface Touched {
  readonly row: LedgerRow;
  readonly facts: ScanFacts;
  readonly source: string;
}

/** Of a source's judged scans so many have their frames compared at one sweep: new ones must not wait for a thousand old ones. */
const COMPARED = 4;
/** Settled sources listed again at one sweep because a file changed that they share with others. */
const SHARED_LOOKS = 2;
/** Sources passed by between two breaths of the front process. */
const BREATH = 64;

/** Keeps the ledger's rows in step with the folder, and hands scans to the judging queue. */
export function createTracker(tools: TrackerTools): Tracker {
  const { scans, patient, rows, queue, placeOf, roots = () => [], now = () => performance.now() } = tools;
  const listed = new Map<string, Listed>();
  const unlisted: Unlisted = createUnlisted(rows, now);
  const slow = createSlowSources(now);
  const rests = createRests(now);
  const early = createEarlyLooks();
  /** Scans that met a problem in this session: not tried again until their files or the settings change. */
  const tried = new Set<string>();
  /** How a judged scan's files looked when its frames were last compared, and when. */
  const compared = new Map<string, { readonly source: string; readonly at: number }>();
  /** Scans that were there when their folder was looked at first, and how many frames they had: what grows later is being measured. */
  const before = new Map<string, number>();
  const begun = new Set<string>();
  /** Scans that will be judged once they have rested, by the folder they were found in at its last sweep. */
  const resting = new Map<string, ReadonlySet<string>>();
  /** Folders that are walked and sources that are listed: that can take a while, and nobody knows yet what is in them. */
  let looking = 0;

  const look = async (source: Source, sweep: Sweep, anyway = false, slowly = false): Promise<void> => {
    const known = listed.get(source.path);
    const signature = sourceSignature(source.path, known?.beside);
    if (known?.settled === signature && !anyway) {
      if (known.shared.length > 0 && looksOf(known.shared) !== known.sharedLooks) sweep.stale.push(source);
      return;
    }
    if (unlisted.waits(source, signature)) return;
    if (!slowly && slow.has(source.path)) return slow.take(source.path, () => lookSlowly(source, anyway));
    const shared = looksOf(known?.shared ?? []);
    let facts: readonly ScanFacts[];
    looking += slowly ? 0 : 1;
    try {
      facts = await (slowly ? patient : scans).call('list', source.path, source.format);
    } catch (error) {
      listed.delete(source.path);
      if (error instanceof BraggwatchError && error.code === 'timed-out') slow.add(source.path);
      return unlisted.failed(source, signature, error);
    } finally {
      looking -= slowly ? 0 : 1;
    }
    unlisted.readable(source);
    const alone = facts.length === 1;
    let done = facts.length > 0;
    const touched: Touched[] = [];
    for (const scan of facts) done = follow(scan, alone, touched, sweep) && done;
    done = (await compareSome(touched, sweep.resting)) && done;
    const found = filesOf(source.path, facts);
    // What was not known before the list was not looked at before it, either.
    const settles = done && sourceSignature(source.path, found.beside) === signature;
    listed.set(source.path, { ...found, sharedLooks: shared, at: now(), ...(settles && { settled: signature }) });
  };

  /** Looks at a source behind the sweep's back; what rests of it is known until it is looked at again. */
  const lookSlowly = async (source: Source, anyway: boolean): Promise<void> => {
    // What it holds at the first sight of it came whenever it did.
    const own: Sweep = { first: true, stale: [], resting: new Set() };
    await look(source, own, anyway, true);
    resting.set(source.path, own.resting);
  };

  /** Brings one scan's row up to date; true when nothing more will come of it. */
  const follow = (facts: ScanFacts, alone: boolean, touched: Touched[], { first, resting }: Sweep): boolean => {
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
      const now = compareFacts(row, facts, source);
      if (now === 'same' || (now === 'unknown' && compared.get(id)?.source === source)) return true;
      resting.add(id);
      if (rest < CHANGED_MS) return false;
      if (now === 'unknown') touched.push({ row, facts, source });
      else again(row);
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

  /** A verdict belongs to its data: where they are others it is made anew, and the earlier one stays in the scan's history. */
  const again = (row: LedgerRow): void => {
    rows.put({ ...row, state: 'arriving', judgedAt: null, verdict: null, problem: null, line: null });
    tried.delete(row.id);
    early.forget(row.id);
    compared.delete(row.id);
  };

  /** Compares frames of judged scans, those first that were compared the longest ago and are the newest. True when all are the same. */
  const compareSome = async (touched: readonly Touched[], resting: Set<string>): Promise<boolean> => {
    const at = ({ row }: Touched): number => compared.get(row.id)?.at ?? -Infinity;
    const turn = touched.toReversed().sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
    let same = turn.length <= COMPARED;
    for (const { row, facts, source } of turn.slice(0, COMPARED)) {
      const found = await compareFrames(scans, row, facts);
      if (found === 'same') {
        compared.set(row.id, { source, at: now() });
        resting.delete(row.id);
        continue;
      }
      same = false;
      // Asked to be judged again, or marked, while its frames were compared.
      const current = rows.get(row.id) ?? row;
      if (found === 'other' && isFinal(current)) again(current);
    }
    return same;
  };

  return {
    async sweep(folder) {
      looking++;
      const walked = walkBreathing(folder, roots()).finally(() => void looking--);
      const { sources, strangers, ...found } = await walked;
      const sweep: Sweep = { first: !begun.has(folder), stale: [], resting: new Set() };
      for (const [passed, source] of sources.entries()) {
        if (passed % BREATH === BREATH - 1) await breath();
        await look(source, sweep);
      }
      const at = ({ path }: Source): number => listed.get(path)?.at ?? 0;
      for (const source of sweep.stale.sort((a, b) => at(a) - at(b)).slice(0, SHARED_LOOKS))
        await look(source, sweep, true);
      begun.add(folder);
      resting.set(folder, sweep.resting);
      const empty = sources.filter(({ path }) => unlisted.isEmpty(path)).map(({ path }) => path);
      const what = new Map(empty.map((path) => [path, unlisted.whatIs(path)]));
      return { strangers: [...strangers, ...empty], what, ...found };
    },
    forget() {
      listed.clear();
      before.clear();
      begun.clear();
      resting.clear();
      unlisted.forget();
      slow.forget();
      tried.clear();
    },
    resting: () =>
      looking > 0 || [...resting.values()].some(({ size }) => size > 0) || unlisted.resting() || slow.resting(),
  };
}

/** The files besides the source that scans are made of: their own, and those that they share. */
function filesOf(source: string, facts: readonly ScanFacts[]): Pick<Listed, 'beside' | 'shared'> {
  const own = facts.flatMap(({ ref, beside = [] }) => [ref.source, ...beside]).filter((path) => path !== source);
  return { beside: [...new Set(own)], shared: [...new Set(facts.flatMap(({ shared = [] }) => shared))] };
}
