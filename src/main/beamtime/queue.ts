import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import PQueue from 'p-queue';
import type { SamplePosition, VerdictLine } from '@contract/scan';
import type { ErrorCode, Problem } from '@contract/errors';
import type { Board } from '@main/jobs/board';
import type { LedgerRow } from '@main/ledger/row';
import { inBackground, problemOf } from '@main/process/report';
import type { ScanFacts } from '@main/scan/types';
import { createBacklog } from './backlog';
import { scanId } from './identity';
import { sourceOf } from './watch/signature';
import { madeFrom } from './made-from';
import { judgeScan, rejected, type Judged, type JudgeTools } from './judge';
import type { ReduceOptions } from '@main/reading/reduce-scan';
import { fresh, isFinal, withFacts, type Rows } from './rows';

/** The scans waiting to be judged, one at a time; finished scans before early looks at unfinished ones. */
export interface Queue {
  has(id: string): boolean;
  add(facts: ScanFacts, signature: string): void;
  addEarly(facts: ScanFacts): void;
  /** What was given up is taken in again, the next time it is seen. */
  readmit(): void;
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>;
  /** Scans that wait or run. */
  readonly size: number;
  close(): void;
}

export interface QueueOptions {
  readonly tools: JudgeTools;
  readonly rows: Rows;
  /** Folder of the NeXus results. */
  readonly results: string;
  /** Preset, answers and method for a scan. @throws BraggwatchError geometry-incomplete */
  optionsFor(facts: ScanFacts): ReduceOptions;
  /** Where on the sample the scan was taken, where its preset can tell. */
  placeOf(facts: ScanFacts): SamplePosition | undefined;
  /** Told of every verdict line, early ones included. */
  onLine(line: VerdictLine): void;
  /** Lists it among the jobs. */
  readonly board: Pick<Board, 'tell'>;
}

/** Problems of the file rather than of the crystal: tried again when its files change. */
const TRANSIENT: readonly ErrorCode[] = [
  'scan-unreadable',
  'scan-truncated',
  'scan-empty',
  'frames-missing',
  'points-mismatch',
  'path-missing',
];
/** Problems of the set-up: the scan waits until it is mended. */
const WAITING: readonly ErrorCode[] = [
  'geometry-incomplete',
  'geometry-invalid',
  'model-missing',
  'model-invalid',
  'engine-unavailable',
  'disk-full',
];

export function createQueue({ tools, rows, results, optionsFor, placeOf, onLine, board }: QueueOptions): Queue {
  const queue = new PQueue({ concurrency: 1 });
  const pending = new Set<string>();
  const early = new Set<string>();
  /** Given up by hand: not judged until asked for, or until the folder is watched anew. */
  const left = new Set<string>();
  let current: string | undefined;
  const backlog = createBacklog(board, {
    pause: () => queue.pause(),
    resume: () => queue.start(),
    cancel() {
      queue.clear();
      early.clear();
      for (const id of pending) if (id !== current) left.add(id);
      pending.clear();
      if (current !== undefined) pending.add(current);
      queue.start();
    },
  });
  mkdirSync(results, { recursive: true });

  const judge = async (facts: ScanFacts): Promise<{ judged: Judged; preset: string }> => {
    try {
      const options = optionsFor(facts);
      return { judged: await judgeScan(facts, options, tools), preset: options.preset.name };
    } catch (error) {
      return { judged: rejected(facts, problemOf(error, `options of ${facts.name}`)), preset: '' };
    }
  };

  const finish = async (facts: ScanFacts, signature: string): Promise<void> => {
    const id = scanId(facts.ref);
    const row = withFacts(rows.get(id) ?? fresh(id, facts), facts, placeOf(facts));
    rows.put({ ...row, state: 'reducing' });
    const made = await madeFrom(tools.scans, facts, sourceOf(signature));
    const { judged, preset } = await judge(facts);
    const { line, record } = judged;
    let problem = judged.problem;
    const nexus = record ? join(results, `${id}.nxs`) : null;
    // The result is on disk before the ledger says so: after a crash in between, the scan is judged again into the same file.
    if (record && nexus) problem = (await saved(() => tools.scans.call('record', nexus, record, line))) ?? problem;
    const current = rows.get(id) ?? row;
    const next: LedgerRow = {
      ...current,
      preset,
      warnings: line.warnings,
      problem: problem ?? null,
      line,
      nexus,
      signature,
      geometry: record?.geometry ?? [],
      rockingCurve: record?.rockingCurve ?? null,
      madeFrom: made,
    };
    if (problem && TRANSIENT.includes(problem.code)) rows.put({ ...next, state: 'rejected' });
    else if (problem && WAITING.includes(problem.code)) rows.put({ ...next, state: 'waiting' });
    else {
      const state = line.state === 'early' ? 'arriving' : line.state;
      const judgedAt = state === 'arriving' ? null : new Date().toISOString();
      const count = current.judgedCount + (judgedAt ? 1 : 0);
      rows.put({ ...next, state, verdict: line.verdict ?? null, judgedAt: judgedAt, judgedCount: count });
    }
    onLine(problem && !line.error ? { ...line, state: 'rejected', error: problem } : line);
  };

  /** An early verdict is shown and replaced; what goes wrong this early is no news. */
  const lookEarly = async (facts: ScanFacts): Promise<void> => {
    const { judged } = await judge(facts);
    const row = rows.get(scanId(facts.ref));
    if (!judged.line.verdict || !row || isFinal(row) || row.state !== 'arriving') return;
    const { line, record } = judged;
    const nexus = join(results, `${row.id}.nxs`);
    if (record && (await saved(() => tools.scans.call('record', nexus, record, line)))) return;
    rows.put({
      ...row,
      line,
      nexus,
      verdict: { ...judged.line.verdict, early: true },
      warnings: line.warnings,
      geometry: record?.geometry ?? [],
      rockingCurve: record?.rockingCurve ?? null,
    });
    onLine({ ...line, state: 'early' });
  };

  return {
    has: (id) => pending.has(id) || left.has(id),
    add(facts, signature) {
      const id = scanId(facts.ref);
      if (pending.has(id)) return;
      left.delete(id);
      pending.add(id);
      backlog.added(pending.size);
      const run = async (): Promise<void> => {
        current = id;
        backlog.begun(facts.name);
        await finish(facts, signature).finally(() => {
          current = undefined;
          pending.delete(id);
          backlog.ended(pending.size);
        });
      };
      inBackground(queue.add(run, { priority: 1 }), `judging ${facts.name}`);
    },
    readmit: () => left.clear(),
    addEarly(facts) {
      const id = scanId(facts.ref);
      // The newest look wins: while one waits, further ones would only tell what it will tell anyway.
      if (early.has(id) || pending.has(id)) return;
      early.add(id);
      const look = (): Promise<void> =>
        (pending.has(id) ? Promise.resolve() : lookEarly(facts)).finally(() => early.delete(id));
      inBackground(queue.add(look), `looking early at ${facts.name}`);
    },
    idle: () => queue.onIdle(),
    get size() {
      return queue.size + queue.pending;
    },
    close: () => queue.clear(),
  };
}

async function saved(write: () => Promise<unknown>): Promise<Problem | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    return problemOf(error, 'writing a result');
  }
}
