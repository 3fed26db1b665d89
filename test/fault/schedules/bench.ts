import { createOrder } from '@main/jobs/order';
import { createHash } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { answersSchema, type Preset } from '@contract/geometry';
import type { VerdictLine } from '@contract/scan';
import { createQueue, type Queue } from '@main/beamtime/queue';
import { createRows, type Rows } from '@main/beamtime/rows';
import { createTracker, type Tracker } from '@main/beamtime/tracker';
import type { JudgeTools } from '@main/beamtime/judge';
import { openLedger, type Ledger } from '@main/ledger/ledger';
import type { ReducedRecord } from '@main/nexus/record';
import { createKeptRecords } from '@main/reading/kept';
import { assertEnoughFrames } from '@main/scan/rocking';
import { scanService } from '@main/reading/service';
import { presetFor, shippedPresets } from '@main/scan/presets';
import { factsPrint } from '@main/scan/fingerprint';
import { readerOf } from '@main/scan/readers';
import type { ScanFacts, ScanRef } from '@main/scan/types';

/** One verdict that was told, final or early, and what it was made of. */
export interface Told {
  readonly line: VerdictLine;
  /** Of the counts of all frames, as they were read. */
  readonly digest: string | undefined;
  /** By the bench's clock, ms. */
  readonly at: number;
}

export interface Bench {
  readonly rows: Rows;
  readonly queue: Queue;
  readonly tracker: Tracker;
  readonly ledger: Ledger;
  readonly told: Told[];
  /** ms by the clock that the program goes by. */
  now(): number;
  /** Lets time pass. */
  pass(ms: number): void;
  /** Looks at the folder once, and judges what is due. */
  sweep(): Promise<void>;
}

/** Of counts of whatever type. */
export const digestOf = (counts: ArrayLike<number>): string =>
  createHash('sha256').update(Float64Array.from(counts)).digest('hex').slice(0, 16);

const FRAME: ReducedRecord['volume']['frame'] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const DIGEST = 'digest of the counts';
const MODEL = {
  ...{ name: 'bench', hash: 'none', engine: 'none', summary: '', provisional: null, temperature: 1 },
  ...{ classes: ['perfect', 'screw', 'edge'], oversampling: [0, 10], confusion: [] },
} as const;

/** Reads every frame, as reducing does, and makes nothing of them but their digest. */
function readAll(ref: ScanRef): ReducedRecord {
  const source = readerOf(ref.format).open(ref);
  try {
    const { facts } = source;
    assertEnoughFrames(facts);
    if (facts.motor === undefined)
      throw new BraggwatchError(
        ['npz', 'cxi'].includes(facts.ref.format) ? 'geometry-incomplete' : 'not-a-rocking-curve',
        facts.name,
      );
    const counts = source.read(0, facts.framesPresent);
    const volume = { shape: [64, 64, 64] as [number, number, number], intensity: new Uint8Array(4) };
    return {
      facts,
      volume: { ...volume, mask: new Uint8Array(1), origin: [0, 0, 0], voxel: 1, frame: FRAME, frameName: 'q' },
      reduction: {
        ...{ method: 'linear', frames: facts.framesPresent, peak: [0, 0, 0], q: 1, dAngstrom: 6.28 },
        ...{ voxelInvAngstrom: 1, oversampling: 3, measuredOversampling: 3 },
      },
      geometry: [{ name: DIGEST, value: digestOf(counts), from: 'computed' }],
      hkl: null,
      faults: { columns: 1, hot: [], dead: [] },
      rockingCurve: { motor: facts.motor, positions: [], counts: [] },
      warnings: [],
      doubts: [],
      timings: { read: 0, reduce: 0 },
    };
  } finally {
    source.close();
  }
}

/**
 * Walk, tracker, readers, queue and ledger as the app has them, in this process, by a clock of their own. Only what makes a class of the
 * counts is left out.
 * @param results a folder for the queue's results
 */
export function createBench(folder: string, results: string, roots?: () => readonly string[]): Bench {
  let clock = 0;
  const told: Told[] = [];
  const kept = createKeptRecords();
  const ledger = openLedger(':memory:');
  const rows = createRows(ledger, { changed: () => undefined, removed: () => undefined });
  const call = async (name: keyof typeof scanService, ...args: readonly unknown[]): Promise<unknown> => {
    await Promise.resolve();
    if (name === 'reduce') {
      const record = readAll(args[0] as ScanRef);
      return kept.keep(record, factsPrint(record.facts));
    }
    if (name === 'record') return undefined;
    return (scanService[name] as (...all: readonly unknown[]) => unknown)(...args);
  };
  const scans = { call, close: () => undefined } as unknown as JudgeTools['scans'];
  const classifier = {
    facts: () => Promise.resolve(MODEL),
    judge: () => Promise.resolve({ logits: Float32Array.of(9, 0, 0), model: MODEL }),
  } as unknown as JudgeTools['classifier'];
  const presets = shippedPresets();
  const presetOf = (facts: ScanFacts): Preset =>
    presetFor(facts, presets) ?? presets.find(({ name }) => name === 'id01')!;
  const queue = createQueue({
    order: createOrder(),
    tools: { scans, classifier, volumes: results },
    rows,
    results,
    optionsFor: (facts) => ({
      ...{ preset: presetOf(facts), answers: answersSchema.parse({}), file: undefined },
      ...{ method: 'linear', frame: 'q' },
    }),
    placeOf: () => undefined,
    onLine(line) {
      const row = rows.all().find(({ source, name }) => source === line.source && name === line.scan);
      told.push({ line, digest: row?.geometry.find(({ name }) => name === DIGEST)?.value, at: clock });
    },
    board: { tell: () => undefined },
    onTrouble: () => undefined,
    // What was refused is left to the tracker: the queue's own clock is the machine's.
    pace: { firstMs: 1e8, longestMs: 1e8 },
  });
  const tracker = createTracker({
    scans,
    patient: scans,
    rows,
    queue,
    placeOf: () => undefined,
    now: () => clock,
    ...(roots && { roots }),
  });
  return {
    ...{ rows, queue, tracker, ledger, told },
    now: () => clock,
    pass: (ms) => void (clock += ms),
    async sweep() {
      await tracker.sweep(folder);
      await queue.idle();
    },
  };
}

/** Final verdicts among what was told. */
export const finals = (told: readonly Told[]): readonly Told[] =>
  told.filter(({ line }) => line.state === 'classified');

let stamps = 0;
/** Gives a file a time that it never had: two steps of a writer can lie within one tick of the disk's clock, as they never do at a detector. */
export function stamp(path: string, wallS = 1_790_000_000): void {
  const at = wallS + ++stamps / 100;
  utimesSync(path, at, at);
}
