import { mkdirSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ScanSummary } from '@contract/scan';
import { createBlissScan } from '@main/demo/bliss';
import { simulateScan, writeScan } from '@main/demo';
import { scanId } from '@main/beamtime/identity';
import { openLedger } from '@main/ledger/ledger';
import { simulatedClasses } from '@vocabulary/classes';
import { eventually, temporaryFolder } from '../support/build';
import { changeOf, takenFrom, type Change, type Taken } from './support/figures';
import { serveBuilt } from './support/served';

/** By command: `BRAGGWATCH_SOAK=2000 BRAGGWATCH_RUNS=runs npx vitest run test/fault/soak.test.ts`; beside it how many an hour. */
const SCANS = Number(process.env['BRAGGWATCH_SOAK'] ?? 16);
/** As fast as they are judged when left out. */
const GAP_MS = 3_600_000 / Number(process.env['BRAGGWATCH_SOAK_PER_HOUR'] ?? Infinity);
/** Written and not judged. */
const AHEAD = 2;
const PER_DATASET = 20;
/** Samples of memory and handles in a run. */
const SAMPLES = Math.min(SCANS, 200);
/** A day's scans at a busy beamline; a run of fewer says little of a day. */
const DAY = 1000;
/** A day's growth of a process, part of its memory. */
const GROWTH = 0.05;

/** A scan that was written, by its id, and when its last byte was. */
interface Written {
  readonly id: string;
  readonly at: number;
}

/** Writes numbered scans of a few crystals, each as a detector does. */
function createWriter(folder: string, base: string): (n: number) => Written {
  const { spec } = writeScan(join(base, 'template'));
  const crystals = simulatedClasses
    .filter((defect) => defect !== 'other')
    .map((defect, seed) => {
      const { header, frames, monitor } = simulateScan({ ...spec, defect, seed: seed + 1 });
      return { header, counts: frames(0, spec.frames), monitor: monitor(0, spec.frames) };
    });
  return (n) => {
    const { header, counts, monitor } = crystals[n % crystals.length]!;
    const dataset = String(1 + Math.floor(n / PER_DATASET)).padStart(4, '0');
    const number = 1 + (n % PER_DATASET);
    const writer = createBlissScan(folder, { ...header, dataset, number });
    writer.append(counts, monitor);
    writer.finish();
    return { id: scanId({ source: writer.master, number }), at: Date.now() };
  };
}

/** Of the processes that run one script, together: what they take at the beginning and at the end. */
function changes(samples: readonly (readonly Taken[])[]) {
  const names = new Set(samples.flat().map(({ process }) => process));
  return Object.fromEntries(
    [...names].map((name) => {
      const taken = samples.map((all) => all.filter(({ process }) => process === name)).filter(({ length }) => length);
      const summed = (of: 'memoryMb' | 'handles'): Change =>
        changeOf(taken.map((all) => all.reduce((sum, each) => sum + each[of], 0)));
      const started = new Set(taken.flat().map(({ pid }) => pid)).size;
      return [name, { started, memoryMb: summed('memoryMb'), handles: summed('handles') }];
    }),
  );
}

it(
  `judges ${SCANS} scans once each while a page looks on, and takes no more at the end than at the beginning`,
  async () => {
    const base = temporaryFolder();
    const [folder, home] = [join(base, 'RAW_DATA'), join(base, 'home')];
    mkdirSync(folder);
    const write = createWriter(folder, base);
    const judged = new Map<string, number>();
    const latest: ScanSummary[] = [];
    const refused: string[] = [];
    const app = await serveBuilt(folder, home, (scan) => {
      if (scan.state === 'rejected') refused.push(`${scan.scan}: ${scan.problem?.message ?? ''}`);
      if (scan.state !== 'classified' || judged.has(scan.id)) return;
      judged.set(scan.id, Date.now());
      latest.push(scan);
    });
    const samples: Taken[][] = [];
    const written: Written[] = [];
    const begun = Date.now();
    for (let n = 0; n < SCANS; n++) {
      written.push(write(n));
      // A run of thousands takes its time; one scan does not.
      await eventually(() => judged.size >= n + 1 - AHEAD, `scan ${n - AHEAD} is judged`, 300);
      // Who follows the newest looks at it.
      for (const { id } of latest.splice(0)) {
        await app.request('scans/detail', { id });
        await app.request('scans/volume', { id });
      }
      if (n % Math.ceil(SCANS / SAMPLES) === 0) samples.push(takenFrom(app.pid));
      if (n > 0 && n % 100 === 0) process.stderr.write(`soak: ${n} of ${SCANS}\n`);
      await sleep(Math.max(0, begun + (n + 1) * GAP_MS - Date.now()));
    }
    await eventually(() => judged.size === SCANS, 'all are judged', 300);
    samples.push(takenFrom(app.pid));
    const latencies = written.map(({ id, at }) => judged.get(id)! - at);
    await app.end();

    const figures = {
      scans: SCANS,
      hours: (Date.now() - begun) / 3_600_000,
      latencyMs: changeOf(latencies),
      processes: changes(samples),
    };
    process.stderr.write(`soak: ${JSON.stringify(figures, undefined, 2)}\n`);
    const runs = process.env['BRAGGWATCH_RUNS'];
    if (runs) writeFileSync(join(runs, 'soak.json'), JSON.stringify({ figures, samples, latencies }));

    const ledger = openLedger(join(home, 'ledger.sqlite'));
    const rows = ledger.all();
    ledger.close();
    expect(refused).toEqual([]);
    expect(rows).toHaveLength(SCANS);
    expect(rows.filter(({ judgedCount, nexus }) => judgedCount !== 1 || !nexus || !existsSync(nexus))).toEqual([]);
    for (const [name, { handles, memoryMb }] of Object.entries(figures.processes)) {
      expect(handles.last - handles.first, `handles of ${name}`).toBeLessThan(10);
      if (SCANS < DAY) continue;
      expect(memoryMb.growth, `memory of ${name}`).toBeLessThan((GROWTH * SCANS) / DAY);
    }
  },
  SCANS * 60_000 + 300_000,
);
