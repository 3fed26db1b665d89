import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stream } from '@core/random/stream';
import { scanId } from '@main/beamtime/identity';
import { createBench, finals } from '../../fault/schedules/bench';
import { makers } from '../../fault/schedules/play';
import { temporaryFolder } from '../../support/build';

/** Looks after a step, ms: as close as events bring them, then far apart. */
const RESTS = [150, 150, 2000, 3000, 6000, 60_000, 600_000];

const seed = 14;
const named = makers.map((make, k) => [make('', '', stream(seed, 'name', k)).what, make] as const);

describe('a scan that is half written', () => {
  it.each(named)('gets no final verdict however long it rests, and one once it is whole: %s', async (what, make) => {
    const base = temporaryFolder();
    const folder = join(base, 'data');
    mkdirSync(folder);
    const bench = createBench(folder, join(base, 'results'));
    const { source, number, steps, truth } = make(folder, 'scan', stream(seed, what));
    for (const [k, { run, within = Infinity }] of steps.entries()) {
      run();
      if (k === steps.length - 1) break;
      // Most steps are like the one before: of these some, and all of the last.
      if (k % 4 > 0 && k < steps.length - 6) continue;
      let waited = 0;
      for (const rest of RESTS) {
        if (waited + rest > within) break;
        bench.pass(rest);
        waited += rest;
        await bench.sweep();
      }
      expect(finals(bench.told), `after step ${k} of ${steps.length}`).toEqual([]);
      const partial = bench.rows.get(scanId({ source, number }));
      if (partial) expect(partial).toMatchObject({ judgedAt: null });
    }
    for (let look = 0; look < 40; look++) {
      await bench.sweep();
      bench.pass(2000);
    }
    expect(finals(bench.told).map(({ digest }) => digest)).toEqual([truth]);
    expect(bench.rows.get(scanId({ source, number }))).toMatchObject({ state: 'classified', judgedCount: 1 });
  });
});
