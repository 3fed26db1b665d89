import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stream, type RandomStream } from '@core/random/stream';
import { scanId } from '@main/beamtime/identity';
import { createBench, finals, type Bench } from './bench';
import { blissMakers } from './bliss';
import { specMakers } from './spec';
import { stackMakers } from './stacks';
import type { Maker, Writing } from './writer';

export const makers: readonly Maker[] = [...blissMakers, ...specMakers, ...stackMakers];

/** What went wrong with a scan of a schedule; nothing where all is as it must be. */
export interface Outcome {
  readonly what: string;
  /** Final verdicts before the last byte, or on other counts than the scan's. */
  readonly early: number;
  readonly missed: number;
  readonly doubled: number;
}

const EVENT_MS = 150;
const SWEEP_MS = 2000;
/** Longer than any rest that the program waits for. */
const AFTERWARDS_MS = 90_000;

/** Most pauses are short, some are longer than any rest. */
function pause(draw: RandomStream, within = Infinity): number {
  const kind = draw.uniform();
  const ms =
    kind < 0.75 ? draw.uniform(20, 2000) : kind < 0.93 ? draw.uniform(2000, 12_000) : draw.uniform(12_000, 600_000);
  return Math.min(ms, within);
}

interface Hand {
  readonly writing: Writing;
  step: number;
  at: number;
  endedAt: number;
}

/** Lets the writers write, each at its own pace, and the program look when it likes. */
async function play(bench: Bench, hands: readonly Hand[], draw: RandomStream): Promise<void> {
  let [sweepAt, idle] = [draw.uniform(0, SWEEP_MS), SWEEP_MS];
  for (let over = Infinity; bench.now() < over;) {
    const writing = hands.filter(({ step, writing: { steps } }) => step < steps.length);
    const next = writing.toSorted((a, b) => a.at - b.at)[0];
    if (!next && over === Infinity) over = bench.now() + AFTERWARDS_MS;
    bench.pass(Math.max(0, Math.min(next?.at ?? Infinity, sweepAt) - bench.now()));
    if (next && next.at <= sweepAt) {
      const { run, within } = next.writing.steps[next.step++]!;
      run();
      next.endedAt = bench.now();
      next.at = bench.now() + pause(draw, within);
      // Some file systems tell of what is written, some do not.
      if (draw.uniform() < 0.5) sweepAt = Math.min(sweepAt, bench.now() + EVENT_MS);
      idle = SWEEP_MS;
    } else {
      await bench.sweep();
      sweepAt = bench.now() + idle;
      // Nothing happens for long: fewer looks tell the same.
      if (!next || next.at > bench.now() + 10_000) idle = Math.min(idle * 2, 30_000);
    }
  }
}

function judge(bench: Bench, { writing, endedAt }: Hand): Outcome {
  const { source, number, truth, what } = writing;
  const row = bench.rows.get(scanId({ source, number }));
  const told = finals(bench.told).filter(({ line }) => line.source === source);
  const early = told.filter(({ at, digest }) => at < endedAt || digest !== truth).length;
  const judged = row?.judgedCount ?? 0;
  return { what, early, missed: judged === 0 || row?.state !== 'classified' ? 1 : 0, doubled: Math.max(0, judged - 1) };
}

/** One random schedule: one to three scans, of random formats, written at once into one folder. */
export async function schedule(seed: number, of: readonly Maker[] = makers): Promise<readonly Outcome[]> {
  const draw = stream(seed, 'schedules');
  const base = mkdtempSync(join(tmpdir(), 'braggwatch-schedule-'));
  const folder = join(base, 'data');
  mkdirSync(folder);
  const bench = createBench(folder, join(base, 'results'));
  try {
    const hands = Array.from({ length: 1 + draw.integer(3) }, (_, k): Hand => {
      const make = of[draw.integer(of.length)]!;
      return {
        writing: make(join(folder, `s${k}`), `scan_${k}`, draw),
        step: 0,
        at: draw.uniform(0, 4000),
        endedAt: 0,
      };
    });
    await play(bench, hands, draw);
    return hands.map((hand) => judge(bench, hand));
  } finally {
    bench.ledger.close();
    rmSync(base, { recursive: true, force: true });
  }
}
