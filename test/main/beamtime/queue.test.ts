import fc from 'fast-check';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ErrorCode } from '@contract/errors';
import { eventually, temporaryFolder } from '../../support/build';
import { fails, queueBench, rowOf, type QueueBench, type Step, type World } from './support/queue-bench';
import { factsOf } from './support/scan';

/** A step fails so many times from a certain one on, whichever scan it is for. */
interface Fault {
  readonly step: Step;
  readonly from: number;
  readonly times: number;
  readonly code: ErrorCode;
}

const codes: Record<Step, readonly ErrorCode[]> = {
  put: ['ledger-unavailable'],
  print: ['worker-died', 'timed-out'],
  reduce: ['worker-died', 'internal'],
  facts: ['model-missing', 'model-invalid', 'engine-unavailable', 'worker-died'],
  judge: ['worker-died', 'timed-out', 'internal'],
  record: ['worker-died', 'disk-full', 'internal'],
};
const processCodes: (ErrorCode | undefined)[] = ['worker-died', 'timed-out', 'internal'];
const steps: Step[] = ['put', 'print', 'reduce', 'facts', 'judge', 'record'];

const fault = (most: number): fc.Arbitrary<Fault> =>
  fc.constantFrom(...steps).chain((step) =>
    fc.record({
      step: fc.constant(step),
      from: fc.nat(6),
      times: fc.integer({ min: 1, max: most }),
      code: fc.constantFrom(...codes[step]),
    }),
  );

/** Counts the steps, and fails those that a fault is about. */
function worldOf(faults: readonly Fault[], poison: readonly number[] = []): World {
  const done: Partial<Record<Step, number>> = {};
  return {
    before(step, scan) {
      if (step === 'reduce' && poison.includes(scan)) fails('worker-died');
      const n = (done[step] = (done[step] ?? -1) + 1);
      const due = faults.find((each) => each.step === step && n >= each.from && n < each.from + each.times);
      if (due) fails(due.code);
    },
  };
}

async function judgeAll(bench: QueueBench, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    bench.queue.add(factsOf(n), 'seen');
    if (n % 2 === 0) await sleep(1);
  }
  await eventually(() => bench.queue.size === 0, 'the queue is empty', 60);
  await bench.queue.idle();
}

const piz = Float64Array.from({ length: 41 }, (_, i) => i / 40);
const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

