import { setImmediate as breath } from 'node:timers/promises';
import { BraggwatchError } from '@contract/errors';
import type { VerdictLine } from '@contract/scan';
import type { Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import type { ScanFacts } from '@main/scan/types';
import type { Overlooked } from '@main/beamtime/watch/overlooked';
import { createFolderMemory, type FolderMemory } from '@main/beamtime/watch/memory';
import { walkBreathing, type Source, type Walked } from '@main/beamtime/watch/walk';
import { createFollower } from './follower';
import { createListedSources } from './listed';
import type { Queue, QueueOptions } from './queue';
import type { Rows } from './rows';
import { createRecogniser } from './recogniser';
import { createSlowSources } from './slow';
import { createComparisons, type Touched } from './touched';
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
  /** What is said of a source that cannot be listed. */
  onLine?(line: VerdictLine): void;
  /** Folders besides the watched one into which links may lead. */
  readonly roots?: () => readonly string[];
  /** A clock that nobody moves, in ms; tests have their own. */
  readonly now?: () => number;
}

/** What one sweep finds on its way. */
interface Sweep {
  /** Nothing is known yet of when the folder's scans were measured. */
  readonly first: boolean;
  /** Settled sources that share a file which has changed. */
  readonly stale: Source[];
  readonly resting: Set<string>;
}

/** Settled sources listed again at one sweep because a file changed that they share with others. */
const SHARED_LOOKS = 2;
/** Sources passed by between two breaths of the front process. */
const BREATH = 64;

/** Keeps the ledger's rows in step with the folder, and hands scans to the judging queue. */
export function createTracker(tools: TrackerTools): Tracker {
  const { scans, patient, rows, queue, placeOf, roots = () => [], now = () => performance.now() } = tools;
  const listed = createListedSources(now);
  const unlisted: Unlisted = createUnlisted(rows, now, tools.onLine);
  const slow = createSlowSources(now);
  const recogniser = createRecogniser((paths) => scans.call('recognise', paths));
  const comparisons = createComparisons(scans, now);
  const follower = createFollower({ rows, queue, placeOf, now, comparisons });
  /** Folders that were swept, each with what is known of it. */
  const begun = new Map<string, FolderMemory<Walked>>();
  /** Scans that will be judged once they have rested, by the folder they were found in at its last sweep. */
  const resting = new Map<string, ReadonlySet<string>>();
  /** Folders that are walked and sources that are listed: that can take a while, and nobody knows yet what is in them. */
  let looking = 0;

  const look = async (source: Source, sweep: Sweep, anyway = false, slowly = false): Promise<void> => {
    const signature = listed.signatureOf(source.path);
    if (listed.isSettled(source.path, signature) && !anyway) {
      if (listed.hasStaleShares(source.path)) sweep.stale.push(source);
      return;
    }
    if (unlisted.waits(source, signature)) return;
    if (!slowly && slow.has(source.path)) return slow.take(source.path, () => lookSlowly(source, anyway));
    const looked = listed.look(source.path, signature);
    let facts: readonly ScanFacts[];
    looking += slowly ? 0 : 1;
    try {
      facts = await (slowly ? patient : scans).call('list', source.path, source.format);
    } catch (error) {
      listed.forget(source.path);
      if (error instanceof BraggwatchError && error.code === 'timed-out') slow.add(source.path);
      return unlisted.failed(source, signature, error);
    } finally {
      looking -= slowly ? 0 : 1;
    }
    unlisted.readable(source);
    const alone = facts.length === 1;
    let done = facts.length > 0;
    const touched: Touched[] = [];
    for (const scan of facts) done = follower.follow(scan, alone, touched, sweep) && done;
    done = (await compareSome(touched, sweep.resting)) && done;
    looked(facts, done);
  };

  /** Looks at a source behind the sweep's back; what rests of it is known until it is looked at again. */
  const lookSlowly = async (source: Source, anyway: boolean): Promise<void> => {
    // What it holds at the first sight of it came whenever it did.
    const own: Sweep = { first: true, stale: [], resting: new Set() };
    await look(source, own, anyway, true);
    resting.set(source.path, own.resting);
  };

  const compareSome = async (touched: readonly Touched[], resting: Set<string>): Promise<boolean> => {
    const { same, other, allSame } = await comparisons.some(touched);
    for (const id of same) resting.delete(id);
    for (const id of other) follower.again(id);
    return allSame;
  };

  return {
    async sweep(folder) {
      looking++;
      const memory = begun.get(folder) ?? createFolderMemory<Walked>(now);
      const found = walkBreathing(folder, roots(), memory).then((walked) => recogniser.look(walked));
      const { sources, ...passed } = await found.finally(() => void looking--);
      const sweep: Sweep = { first: !begun.has(folder), stale: [], resting: new Set() };
      for (const [passed, source] of sources.entries()) {
        if (passed % BREATH === BREATH - 1) await breath();
        await look(source, sweep);
      }
      const at = ({ path }: Source): number => listed.lastAt(path);
      for (const source of sweep.stale.sort((a, b) => at(a) - at(b)).slice(0, SHARED_LOOKS))
        await look(source, sweep, true);
      begun.set(folder, memory);
      resting.set(folder, sweep.resting);
      return unlisted.withEmpty(
        sources.map(({ path }) => path),
        passed,
      );
    },
    forget() {
      listed.clear();
      begun.clear();
      resting.clear();
      unlisted.forget();
      recogniser.forget();
      slow.forget();
      follower.forget();
    },
    resting: () =>
      looking > 0 || [...resting.values()].some(({ size }) => size > 0) || unlisted.resting() || slow.resting(),
  };
}
