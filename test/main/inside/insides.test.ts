import { writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { insideStateSchema, type InsideOpinion, type InsideState } from '@contract/inside';
import { fresh } from '@main/beamtime/rows';
import type { Verdict } from '@contract/verdict';
import { createInsides } from '@main/inside/insides';
import type { JobControl, JobLine } from '@main/jobs/board';
import { createOrder } from '@main/jobs/order';
import type { LedgerRow } from '@main/ledger/row';
import type { InsideService } from '@main/retrieval/service';
import type { Worker } from '@main/process/worker';
import type { ReduceOptions } from '@main/reading/volume';
import { fakePicture } from '../../e2e/support/fake-inside';
import { judged } from '../../e2e/support/fake-scans';
import { eventually, temporaryFolder } from '../../support/build';
import { factsOf } from '../beamtime/support/scan';

const opinion: InsideOpinion = {
  says: 'none',
  starts: 5,
  agreeing: 5,
  freeError: 0.1,
  bodyNm: 100,
  phaseSpreadRad: 0.3,
  lines: [],
  character: null,
};

const verdict: Verdict = { class: 'screw', defective: 1, probabilities: { perfect: 0, screw: 1, edge: 0 }, sure: true };

const classified = (id: string, number: number): LedgerRow => ({
  ...fresh(id, factsOf(number)),
  state: 'classified',
  nexus: `${id}.nxs`,
  verdict,
  line: { scan: id, source: '/x', format: 'bliss', state: 'classified', warnings: [], verdict },
  judgedAt: `2026-01-01T00:00:0${number}.000Z`,
  madeFrom: { source: 'v1', frames: [9, 9], facts: 'f', data: `frames of ${id}` },
});

interface BenchOptions {
  readonly byItself?: boolean;
  /** A scan that nobody can read. */
  readonly broken?: string;
  /** Looks at the file while somebody writes another scan into it: nothing is found then. */
  readonly torn?: number;
}

/** Scans a, b and c, the last judged last; a worker that finds nothing in any of them, five steps each. */
function bench({ byItself = false, broken, torn = 0 }: BenchOptions = {}) {
  const results = temporaryFolder();
  const rows = new Map(['a', 'b', 'c'].map((id, n) => [id, classified(id, n + 1)]));
  const told: InsideState[] = [];
  const begun: string[] = [];
  const amended: [string, Verdict][] = [];
  const gate = { open: true, judged: Promise.resolve() as Promise<unknown> };
  let [key, steps, looks] = [0, 0, 0];
  const calls: { [K in keyof InsideService]: (...args: Parameters<InsideService[K]>) => unknown } = {
    list: () => (looks++ < torn ? [] : [...rows.values()].map(({ number }) => factsOf(number))),
    begin(ref) {
      const { id } = [...rows.values()].find(({ number }) => number === ref.number)!;
      begun.push(id);
      steps = 0;
      if (id === broken) throw new BraggwatchError('scan-unreadable', ref.source);
      return ++key;
    },
    async step(of) {
      await eventually(() => gate.open, 'the worker may compute');
      if (of !== key) return null;
      steps++;
      return { done: steps - 0.3, pictured: steps, whole: steps === 5, opinion: { ...opinion, starts: steps } };
    },
    picture: () => fakePicture(judged(1, 'perfect'), steps),
    keep: (_, path) => (writeFileSync(path, ''), opinion),
    stop: () => undefined,
    amend: (nexus, _, line) => void amended.push([nexus, line.verdict!]),
    kept: () => fakePicture(judged(1, 'perfect'), 5),
  };
  const worker: Worker<InsideService> = {
    call: async (name, ...args) => (calls[name] as (...given: unknown[]) => never)(...args),
    close: () => undefined,
  };
  let listed: { line: JobLine | null; control: JobControl | undefined } = { line: null, control: undefined };
  const insides = createInsides({
    ...{ worker, results, order: createOrder() },
    board: { tell: (_, line, control) => void (listed = { line, control }) },
    rows: {
      all: () => [...rows.values()],
      get: (id) => rows.get(id),
      put: (row) => (rows.set(row.id, row), insides.changed({ id: row.id }), row),
    },
    optionsFor: () => ({}) as ReduceOptions,
    byItself: () => byItself,
    judged: () => gate.judged,
    onChange: (state) => told.push(insideStateSchema.parse(state)),
  });
  onTestFinished(() => insides.close());
  const ask = (what: 'state' | 'begin' | 'cancel', id: string) =>
    insides.handlers[`inside/${what}`]({ id }) as InsideState;
  const ready = (id: string) => eventually(() => ask('state', id).status === 'ready', `${id} is ready`);
  return { insides, rows, told, begun, amended, gate, ask, ready, results, listed: () => listed };
}

it('looks into the scan that is asked for, tells of each retrieval, keeps what it found and does it once', async () => {
  const { ask, ready, told, rows, begun, insides, gate } = bench();
  expect(ask('state', 'a').status).toBe('none');
  gate.open = false;
  ask('begin', 'a');
  const isTold = (): boolean => told.some(({ status, total }) => status === 'running' && total === 5);
  await eventually(isTold, 'it is told that it runs');
  gate.open = true;
  await ready('a');
  expect(ask('state', 'a')).toMatchObject({ pictured: 5, opinion, done: 0, total: 0 });
  expect(told.at(-1)).toMatchObject({ id: 'a', status: 'ready' });
  expect(rows.get('a')!.inside?.opinion).toEqual(opinion);
  expect(ask('begin', 'a').status).toBe('ready');
  expect(await insides.handlers['inside/picture']({ id: 'a' })).toMatchObject({ id: 'a', pictured: 5 });
  expect(await insides.handlers['inside/picture']({ id: 'b' })).toBeNull();
  expect(begun).toEqual(['a']);
  // Nobody asked for the others.
  expect(ask('state', 'b').status).toBe('none');
});

it('shows the picture as far as it is', async () => {
  const { ask, gate, insides } = bench();
  ask('begin', 'a');
  await eventually(() => ask('state', 'a').pictured > 0, 'a first retrieval');
  gate.open = false;
  const { pictured } = ask('state', 'a');
  const picture = await insides.handlers['inside/picture']({ id: 'a' });
  expect(picture!.pictured).toBeGreaterThanOrEqual(pictured);
  gate.open = true;
});

it('looks into judged scans by itself, the newest first, once nothing waits to be judged', async () => {
  const { insides, begun, gate, ready, ask } = bench({ byItself: true });
  const queue = Promise.withResolvers<undefined>();
  gate.judged = queue.promise;
  insides.nudge();
  expect(ask('state', 'c').status).toBe('waiting');
  expect(ask('state', 'a').status).toBe('waiting');
  expect(begun).toEqual([]);
  queue.resolve(undefined);
  await ready('a');
  expect(begun).toEqual(['c', 'b', 'a']);
});

it('puts what a person asks for before everything else, and goes on with the rest afterwards', async () => {
  const { insides, begun, gate, ready, ask } = bench({ byItself: true });
  gate.open = false;
  insides.nudge();
  await eventually(() => begun.length === 1, 'one began by itself');
  ask('begin', 'b');
  await eventually(() => begun.length === 2, 'another was asked for');
  // The last one that is asked for comes first.
  ask('begin', 'a');
  gate.open = true;
  await ready('a');
  await ready('c');
  expect(begun).toEqual(['c', 'b', 'a', 'b', 'c']);
});

it('does not wait for the queue with a scan that is asked for', async () => {
  const { gate, ready, ask } = bench();
  gate.judged = new Promise(() => undefined);
  ask('begin', 'a');
  await ready('a');
  expect(ask('state', 'a').opinion).toEqual(opinion);
});

it('gives up what is cancelled, and does not begin it by itself again', async () => {
  const { insides, begun, gate, ready, ask } = bench({ byItself: true });
  gate.open = false;
  insides.nudge();
  await eventually(() => begun.length === 1, 'one began by itself');
  expect(ask('cancel', 'c').status).toBe('none');
  gate.open = true;
  await ready('a');
  expect(begun).toEqual(['c', 'b', 'a']);
  expect(ask('state', 'c').status).toBe('none');
});

it('stands in the list of jobs by the name of its scan, with whole retrievals only, and is paused and gone on with there', async () => {
  const { ask, ready, rows, gate, listed } = bench();
  gate.open = false;
  ask('begin', 'a');
  await eventually(() => listed().line?.total === 5, 'it has begun');
  expect(listed().line).toMatchObject({ kind: 'retrieval', name: rows.get('a')!.name, status: 'running', done: 0 });
  listed().control?.pause?.();
  expect(listed().line?.status).toBe('stopped');
  expect(ask('state', 'a').status).toBe('waiting');
  gate.open = true;
  listed().control?.resume?.();
  await ready('a');
  expect(listed().line).toMatchObject({ status: 'done', done: 4, total: 5 });
});

it('gives up all that wait, and takes up what is judged afterwards', async () => {
  const { insides, begun, gate, ready, rows, ask, listed } = bench({ byItself: true });
  gate.open = false;
  insides.nudge();
  await eventually(() => begun.length === 1, 'one began by itself');
  listed().control?.cancel?.();
  gate.open = true;
  expect(['a', 'b', 'c'].map((id) => ask('state', id).status)).toEqual(['none', 'none', 'none']);
  const row = rows.get('b')!;
  rows.set('b', { ...row, madeFrom: { ...row.madeFrom!, data: 'other frames' } });
  insides.changed({ id: 'b' });
  await ready('b');
  expect(begun).toEqual(['c', 'b']);
});

it('says why it failed, goes on with the others, and tries again when asked', async () => {
  const { insides, begun, ready, ask, told } = bench({ byItself: true, broken: 'c' });
  insides.nudge();
  await ready('a');
  expect(ask('state', 'c')).toMatchObject({ status: 'failed', problem: { code: 'scan-unreadable' } });
  expect(told.some(({ id, status }) => id === 'c' && status === 'failed')).toBe(true);
  expect(begun).toEqual(['c', 'b', 'a']);
  ask('begin', 'c');
  await eventually(() => begun.length === 4, 'it is tried again');
});

it('looks again for a scan that is not found in a file which is written to', async () => {
  const { ask, ready, told, begun } = bench({ torn: 2 });
  ask('begin', 'a');
  await ready('a');
  expect(begun).toEqual(['a']);
  expect(told.map(({ status }) => status)).not.toContain('failed');
});

it('makes it again where the verdict was made from other data', async () => {
  const { insides, begun, ready, rows, ask } = bench();
  ask('begin', 'a');
  await ready('a');
  const row = rows.get('a')!;
  rows.set('a', { ...row, madeFrom: { ...row.madeFrom!, data: 'other frames' } });
  insides.changed({ id: 'a' });
  expect(ask('state', 'a').status).toBe('none');
  ask('begin', 'a');
  await ready('a');
  expect(begun).toEqual(['a', 'a']);
});

it('refuses scans without a verdict, and those that nobody knows', () => {
  const { rows, ask } = bench();
  rows.set('a', { ...rows.get('a')!, state: 'arriving', judgedAt: null });
  expect(() => ask('begin', 'a')).toThrow(BraggwatchError);
  expect(() => ask('state', 'nobody')).toThrow(BraggwatchError);
});

it('lays what it finds beside the verdict, in the result, the row and the line; a contradiction makes it unsure', async () => {
  const { ask, ready, rows, amended, insides } = bench();
  ask('begin', 'a');
  await ready('a');
  const unsure = {
    class: 'screw',
    sure: false,
    doubts: ['inside-contradicts'],
    inside: { ...opinion, testimony: 'contradicts' },
  };
  expect(rows.get('a')!.verdict).toMatchObject(unsure);
  expect(rows.get('a')!.line!.verdict).toEqual(rows.get('a')!.verdict);
  expect(amended).toEqual([['a.nxs', rows.get('a')!.verdict]]);
  // Judged again from the same data: it is not looked into again, and is heard all the same.
  rows.set('a', { ...rows.get('a')!, verdict });
  insides.changed({ id: 'a' });
  await eventually(() => rows.get('a')!.verdict!.inside !== undefined, 'it is heard');
  expect(rows.get('a')!.verdict).toMatchObject(unsure);
  expect(amended).toHaveLength(2);
});
