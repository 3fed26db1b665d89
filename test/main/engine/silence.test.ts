import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { builtCli, temporaryFolder } from '../../support/build';
import { fixture } from '../../support/fixtures';
import { writeNoiseSet } from '../../support/noise-set';
import { noTrace, watchedRun, type Watched } from '../../support/watched-run';

/*
 * onnxruntime's own telemetry is on unless it is told otherwise: it looks up an outside host, keeps a device id and a queue of events in
 * the user's cache folder, and leaves a debug file in the temporary folder. Nothing of it may happen, in whichever process it is loaded.
 */
const options = { epochs: 1, batch: 4, seed: 3, stride: 2 };

/** Nothing lies in the user's folders, no process spoke to a network, and what was made lies in `allowed`. */
function expectSilent(watched: Watched, allowed: string): void {
  expect(watched.left).toEqual([]);
  expect(watched.sockets).toEqual([]);
  expect(watched.made.filter((path) => !path.startsWith(allowed) && !path.startsWith('/dev/'))).toEqual([]);
  if (!noTrace) expect(watched.made.length).toBeGreaterThan(0);
}

it('what is forbidden would be seen: a file in the cache, one elsewhere, a call to a host', async () => {
  const [place, elsewhere] = [temporaryFolder(), temporaryFolder()];
  const code = `
    const [fs, path] = [require('node:fs'), require('node:path')];
    fs.writeFileSync(path.join(process.env.XDG_CACHE_HOME, 'id'), '');
    fs.writeFileSync(${JSON.stringify(join(elsewhere, 'queue'))}, '');
    require('node:net').connect(9, '127.0.0.1').on('error', () => process.exit(0)).on('connect', () => process.exit(0));`;
  const ran = await watchedRun(place, ['-e', code]);
  expect(ran.left).toEqual([join(place, 'cache', 'id')]);
  if (noTrace) return;
  expect(ran.made).toEqual([join(place, 'cache', 'id'), join(elsewhere, 'queue')]);
  expect(ran.sockets.length).toBeGreaterThan(1);
});

describe(`a process that loads onnxruntime calls nobody and writes only what is named${noTrace ? ' (no strace: files alone)' : ''}`, () => {
  it('classify: the engine’s process', async () => {
    const [place, results] = [temporaryFolder(), temporaryFolder()];
    const ran = await watchedRun(place, [builtCli, 'classify', fixture('scan54/spec'), '--json', '--out', results]);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain('"state":"classified"');
    expectSilent(ran, results);
  });

  it('train: the command’s own process, its threads, and the one that tries the engines', async () => {
    const [place, results] = [temporaryFolder(), temporaryFolder()];
    const [set, out] = [join(results, 'set'), join(results, 'model')];
    writeNoiseSet(set);
    const how = ['--network', 'three-class', '--epochs', '1', '--batch', '4', '--threads', '2'];
    const ran = await watchedRun(place, [builtCli, 'train', set, '--out', out, ...how]);
    expect(ran.code, ran.err).toBe(0);
    expectSilent(ran, results);
  });

  it('the Train panel’s process and its threads', async () => {
    const [place, results] = [temporaryFolder(), temporaryFolder()];
    const set = join(results, 'set');
    writeNoiseSet(set);
    const job = { dataset: set, out: join(results, 'model'), network: 'three-class', options };
    const driver = fileURLToPath(new URL('../../support/drive-training.mjs', import.meta.url));
    const ran = await watchedRun(place, [driver, join(dirname(builtCli), 'train-worker.js'), JSON.stringify(job)]);
    expect(ran.out, ran.err).toContain('"done"');
    expectSilent(ran, results);
  });

  it.skipIf(noTrace)('bench network: up to its first training step', async () => {
    const place = temporaryFolder();
    let seen = 0;
    // The threads are begun before the first measurement; a few looks later they are at work.
    const ran = await watchedRun(place, [builtCli, 'bench', 'network'], (record) => {
      if (record.includes('gradient-thread.js')) seen++;
      return seen > 6;
    });
    expect(seen, ran.err).toBeGreaterThan(6);
    expect([ran.left, ran.sockets]).toEqual([[], []]);
  });
});