describe('the queue', () => {
  it('classifies every sound scan exactly once, with its result on disk, whatever fails however often in between', async () => {
    const faults = fc.array(fault(8), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), faults, async (count, all) => {
        const bench = queueBench(worldOf(all));
        try {
          await judgeAll(bench, count);
          await eventually(() => bench.classified.length >= count, 'all are judged', 60);
          expect([...bench.classified].sort((a, b) => a - b)).toEqual(numbers(count));
          expect(bench.lies).toEqual([]);
          for (const n of numbers(count)) {
            expect(rowOf(bench, n)).toMatchObject({ state: 'classified', judgedCount: 1, problem: null });
            expect(bench.ledger.history(rowOf(bench, n)!.id)).toHaveLength(1);
          }
          // A scan over which processes died again and again, by chance, was set aside meanwhile, and said so.
          const told = bench.lines.filter(({ error }) => !processCodes.includes(error?.code));
          expect(told.map(({ scan }) => scan).sort()).toEqual(numbers(count).map((n) => `S${n}`));
          expect(bench.troubles.at(-1) ?? null).toBeNull();
        } finally {
          bench.close();
        }
      }),
      { numRuns: 20 },
    );
  }, 180_000);

  it('keeps their order where no scan fails three times in a row by its process', async () => {
    const place = fault(8).filter(({ step, code }) => step === 'put' || (step === 'facts' && code !== 'worker-died'));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 5 }),
        fc.array(place, { maxLength: 3 }),
        fault(2),
        async (count, all, one) => {
          fc.pre(one.code !== 'timed-out');
          const bench = queueBench(worldOf([...all, one]));
          try {
            await judgeAll(bench, count);
            expect(bench.classified).toEqual(numbers(count));
          } finally {
            bench.close();
          }
        },
      ),
      { numRuns: 20 },
    );
  }, 180_000);

  it('sets aside with its reason what takes the process down each time, and judges the rest in order', async () => {
    const poisons = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(poisons, fc.array(fault(2), { maxLength: 2 }), async (poison, all) => {
        // Two faults that meet in one sound scan would fail it three times, and it is set aside, too. A result that is not written
        // though there is room for it counts among them, whatever the library calls it.
        const isOwn = ({ step, code }: Fault): boolean => processCodes.includes(code) || step === 'record';
        const deaths = all.filter(isOwn).map(({ times }) => times);
        fc.pre(deaths.reduce((sum, times) => sum + times, 0) < 3);
        const bench = queueBench(worldOf(all, poison));
        try {
          await judgeAll(bench, 5);
          const sound = numbers(5).filter((n) => !poison.includes(n));
          expect([...bench.classified].sort((a, b) => a - b)).toEqual(sound);
          for (const n of poison) {
            const { state, problem, judgedAt } = rowOf(bench, n)!;
            expect({ state, judgedAt }).toEqual({ state: 'rejected', judgedAt: null });
            expect(processCodes).toContain(problem?.code);
            const lines = bench.lines.filter(({ scan }) => scan === `S${n}`);
            expect(lines).toMatchObject([{ state: 'rejected', error: problem }]);
          }
        } finally {
          bench.close();
        }
      }),
      { numRuns: 20 },
    );
  }, 180_000);

  it('waits while another program holds the ledger, and says so', async () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    const bench = queueBench({ before: () => undefined, ledger: path });
    const other = new DatabaseSync(path);
    other.exec('BEGIN EXCLUSIVE');
    for (const n of [1, 2, 3]) bench.queue.add(factsOf(n), 'seen');
    await eventually(() => bench.troubles.includes('ledger-unavailable'), 'the app is told');
    expect(bench.classified).toEqual([]);
    expect(bench.queue.trouble()?.problem.code).toBe('ledger-unavailable');
    expect(bench.queue.held().map(({ scan, error }) => [scan, error?.code])).toEqual(
      [1, 2, 3].map((n) => [`S${n}`, 'ledger-unavailable']),
    );
    other.exec('COMMIT');
    other.close();
    await bench.queue.idle();
    expect(bench.classified).toEqual([1, 2, 3]);
    expect(bench.troubles.at(-1)).toBeNull();
    bench.close();
  });

  it('makes the volumes of all while the model is missing, and judges them in order once it is there', async () => {
    let missing = true;
    const bench = queueBench({ before: (step) => (step === 'facts' && missing ? fails('model-missing') : undefined) });
    for (const n of [1, 2, 3]) bench.queue.add(factsOf(n), 'seen');
    await eventually(() => [1, 2, 3].every((n) => rowOf(bench, n)?.nexus), 'three volumes');
    for (const n of [1, 2, 3])
      expect(rowOf(bench, n)).toMatchObject({ state: 'waiting', verdict: null, problem: { code: 'model-missing' } });
    expect(bench.lines).toEqual([]);
    missing = false;
    await bench.queue.idle();
    expect(bench.classified).toEqual([1, 2, 3]);
    bench.close();
  });

  it('says that the folder of the results may not be written, waits, and makes it anew where it is gone', async () => {
    const bench = queueBench({ before: () => undefined });
    rmSync(bench.results, { recursive: true });
    writeFileSync(bench.results, 'in the way');
    bench.queue.add(factsOf(1), 'seen');
    await eventually(() => bench.troubles.includes('result-unwritable'), 'the app is told');
    expect(bench.classified).toEqual([]);
    rmSync(bench.results);
    await bench.queue.idle();
    expect(bench.classified).toEqual([1]);
    expect(bench.lies).toEqual([]);
    bench.close();
  });

  it('judges what was refused for its files when they can be read again, though nothing of them has changed', async () => {
    let refused = true;
    const bench = queueBench({
      before: (step) => (step === 'reduce' && refused ? fails('scan-unreadable') : undefined),
    });
    bench.queue.add(factsOf(1), 'seen');
    await eventually(() => rowOf(bench, 1)?.problem ?? undefined, 'it is refused');
    expect(rowOf(bench, 1)).toMatchObject({ state: 'rejected', judgedAt: null });
    await sleep(50);
    // Told once, however often it was looked at.
    expect(bench.lines).toHaveLength(1);
    refused = false;
    await eventually(() => bench.classified.length > 0, 'it is judged');
    await sleep(50);
    expect(bench.classified).toEqual([1]);
    expect(rowOf(bench, 1)).toMatchObject({ state: 'classified', judgedCount: 1, problem: null });
    bench.close();
  });

  it('leaves what waits when it is closed, with the scan under way finished', async () => {
    let go: () => void = () => undefined;
    let begun = false;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const bench = queueBench({
      before: async (step) => {
        begun ||= step === 'reduce';
        if (step === 'reduce') await gate;
      },
    });
    for (const n of [1, 2]) bench.queue.add(factsOf(n), 'seen');
    await eventually(() => begun, 'the first is under way');
    bench.queue.close();
    const idle = bench.queue.idle();
    go();
    await idle;
    expect(bench.classified).toEqual([1]);
    expect(rowOf(bench, 2)).toBeUndefined();
    bench.close();
  });
});

it('passes an alignment scan by without opening it: a thousand of them keep no scan waiting', async () => {
  const met: Step[] = [];
  const bench = queueBench({ before: (step) => void met.push(step) });
  onTestFinished(() => bench.close());
  const count = 1000;
  for (const n of numbers(count))
    bench.queue.add({ ...factsOf(n), title: 'ascan piz 0 1 40 0.1', motor: 'piz', positions: { piz } }, `v${n}`);
  bench.queue.add(factsOf(count + 1), 'v', true);
  await bench.queue.idle();
  expect(met.filter((step) => step === 'print' || step === 'reduce')).toEqual(['print', 'reduce']);
  // Behind the one under way.
  expect(bench.lines.findIndex(({ state }) => state === 'classified')).toBeLessThan(2);
  const others = bench.lines.filter(({ scan }) => scan !== `S${count + 1}`);
  for (const line of others) expect(line).toMatchObject({ state: 'skipped', error: { code: 'not-a-rocking-curve' } });
  expect(bench.lines).toHaveLength(count + 1);
  expect(rowOf(bench, 1)).toMatchObject({ state: 'skipped', judgedCount: 1, madeFrom: { data: null } });
});
