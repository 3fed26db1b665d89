import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { stream } from '@core/random/stream';
import { isFinal } from '@main/beamtime/rows';
import { createBlissScan } from '@main/demo/bliss';
import { simulateScan, writeScan } from '@main/demo';
import { openLedger } from '@main/ledger/ledger';
import type { LedgerRow } from '@main/ledger/row';
import { builtCli } from '../support/build';
import { longRun } from './support/long-run';

const SCANS = 5;
/** In one beamtime. */
const KILLS = 10;
/** By command: `BRAGGWATCH_KILLS=1000 BRAGGWATCH_RUNS=runs npx vitest run test/fault/kill.test.ts`. */
const ROUNDS = Math.ceil(Number(process.env['BRAGGWATCH_KILLS'] ?? KILLS) / KILLS);

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

/** Kills the app again and again while scans arrive. @returns what is wrong with what it kept */
async function killed(round: number): Promise<string[]> {
  const base = mkdtempSync(join(tmpdir(), 'braggwatch-kills-'));
  const folder = join(base, 'RAW_DATA');
  const home = join(base, 'home');
  mkdirSync(folder);
  const draw = stream(53 + round, 'kills');
  const written = beamtime(folder, base);
  await sleep(200);
  for (let kill = 0; kill < KILLS; kill++) {
    const app = startApp(folder, home);
    await sleep(draw.uniform(300, 2500));
    app.kill('SIGKILL');
    await new Promise((resolve) => app.once('exit', resolve));
  }
  await written;
  const last = startApp(folder, home);
  const path = join(home, 'ledger.sqlite');
  const rows = (): LedgerRow[] => {
    if (!existsSync(path)) return [];
    const ledger = openLedger(path);
    const all = ledger.all();
    ledger.close();
    return all;
  };
  for (let waited = 0; rows().filter(isFinal).length < SCANS && waited < 2400; waited++) await sleep(250);
  last.kill('SIGTERM');
  await new Promise((resolve) => last.once('exit', resolve));

  const wrong: string[] = [];
  const numbers = rows()
    .map(({ number }) => number)
    .sort();
  if (numbers.join() !== '1,2,3,4,5') wrong.push(`scans ${numbers.join()}`);
  for (const { name, state, judgedCount, problem, nexus } of rows()) {
    if (state !== 'classified' || judgedCount !== 1 || problem !== null)
      wrong.push(`${name} is ${state}, judged ${judgedCount} times, ${problem?.code ?? 'no problem'}`);
    if (!nexus || !existsSync(nexus)) wrong.push(`${name} has no result`);
  }
  const half = readdirSync(join(home, 'results')).filter((name) => !name.endsWith('.nxs'));
  if (half.length > 0) wrong.push(`left over: ${half.join()}`);
  const database = new DatabaseSync(path);
  const { integrity_check: checked } = database.prepare('PRAGMA integrity_check').get() ?? {};
  database.close();
  if (checked !== 'ok') wrong.push(`ledger: ${String(checked)}`);
  rmSync(base, { recursive: true, force: true });
  return wrong;
}

it(
  `judges every scan exactly once, killed ${ROUNDS * KILLS} times with kill -9 while the scans arrive`,
  async () => {
    const { done, wrong } = await longRun('kills', ROUNDS, async (round) => ({ wrong: await killed(round), met: [] }));
    expect(wrong).toEqual([]);
    expect(done).toBe(ROUNDS);
  },
  ROUNDS * 800_000,
);
