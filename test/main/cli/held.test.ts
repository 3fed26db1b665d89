import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { writeScan } from '@main/demo';
import { openLedger } from '@main/ledger/ledger';
import type { LedgerRow } from '@main/ledger/row';
import { builtCli, eventually, temporaryFolder } from '../../support/build';

/** What is looked at of a verdict line. */
const lineSchema = z.object({ source: z.string(), state: z.string() });

/** `watch` as it is built, and what it has printed so far. */
interface Watching {
  readonly lines: () => readonly z.infer<typeof lineSchema>[];
  readonly told: () => string;
  readonly runs: () => boolean;
}

function startWatch(folder: string, home: string): Watching {
  const child = spawn(process.execPath, [builtCli, 'watch', folder, '--out', home, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += String(text)));
  child.stderr.on('data', (text: Buffer) => (err += String(text)));
  return {
    lines: () =>
      out
        .split('\n')
        .slice(0, -1)
        .map((line) => lineSchema.parse(JSON.parse(line))),
    told: () => err,
    runs: () => child.exitCode === null && child.signalCode === null,
  };
}

const classified = ({ lines }: Watching): string[] =>
  lines()
    .filter(({ state }) => state === 'classified')
    .map(({ source }) => source);

function rowsOf(home: string): readonly LedgerRow[] {
  const ledger = openLedger(join(home, 'ledger.sqlite'));
  const rows = ledger.all();
  ledger.close();
  return rows;
}

/** Every scan has one verdict, and each verdict's result is on disk. */
function expectKept(home: string, scans: number): void {
  const rows = rowsOf(home);
  expect(rows).toHaveLength(scans);
  for (const row of rows) {
    expect(row).toMatchObject({ state: 'classified', judgedCount: 1, problem: null });
    expect(row.nexus && existsSync(row.nexus)).toBe(true);
  }
}

it('watch outlives a ledger that another program holds: nothing is called classified meanwhile, and all of it is afterwards', async () => {
  const base = temporaryFolder();
  const [folder, home] = [join(base, 'data'), join(base, 'home')];
  writeScan(join(folder, 'a'), { seed: 1 });
  const watching = startWatch(folder, home);
  await eventually(() => classified(watching).length === 1, 'the first verdict', 90);

  const other = new DatabaseSync(join(home, 'ledger.sqlite'));
  await eventually(() => {
    try {
      other.exec('BEGIN EXCLUSIVE');
      return true;
    } catch {
      return false;
    }
  }, 'the lock');
  for (const name of ['b', 'c']) writeScan(join(folder, name), { seed: 2 });
  await eventually(() => watching.told().includes('ledger-unavailable'), 'it says what is missing', 90);
  await sleep(3000);
  expect(classified(watching)).toHaveLength(1);
  expect(watching.runs()).toBe(true);

  other.exec('COMMIT');
  other.close();
  await eventually(() => classified(watching).length === 3, 'the verdicts of all', 90);
  expect(new Set(classified(watching)).size).toBe(3);
  expectKept(home, 3);
}, 300_000);

it('watch outlives a disk without space: nothing is called classified whose result is not on it, and all of it is once there is some', async (context) => {
  const base = temporaryFolder();
  const [folder, home] = [join(base, 'data'), join(base, 'home')];
  mkdirSync(home);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', home]).status !== 0)
    context.skip('this process may not mount a disk');
  onTestFinished(() => void spawnSync('umount', ['-l', home]));
  writeScan(join(folder, 'a'), { seed: 1 });
  const watching = startWatch(folder, home);
  await eventually(() => classified(watching).length === 1, 'the first verdict', 90);

  const filler = join(home, 'filler');
  try {
    writeFileSync(filler, Buffer.alloc(24 << 20));
  } catch {
    // As much as there was room for.
  }
  for (const name of ['b', 'c']) writeScan(join(folder, name), { seed: 2 });
  await eventually(() => /disk-full|ledger-unavailable|result-unwritable/.test(watching.told()), 'it says so', 90);
  await sleep(3000);
  expect(classified(watching)).toHaveLength(1);
  expect(watching.runs()).toBe(true);

  rmSync(filler);
  await eventually(() => classified(watching).length === 3, 'the verdicts of all', 90);
  expectKept(home, 3);
}, 300_000);
