import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { InsideState } from '@contract/inside';
import type { Handlers } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';
import type { Rows } from '@main/beamtime/rows';
import type { Board } from '@main/jobs/board';
import { createJob, type LongJob, type Work } from '@main/jobs/job';
import type { Order } from '@main/jobs/order';
import type { LedgerRow } from '@main/ledger/row';
import { inBackground } from '@main/process/report';
import type { Worker } from '@main/process/worker';
import type { Picture } from '@main/retrieval/picture';
import type { InsideService } from '@main/retrieval/service';
import { createAttesting } from './attest';
import { lookInto, type LookTools } from './look-into';
import { madeOf } from './made-of';
import { createTurns, isFit, isReady, type TurnsOptions } from './turns';

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

export interface InsidesOptions extends Pick<TurnsOptions, 'byItself'>, Pick<LookTools, 'optionsFor'> {
  readonly worker: Worker<InsideService>;
  readonly order: Order;
  readonly board: Pick<Board, 'tell'>;
  readonly rows: Pick<Rows, 'all' | 'get' | 'put'>;
  /** Folder of the results, where each scan's crystal is kept beside its result, under the same name, as CXI. */
  readonly results: string;
  /** Resolves when no scan waits to be judged. */
  judged(): Promise<unknown>;
  onChange(state: InsideState): void;
}

/** What the job is about at present. */
type InsideJob = Omit<InsideState, 'id' | 'status' | 'problem'> & { readonly id: string | null };

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
  const pathOf = (id: string): string => {
    const nexus = rows.get(id)?.nexus;
    return nexus ? join(results, `${parse(nexus).name}.cxi`) : join(results, `${id}.cxi`);
  };
  const turns = createTurns(options);
  const { attest, attestAgain } = createAttesting({ worker, rows, pathOf });
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
  const isRunning = (id: string): boolean => job.isBusy() && job.state().about.id === id;

  function stateOf(id: string): InsideState {
    const row = find(id);
    if (isRunning(id)) {
      const { status, about } = job.state();
      const { done, total, pictured, opinion } = about;
      const rests = status === 'paused' || total === 0;
      return { id, status: rests ? 'waiting' : 'running', done, total, pictured, opinion, problem: null };
    }
    if (turns.isAsked(id)) return { id, status: 'waiting', ...nothing };
    if (row.inside && isReady(row) && existsSync(pathOf(id))) {
      const { opinion } = row.inside;
      return { id, status: 'ready', ...nothing, pictured: opinion.starts, opinion };
    }
    const problem = turns.problemOf(row);
    if (problem) return { id, status: 'failed', ...nothing, problem };
    return { id, status: turns.comesByItself(row) ? 'waiting' : 'none', ...nothing };
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

  const looking =
    (mine: Current): Work<InsideJob> =>
    async ({ turn, advance }) => {
      const { id, madeFrom, isAsked } = mine;
      const rest = async (): Promise<void> => {
        if (!isAsked) await options.judged();
        await turn();
      };
      const began = (key: number): void => void (mine.key = key);
      try {
        await rest();
        const path = pathOf(id);
        const opinion = await lookInto(find(id), {
          worker,
          path,
          optionsFor: options.optionsFor,
          rest,
          began,
          advance,
        });
        if (!opinion) return 'stopped';
        await attest(id, { madeFrom, opinion });
        return undefined;
      } finally {
        // Once this has ended.
        setImmediate(nudge);
      }
    };

  const begin = (id: string, isAsked: boolean): void => {
    const row = find(id);
    turns.take(row);
    const mine: Current = { id, madeFrom: madeOf(row), isAsked };
    current = mine;
    job.begin({ id, done: 0, total: 0, pictured: 0, opinion: null }, looking(mine));
  };
  function nudge(): void {
    if (closed || job.isBusy()) return;
    const { status, problem } = job.state();
    if (current && status === 'failed' && problem) {
      turns.fail(current.madeFrom, problem);
      if (rows.get(current.id)) onChange(stateOf(current.id));
    }
    current = undefined;
    const next = turns.next();
    if (next) begin(next.id, next.isAsked);
  }
  /** Lets go what is under way. */
  const drop = (): void => {
    if (!job.isBusy()) return;
    current = undefined;
    job.drop('stopped');
    inBackground(worker.call('stop'), 'giving up a look inside');
    setImmediate(nudge);
  };

  /** Gives up what is under way and what waits. */
  const cancel = (): void => {
    turns.leaveAll();
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
          if (current?.isAsked && current.id !== id) turns.ask(current.id);
          begin(id, true);
        }
        return stateOf(id);
      },
      'inside/cancel': ({ id }) => {
        turns.leave(find(id));
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
      else if (!row || !attestAgain(row)) nudge();
    },
    nudge,
    async close() {
      closed = true;
      worker.close();
      await job.close();
    },
  };
}
