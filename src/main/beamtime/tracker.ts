import { BraggwatchError } from '@contract/errors';
import { problemOf } from '@main/process/report';
import { scanId } from './identity';
import type { Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import type { ScanFacts } from '@main/scan/types';
import { signatureOf } from '@main/files/signature';
import { withScan } from '@main/beamtime/watch/signature';
import type { Overlooked } from '@main/beamtime/watch/overlooked';
import { walk, type Source } from '@main/beamtime/watch/walk';
import type { Queue, QueueOptions } from './queue';
import { compare } from './made-from';
import { fresh, isFinal, withFacts, type Rows } from './rows';

/** An early verdict needs this share of the frames, and so many; the next one comes after a further share. */
const EARLY_SHARE = 0.5;
const EARLY_FRAMES = 16;
const EARLY_STEP = 0.15;

/** A source that could not be listed, or holds no scan. */
interface Failure {
  readonly signature: string;
  readonly times: number;
  readonly nextAt: number;
  /** Readable, and yet nothing in it is a scan. */
  readonly empty: boolean;
}

/** How a source was seen: like at the sweep before, and with one scan only. */
interface Seen {
  readonly steady: boolean;
  readonly alone: boolean;
}

export interface Tracker {
  /**
   * Looks at everything below a folder once: new scans, more frames, finished scans.
   * @returns what was passed over
   * @throws BraggwatchError path-missing
   */
  sweep(folder: string): Promise<Overlooked>;
  /** Forgets what was settled, so that the next sweep looks at every source again. */
  forget(): void;
}

/** Keeps the ledger's rows in step with the folder, and hands scans to the judging queue. */
export function createTracker(
  scans: Worker<ScanService>,
  rows: Rows,
  queue: Queue,
  placeOf: QueueOptions['placeOf'],
): Tracker {
  /** Signature of each source whose scans all are final: nothing to do until it changes. */
  const settled = new Map<string, string>();
  /** Sources that could not be listed: a damaged file can take a worker down each time, so it is not looked at at every sweep. */
  const failures = new Map<string, Failure>();
  /** Signature at the sweep before, for formats without an end marker. */
  const before = new Map<string, string>();
  /** Scans that met a problem in this session: not tried again until their files or the settings change. */
  const tried = new Set<string>();
  const earlyAt = new Map<string, number>();

  const look = async (source: Source): Promise<void> => {
    const signature = signatureOf(source.path);
    if (settled.get(source.path) === signature) return;
    const steady = before.get(source.path) === signature;
    before.set(source.path, signature);
    const failed = failures.get(source.path);
    if (failed?.signature === signature && Date.now() < failed.nextAt) return;
    let facts: readonly ScanFacts[];
    try {
      facts = await scans.call('list', source.path, source.format);
    } catch (error) {
      const times = failed?.signature === signature ? failed.times + 1 : 1;
      const empty = error instanceof BraggwatchError && error.code === 'scan-empty';
      failures.set(source.path, { signature, times, nextAt: Date.now() + backOff(times), empty });
      // A file that is still being copied looks broken for a moment; only one that stays so is reported.
      if (steady && times > 1) report(source, signature, error);
      return;
    }
    failures.delete(source.path);
    rows.remove(scanId({ source: source.path, number: 0 }));
    const done: boolean[] = [];
    for (const scan of facts) done.push(await follow(scan, signature, { steady, alone: facts.length === 1 }));
    if (done.every(Boolean) && facts.length > 0) settled.set(source.path, signature);
  };

  /** Brings one scan's row up to date; true when nothing more will come of it. */
  const follow = async (facts: ScanFacts, fileSignature: string, seen: Seen): Promise<boolean> => {
    const { steady } = seen;
    const id = scanId(facts.ref);
    const { framesPresent, framesExpected, whole: isWhole, missing } = facts;
    // Frame files and tables that arrive late do not touch the source itself: they count into what a problem is remembered with.
    const signature = withScan(fileSignature, framesPresent, framesExpected, isWhole, missing?.length ?? 0);
    let row = rows.get(id);
    if (row && isFinal(row)) {
      const now = await compare(scans, row, facts, fileSignature, seen);
      if (now !== 'other') return now === 'same';
      // Asked to be judged again, or marked, while its frames were compared.
      row = rows.get(id) ?? row;
      if (!isFinal(row)) return false;
      // A verdict belongs to its data: the earlier one stays in the scan's history.
      row = rows.put({ ...row, state: 'arriving', judgedAt: null, verdict: null, problem: null, line: null });
      tried.delete(id);
      earlyAt.delete(id);
    }
    if (row?.problem && row.signature === signature && tried.has(id)) return false;
    if (queue.has(id)) return false;
    const known = withFacts(row ?? fresh(id, facts), facts, row?.position ?? placeOf(facts));
    // Ended and still not whole: nothing more will come unless files are copied, so it is judged to say what is missing.
    const cut = steady && facts.ended === true && !facts.whole;
    const whole = cut || (facts.whole && (steady || !facts.unmarked));
    if (whole) {
      rows.put({ ...known, state: 'waiting', problem: null, signature });
      tried.add(id);
      queue.add(facts, signature);
      return false;
    }
    if (!row || row.framesPresent !== known.framesPresent || row.framesExpected !== known.framesExpected) {
      rows.put({ ...known, state: 'arriving' });
    }
    if (worthEarly(id, facts)) queue.addEarly(facts);
    return false;
  };

  const worthEarly = (id: string, facts: ScanFacts): boolean => {
    const share = facts.framesPresent / Math.max(1, facts.framesExpected);
    if (
      !facts.motor ||
      facts.framesPresent < EARLY_FRAMES ||
      share < (earlyAt.get(id) ?? EARLY_SHARE - EARLY_STEP) + EARLY_STEP
    )
      return false;
    earlyAt.set(id, share);
    return true;
  };

  /** A source that cannot be listed gets a row of its own, which goes once it can. */
  const report = (source: Source, signature: string, error: unknown): void => {
    const ref = { format: source.format, source: source.path, number: 0 };
    const id = scanId(ref);
    const problem = problemOf(error, `listing ${source.path}`);
    const row = rows.get(id);
    // Told with all its like: there can be thousands.
    if (problem.code === 'scan-empty') return;
    if (row?.signature === signature && row.problem?.code === problem.code) return;
    rows.put({ ...(row ?? fresh(id, nameless(ref))), state: 'rejected', problem, signature });
  };

  return {
    async sweep(folder) {
      const { sources, strangers, ...found } = walk(folder);
      for (const source of sources) await look(source);
      const empty = sources.filter(({ path }) => isEmpty(failures.get(path))).map(({ path }) => path);
      return { strangers: [...strangers, ...empty], ...found };
    },
    forget() {
      settled.clear();
      failures.clear();
      tried.clear();
    },
  };
}

/** Seen as empty more than once: a file that has just been made fills in a moment. */
const isEmpty = (failure: Failure | undefined): boolean => failure !== undefined && failure.empty && failure.times > 1;

/** One second at first, then twice as long each time, at most five minutes. */
const backOff = (times: number): number => Math.min(1000 * 2 ** (times - 1), 300_000);

const nameless = (ref: ScanFacts['ref']): ScanFacts => ({
  ref,
  name: ref.source.split(/[\\/]/).at(-1) ?? ref.source,
  title: '',
  framesExpected: 0,
  framesPresent: 0,
  whole: false,
  frameShape: [0, 0],
  positions: {},
  warnings: [],
});
