import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { stream } from '@core/random/stream';
import { isFinal } from '@main/beamtime/rows';
import { createBlissScan } from '@main/demo/bliss';
import { simulateScan, writeScan } from '@main/demo';
import { openLedger } from '@main/ledger/ledger';
import { builtCli, temporaryFolder } from '../support/build';

const SCANS = 5;
const KILLS = 10;

/** Writes scans block by block, as a detector does, whoever is killed meanwhile. */
async function beamtime(folder: string, base: string): Promise<void> {
  const { spec } = writeScan(join(base, 'template'));
  for (let number = 1; number <= SCANS; number++) {
    const { header, frames, monitor } = simulateScan({ ...spec, seed: number });
    const writer = createBlissScan(folder, { ...header, number });
    for (let from = 0; from < 41; from += 6) {
      const to = Math.min(41, from + 6);
      writer.append(frames(from, to), monitor(from, to));
      await sleep(250);
    }
    writer.finish();
  }
}

function startApp(folder: string, home: string): ChildProcess {
  const child = spawn(process.execPath, [builtCli, 'watch', folder, '--out', home, '--json'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

it(`judges every scan exactly once, killed ${KILLS} times with kill -9 while the scans arrive`, async () => {
  const base = temporaryFolder();
  const folder = join(base, 'RAW_DATA');
  const home = join(base, 'home');
  mkdirSync(folder);
  const draw = stream(54, 'kills');
  const written = beamtime(folder, base);
  await sleep(200);
  for (let kill = 0; kill < KILLS; kill++) {
    const app = startApp(folder, home);
    await sleep(draw.uniform(300, 2500));
    app.kill('SIGKILL');
    await new Promise((resolve) => app.once('exit', resolve));
  }
  await written;
  startApp(folder, home);
  const path = join(home, 'ledger.sqlite');
  const judged = (): number => {
    if (!existsSync(path)) return 0;
    const ledger = openLedger(path);
    const rows = ledger.all();
    ledger.close();
    return rows.filter(isFinal).length;
  };
  for (let waited = 0; judged() < SCANS && waited < 200; waited++) await sleep(250);

  const ledger = openLedger(path);
  const rows = ledger.all();
  ledger.close();
  expect(rows.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5]);
  for (const row of rows) {
    expect(row).toMatchObject({ state: 'classified', judgedCount: 1, problem: null });
    expect(row.nexus && existsSync(row.nexus)).toBe(true);
  }
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  database.close();
}, 180_000);
