import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BraggwatchError, type Problem } from '@contract/errors';
import type { InsideState } from '@contract/inside';
import type { Handlers } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';
import { heard } from '@core/verdict/witness';
import { isFinal, refOf, type Rows } from '@main/beamtime/rows';
import type { Board } from '@main/jobs/board';
import { createJob, type LongJob, type Work } from '@main/jobs/job';
import type { Order } from '@main/jobs/order';
import type { LedgerRow } from '@main/ledger/row';
import { inBackground } from '@main/process/report';
import type { Worker } from '@main/process/worker';
import type { ReduceOptions } from '@main/reading/volume';
import { STARTS } from '@main/retrieval/look';
import type { Picture } from '@main/retrieval/picture';
import type { InsideService } from '@main/retrieval/service';
import type { ScanFacts } from '@main/scan/types';
import { madeOf } from './made-of';

type Owned = Extract<keyof Handlers, `inside/${string}`>;

/** Looks into the crystals of judged scans, one after the other, and keeps what it finds beside their results. */
export interface Insides {
  readonly handlers: Pick<Handlers, Owned>;
  /** A scan has another verdict, perhaps: what was found in what it was before is of no use. */
  changed(summary: Pick<ScanSummary, 'id'>): void;
  /** Begins with what can be begun with by itself, if nothing is under way. */
  nudge(): void;
  close(): Promise<void>;
}

export interface InsidesOptions {
  readonly worker: Worker<InsideService>;
  readonly order: Order;
  readonly board: Pick<Board, 'tell'>;
  readonly rows: Pick<Rows, 'all' | 'get' | 'put'>;
  /** Folder of the results, where each scan's crystal is kept as `<id>.cxi`. */
  readonly results: string;
  optionsFor(facts: ScanFacts): ReduceOptions;
  /** Whether a judged scan is looked into without being asked for. */
  byItself(row: LedgerRow): boolean;
  /** Resolves when no scan waits to be judged. */
  judged(): Promise<unknown>;
  onChange(state: InsideState): void;
}

/** What the job is about at present. */
type InsideJob = Omit<InsideState, 'id' | 'status' | 'problem'> & { readonly id: string | null };

/** A verdict that comes meanwhile waits for one of these. */
const STEP_MS = 150;

/** What is under way. */
interface Current {
  readonly id: string;
  readonly madeFrom: string;
  /** By a person. */
  readonly isAsked: boolean;
  /** By which the worker knows it; set once it has begun. */
  key?: number;
}

const nothing = { done: 0, total: 0, pictured: 0, opinion: null, problem: null } as const;

