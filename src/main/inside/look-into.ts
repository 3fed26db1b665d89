import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { InsideOpinion, InsideState } from '@contract/inside';
import { refOf } from '@main/beamtime/rows';
import { readSteadily } from '@main/beamtime/steady';
import type { LedgerRow } from '@main/ledger/row';
import type { Worker } from '@main/process/worker';
import type { ReduceOptions } from '@main/reading/volume';
import { STARTS } from '@main/retrieval/look';
import type { InsideService } from '@main/retrieval/service';
import type { ScanFacts } from '@main/scan/types';
import { madeOf } from './made-of';

/** A verdict that comes meanwhile waits for one of these. */
const STEP_MS = 150;

export interface LookTools {
  readonly worker: Pick<Worker<InsideService>, 'call'>;
  /** Where what is found is kept. */
  readonly path: string;
  optionsFor(facts: ScanFacts): ReduceOptions;
  /** Waited for between two steps. */
  rest(): Promise<void>;
  /** The worker knows it by this key from now on. */
  began(key: number): void;
  advance(state: Partial<Pick<InsideState, 'done' | 'total' | 'pictured' | 'opinion'>>): void;
}

/**
 * Looks into one judged scan's crystal, step by step, and keeps what is found.
 * @returns what it shows; undefined when the worker was told to stop
 * @throws BraggwatchError `scan-not-found` where the scan is not in its file any more; what reading and reducing it throw
 */
export async function lookInto(row: LedgerRow, tools: LookTools): Promise<InsideOpinion | undefined> {
  const { worker, path, rest, advance } = tools;
  const madeFrom = madeOf(row);
  advance({ total: STARTS });
  const begun = await readSteadily(row.source, () => begin(row, tools));
  if ('problem' in begun) throw begun.error;
  const { key } = begun;
  tools.began(key);
  for (let whole = false; !whole;) {
    await rest();
    const step = await worker.call('step', key, STEP_MS);
    if (!step) return undefined;
    const { done, pictured, opinion } = step;
    advance({ done, pictured, opinion });
    whole = step.whole;
  }
  await mkdir(dirname(path), { recursive: true });
  return worker.call('keep', key, path, { scan: row.name, source: row.source, madeFrom });
}

/** Has its frames read and reduced. @returns the worker's key for it, or what its files say against it, as it is thrown and as it is told */
async function begin(row: LedgerRow, { worker, optionsFor }: LookTools) {
  try {
    const facts = await factsOf(row, worker);
    return { key: await worker.call('begin', facts.ref, optionsFor(facts), STARTS) };
  } catch (error) {
    if (!(error instanceof BraggwatchError)) throw error;
    return { problem: error.toProblem(), error };
  }
}

/** Its files as they are now. */
async function factsOf(row: LedgerRow, worker: LookTools['worker']): Promise<ScanFacts> {
  const { source, format, number } = refOf(row);
  const facts = (await worker.call('list', source, format)).find((scan) => scan.ref.number === number);
  if (!facts) throw new BraggwatchError('scan-not-found', `${source} #${number}`);
  return facts;
}
