import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { resultName } from '@main/beamtime/identity';
import { writeScan } from '@main/demo';
import { shippedModels } from '@main/engine/model';
import { openLedger } from '@main/ledger/ledger';
import type { LedgerRow } from '@main/ledger/row';
import { builtCli, eventually, temporaryFolder } from '../../support/build';
import { childrenOf } from '../../support/processes';

/** What is looked at of a verdict line. */
const lineSchema = z.object({ source: z.string(), state: z.string() });

/** `watch` as it is built, and what it has printed so far. */
interface Watching {
  readonly lines: () => readonly z.infer<typeof lineSchema>[];
  readonly told: () => string;
  readonly runs: () => boolean;
  readonly pid: number;
}

function startWatch(folder: string, home: string, ...options: readonly string[]): Watching {
  const child = spawn(process.execPath, [builtCli, 'watch', folder, '--out', home, '--json', ...options], {
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
    pid: child.pid!,
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
  // Nothing that was begun in vain is left beside them.
  expect(readdirSync(join(home, 'results')).sort()).toEqual(rows.map((row) => `${resultName(row)}.nxs`).sort());
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

it('watch outlives results that may not be written, on a disk that has become one to be read only: it is called no full disk', async (context) => {
  const base = temporaryFolder();
  const [folder, home] = [join(base, 'data'), join(base, 'home')];
  const results = join(home, 'results');
  const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0;
  writeScan(join(folder, 'a'), { seed: 1 });
  const watching = startWatch(folder, home);
  await eventually(() => classified(watching).length === 1, 'the first verdict', 90);
  if (!mount('--bind', results, results)) context.skip('this process may not mount a disk');
  onTestFinished(() => void spawnSync('umount', ['-l', results]));
  expect(mount('-o', 'remount,bind,ro', results)).toBe(true);

  for (const name of ['b', 'c']) writeScan(join(folder, name), { seed: 2 });
  await eventually(() => watching.told().includes('result-unwritable'), 'it says so', 90);
  await sleep(3000);
  expect(watching.told()).not.toContain('disk-full');
  expect(classified(watching)).toHaveLength(1);

  expect(mount('-o', 'remount,bind,rw', results)).toBe(true);
  await eventually(() => classified(watching).length === 3, 'the verdicts of all', 90);
  expect(watching.told()).not.toContain('internal');
  expectKept(home, 3);
}, 300_000);

it('watch outlives a model that is damaged when it is read again: volumes wait, and are judged once it is mended', async () => {
  const base = temporaryFolder();
  const [folder, home, model] = [join(base, 'data'), join(base, 'home'), join(base, 'model')];
  cpSync(join(shippedModels(), 'three-class'), model, { recursive: true });
  writeScan(join(folder, 'a'), { seed: 1 });
  const watching = startWatch(folder, home, '--model', model);
  await eventually(() => classified(watching).length === 1, 'the first verdict', 90);

  const weights = readFileSync(join(model, 'model.onnx'));
  writeFileSync(join(model, 'model.onnx'), weights.subarray(0, weights.length / 2));
  const engines = childrenOf(watching.pid).filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine-worker'),
  );
  expect(engines.length).toBeGreaterThan(0);
  for (const pid of engines) process.kill(pid, 'SIGKILL');
  for (const name of ['b', 'c']) writeScan(join(folder, name), { seed: 2 });
  await eventually(() => watching.told().includes('model-invalid'), 'it says so', 90);
  await sleep(3000);
  expect(classified(watching)).toHaveLength(1);

  writeFileSync(join(model, 'model.onnx'), weights);
  await eventually(() => classified(watching).length === 3, 'the verdicts of all', 90);
  expectKept(home, 3);
}, 300_000);
