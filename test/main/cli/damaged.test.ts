import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { printedLineSchema } from '@contract/printed-line';
import { writeScan } from '@main/demo';
import { builtCli, temporaryFolder } from '../../support/build';
import { runCli } from '../../support/cli';

const linesOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => printedLineSchema.parse(JSON.parse(line)));

/** Makes HDF5's first block one that no version has. */
function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes[8] = 236;
  writeFileSync(path, bytes);
}

it('a damaged file has a line of its own in watch, beside the scans that can be read', () => {
  const folder = temporaryFolder();
  const home = temporaryFolder();
  const { master } = writeScan(folder, { points: 64 });
  const broken = join(dirname(master), 'broken.h5');
  copyFileSync(master, broken);
  damage(broken);
  const args = ['watch', folder, '--until-idle', '3', '--out', home, '--json'];
  const ran = runCli(args);
  expect(ran.code).toBe(4);
  const lines = linesOf(ran.out);
  expect(lines.map(({ source, state }) => [source, state]).sort()).toEqual([
    [broken, 'rejected'],
    [master, 'classified'],
  ]);
  expect(lines.find(({ state }) => state === 'rejected')!.error!.code).toBe('scan-unreadable');
  // What was said by an earlier run is not said again.
  expect(runCli(args)).toMatchObject({ code: 0, out: '' });
}, 120_000);

it('a file that was damaged and is mended while it is watched counts as judged', async () => {
  const folder = temporaryFolder();
  const { master } = writeScan(folder, { points: 64 });
  const sound = join(temporaryFolder(), 'sound.h5');
  copyFileSync(master, sound);
  damage(master);
  const args = ['watch', folder, '--until-idle', '20', '--out', temporaryFolder(), '--json'];
  const child = spawn(process.execPath, [builtCli, ...args]);
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (linesOf(out).length === 1) renameSync(sound, master);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(linesOf(out).map(({ state }) => state)).toEqual(['rejected', 'classified']);
  expect(code).toBe(0);
}, 180_000);
