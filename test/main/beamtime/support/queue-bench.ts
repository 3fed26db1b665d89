import { createOrder } from '@main/jobs/order';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BraggwatchError, type ErrorCode } from '@contract/errors';
import type { VerdictLine } from '@contract/scan';
import { scanId } from '@main/beamtime/identity';
import { createQueue, type Queue } from '@main/beamtime/queue';
import { createRows, type Rows } from '@main/beamtime/rows';
import type { JudgeTools } from '@main/beamtime/judge';
import { shippedPresets } from '@main/scan/presets';
import { openLedger, type Ledger } from '@main/ledger/ledger';
import type { ScanFacts } from '@main/scan/types';
import { paperClasses } from '@vocabulary/classes';
import { factsOf, recordOf } from './scan';

/** The steps of judging at which something can fail; `put` is the ledger's. */
export type Step = 'put' | 'print' | 'reduce' | 'facts' | 'judge' | 'record';

export interface QueueBench {
  readonly queue: Queue;
  readonly rows: Rows;
  readonly ledger: Ledger;
  readonly lines: VerdictLine[];
  /** Numbers of the scans that were called classified, in that order. */
  readonly classified: number[];
  /** Codes that the app was told of; null where it is over. */
  readonly troubles: (ErrorCode | null)[];
  /** Called classified without a result on disk, or before it was in the ledger. */
  readonly lies: number[];
  readonly results: string;
  close(): void;
}

export interface World {
  /** What a step does before it succeeds: it throws what it has to say. */
  before(step: Step, scan: number): void | Promise<void>;
  ledger?: string;
}

const preset = shippedPresets().find(({ name }) => name === 'id01')!;
const model = {
  ...{ name: 'three-class', hash: 'aa', engine: 'onnx/cpu', provisional: null, temperature: 1 },
  ...{ classes: paperClasses, oversampling: [2, 5] },
};

/** The real queue, rows and ledger; reading, judging and writing results stand in for the processes that do it. */
export function queueBench(world: World): QueueBench {
  const results = mkdtempSync(join(tmpdir(), 'braggwatch-test-'));
  const ledger = openLedger(world.ledger ?? ':memory:');
  const lines: VerdictLine[] = [];
  const [classified, lies]: number[][] = [[], []];
  const troubles: (ErrorCode | null)[] = [];
  const memory: Ledger = {
    ...ledger,
    put(row) {
      void world.before('put', row.number);
      ledger.put(row);
    },
  };
  const rows = createRows(memory, {
    changed({ id, state }) {
      if (state !== 'classified') return;
      const row = ledger.get(id);
      classified!.push(row?.number ?? -1);
      if (row?.state !== 'classified' || !row.nexus || !existsSync(row.nexus)) lies!.push(row?.number ?? -1);
    },
    removed: () => undefined,
  });
  const numberOf = (args: readonly unknown[]): number => (args[0] as ScanFacts['ref']).number;
  const scans = {
    async call(name: string, ...args: readonly unknown[]) {
      if (name === 'record') {
        const facts = factsOf(Number(args[1]));
        await world.before('record', facts.ref.number);
        writeFileSync(args[0] as string, facts.name);
        return undefined;
      }
      const number = numberOf(args);
      await world.before(name === 'print' ? 'print' : 'reduce', number);
      return name === 'print' ? 'print' : recordOf(factsOf(number));
    },
  };
  let current = 0;
  const classifier = {
    facts: async () => {
      await world.before('facts', current);
      return model;
    },
    judge: async () => {
      await world.before('judge', current);
      return { model, logits: Float32Array.of(6, 0, 0), novelty: undefined };
    },
  };
  const queue = createQueue({
    tools: { scans, classifier, volumes: results } as unknown as JudgeTools,
    rows,
    results,
    optionsFor(facts) {
      current = facts.ref.number;
      return {
        preset,
        answers: { directBeam: null, distanceM: null, energyEv: null, element: null, hkl: null },
        file: undefined,
        method: 'linear',
        frame: 'q',
      };
    },
    placeOf: () => undefined,
    onLine: (line) => lines.push(line),
    board: { tell: () => undefined },
    order: createOrder(),
    onTrouble: (problem) => troubles.push(problem?.code ?? null),
    pace: { firstMs: 1, longestMs: 4 },
  });
  return {
    ...{ queue, rows, ledger, lines, troubles, results },
    ...{ classified: classified!, lies: lies! },
    close() {
      queue.close();
      rmSync(results, { recursive: true, force: true });
    },
  };
}

export const rowOf = ({ rows }: QueueBench, number: number) => rows.get(scanId(factsOf(number).ref));

export const fails = (code: ErrorCode): never => {
  throw code === 'internal' ? new Error('a mistake') : new BraggwatchError(code);
};