export function createInsides(options: InsidesOptions): Insides {
  const { worker, order, rows, results, onChange } = options;
  /** Asked for by a person and not begun, the last one last, which comes first. */
  let asked: string[] = [];
  /** Given up: not begun by itself while it is made of the same. */
  const left = new Set<string>();
  const failed = new Map<string, Problem>();
  /** Scans whose verdict is just being laid beside what was found before. */
  const hearing = new Set<string>();
  let current: Current | undefined;
  let closed = false;

  const job: LongJob<InsideJob> = createJob<InsideJob>({
    name: 'looking inside',
    about: { id: null, done: 0, total: 0, pictured: 0, opinion: null },
    order: { of: order, rank: 'retrieval' },
    listed: {
      board: options.board,
      id: 'inside',
      line: ({ id, done, total }) => ({
        ...{ kind: 'retrieval', name: rows.get(id ?? '')?.name ?? '' },
        ...(total > 0 && { done: Math.floor(done), total }),
      }),
      control: () => ({ pause: () => job.pause(), resume: () => job.resume(), cancel }),
    },
    onChange(state) {
      if (state.about.id !== null && rows.get(state.about.id)) onChange(stateOf(state.about.id));
    },
  });

  const find = (id: string): LedgerRow => {
    const row = rows.get(id);
    if (!row) throw new BraggwatchError('scan-not-found', id);
    return row;
  };
  const pathOf = (id: string): string => join(results, `${id}.cxi`);
  const isReady = (row: LedgerRow): boolean => row.inside?.madeFrom === madeOf(row);
  const isRunning = (id: string): boolean => job.isBusy() && job.state().about.id === id;
  const isFit = (row: LedgerRow): boolean => isFinal(row) && row.state === 'classified' && row.nexus !== null;
  const comesByItself = (row: LedgerRow): boolean =>
    isFit(row) && !isReady(row) && !left.has(madeOf(row)) && !failed.has(madeOf(row)) && options.byItself(row);

  function stateOf(id: string): InsideState {
    const row = find(id);
    if (isRunning(id)) {
      const { status, about } = job.state();
      const { done, total, pictured, opinion } = about;
      const rests = status === 'paused' || total === 0;
      return { id, status: rests ? 'waiting' : 'running', done, total, pictured, opinion, problem: null };
    }
    if (asked.includes(id)) return { id, status: 'waiting', ...nothing };
    if (row.inside && isReady(row) && existsSync(pathOf(id))) {
      const { opinion } = row.inside;
      return { id, status: 'ready', ...nothing, pictured: opinion.starts, opinion };
    }
    const problem = failed.get(madeOf(row));
    if (problem) return { id, status: 'failed', ...nothing, problem };
    return { id, status: comesByItself(row) ? 'waiting' : 'none', ...nothing };
  }

  /** What was kept of a scan; where it cannot be read, it was not kept. */
  const keptOf = async (id: string): Promise<Picture> => {
    try {
      return await worker.call('kept', pathOf(id));
    } catch (error) {
      const row = rows.get(id);
      if (row && error instanceof BraggwatchError && error.code === 'scan-unreadable')
        rows.put({ ...row, inside: null });
      throw error;
    }
  };

  /** Its files as they are now. */
  const factsOf = async (row: LedgerRow): Promise<ScanFacts> => {
    const { source, format, number } = refOf(row);
    const facts = (await worker.call('list', source, format)).find((scan) => scan.ref.number === number);
    if (!facts) throw new BraggwatchError('scan-not-found', `${source} #${number}`);
    return facts;
  };

  /** Puts what was found beside the verdict: in the result first, then in the row. */
  const hear = async (id: string, inside: NonNullable<LedgerRow['inside']>): Promise<void> => {
    const attested = (): LedgerRow | undefined => {
      const row = rows.get(id);
      if (!row?.verdict || madeOf(row) !== inside.madeFrom) return undefined;
      const verdict = heard(row.verdict, inside.opinion);
      return { ...row, inside, verdict, line: row.line && { ...row.line, verdict } };
    };
    const row = attested();
    if (row?.nexus && row.line) await worker.call('amend', row.nexus, pathOf(id), row.line);
    const now = attested();
    if (now) rows.put(now);
  };

  const lookInto =
    (mine: Current): Work<InsideJob> =>
    async ({ turn, advance }) => {
      const { id, madeFrom, isAsked } = mine;
      const rest = async (): Promise<void> => {
        if (!isAsked) await options.judged();
        await turn();
      };
      try {
        await rest();
        advance({ total: STARTS });
        const row = find(id);
        const facts = await factsOf(row);
        const key = await worker.call('begin', facts.ref, options.optionsFor(facts), STARTS);
        mine.key = key;
        for (let whole = false; !whole;) {
          await rest();
          const step = await worker.call('step', key, STEP_MS);
          if (!step) return 'stopped';
          const { done, pictured, opinion } = step;
          advance({ done, pictured, opinion });
          whole = step.whole;
        }
        await mkdir(results, { recursive: true });
        const kept = { scan: row.name, source: row.source, madeFrom };
        const opinion = await worker.call('keep', key, pathOf(id), kept);
        await hear(id, { madeFrom, opinion });
        return undefined;
      } finally {
        // Once this has ended.
        setImmediate(nudge);
      }
    };

  const begin = (id: string, isAsked: boolean): void => {
    asked = asked.filter((each) => each !== id);
    const mine: Current = { id, madeFrom: madeOf(find(id)), isAsked };
    current = mine;
    failed.delete(mine.madeFrom);
    left.delete(mine.madeFrom);
    job.begin({ id, done: 0, total: 0, pictured: 0, opinion: null }, lookInto(mine));
  };
  function nudge(): void {
    if (closed || job.isBusy()) return;
    const { status, problem } = job.state();
    if (current && status === 'failed' && problem) {
      failed.set(current.madeFrom, problem);
      if (rows.get(current.id)) onChange(stateOf(current.id));
    }
    current = undefined;
    asked = asked.filter((id) => rows.get(id));
    const next = asked.at(-1);
    if (next !== undefined) return begin(next, true);
    const waiting = rows.all().filter(comesByItself);
    if (waiting.length === 0) return;
    const newest = waiting.reduce((best, row) => ((row.judgedAt ?? '') > (best.judgedAt ?? '') ? row : best));
    begin(newest.id, false);
  }
  /** Lets go what is under way. */
  const drop = (): void => {
    if (!job.isBusy()) return;
    current = undefined;
    job.drop('stopped');
    inBackground(worker.call('stop'), 'giving up a look inside');
    setImmediate(nudge);
  };

  /** Gives up what is under way and what waits; scans that are judged from now on come by themselves again. */
  const cancel = (): void => {
    for (const row of rows.all()) if (comesByItself(row)) left.add(madeOf(row));
    asked = [];
    drop();
  };

  return {
    handlers: {
      'inside/state': ({ id }) => stateOf(id),
      'inside/begin': ({ id }) => {
        const row = find(id);
        if (!isFit(row)) throw new BraggwatchError('verdict-missing', row.name);
        if (isRunning(id) && current?.isAsked) job.resume();
        else if (stateOf(id).status !== 'ready') {
          // What a person asked for before comes after it.
          const former = current?.isAsked && current.id !== id ? [current.id] : [];
          asked = [...asked, ...former];
          begin(id, true);
        }
        return stateOf(id);
      },
      'inside/cancel': ({ id }) => {
        const row = find(id);
        asked = asked.filter((each) => each !== id);
        if (!isReady(row)) left.add(madeOf(row));
        if (isRunning(id)) drop();
        const state = stateOf(id);
        onChange(state);
        return state;
      },
      'inside/picture': async ({ id }) => {
        const { status, pictured } = stateOf(id);
        if (pictured === 0) return null;
        const key = current?.key;
        const picture =
          status === 'ready' ? await keptOf(id) : key === undefined ? null : await worker.call('picture', key);
        return picture && { ...picture, id };
      },
    },
    changed({ id }) {
      const row = rows.get(id);
      if (current?.id === id && row && madeOf(row) !== current.madeFrom) drop();
      else if (row?.inside && row.verdict && !row.verdict.inside && isFit(row) && isReady(row) && !hearing.has(id)) {
        // Judged again from the same: what was found stands.
        hearing.add(id);
        inBackground(
          hear(id, row.inside).finally(() => hearing.delete(id)),
          'a witness to a verdict',
        );
      } else nudge();
    },
    nudge,
    async close() {
      closed = true;
      worker.close();
      await job.close();
    },
  };
}
