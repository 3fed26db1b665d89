import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { passedOver, tooLarge, unknownLayout } from '@main/beamtime/watch/overlooked';
import { findSources, walk } from '@main/beamtime/watch/walk';
import { watchFolder } from '@main/beamtime/watch/watcher';
import { eventually, temporaryFolder } from '../../../support/build';
import { withoutRights } from '../../../support/rights';

describe('looking for sources', () => {
  it('finds every claimed file and folder once, in order, and enters no claimed folder', () => {
    const root = temporaryFolder();
    const touch = (path: string): void => {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), '');
    };
    for (const path of [
      'pt/pt_0002/pt_0002.h5',
      'pt/pt_0010/pt_0010.h5',
      'pt/pt_0010/scan0001/mpx1x4_0000.h5',
      'AD_S0054/AD_S0054_00000.tif',
      '.hidden/secret.h5',
      'pt/~half.h5',
      'notes.txt',
      'x.npz',
    ]) {
      touch(path);
    }
    symlinkSync(root, join(root, 'pt', 'loop'));
    expect(findSources(root).map(({ path }) => path.slice(root.length + 1))).toEqual([
      'AD_S0054',
      'pt/pt_0002/pt_0002.h5',
      'pt/pt_0010/pt_0010.h5',
      'x.npz',
    ]);
  });

  it('names the files that look like frames and that no reader claims; results of its own and Lima files are none', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'scan0001'));
    for (const name of ['a.he5', 'b.cbf', 'c.tif', 'd.txt', 'e.h5', '.f.nxs', `${'0123456789'.repeat(2)}.nxs`])
      writeFileSync(join(root, name), '');
    writeFileSync(join(root, 'S1_1-a00001.nxs'), '');
    writeFileSync(join(root, 'scan-000001.cbf'), '');
    writeFileSync(join(root, 'scan0001', 'mpx_0000.h5'), '');
    const names = ({ strangers }: ReturnType<typeof walk>): string[] =>
      strangers.map((path) => path.slice(root.length + 1));
    expect(names(walk(root))).toEqual(['a.he5', 'b.cbf', 'c.tif', 'scan-000001.cbf']);
    expect(unknownLayout(root, walk(root))?.message).toContain(`4 files in ${root}: e.g. a.he5, b.cbf, c.tif`);
    expect(unknownLayout(root, { strangers: [], closed: [] })).toBeUndefined();
    // Corrections and frames lie beside a SPEC file in folders of any name.
    writeFileSync(join(root, 'x.spec'), '');
    expect(names(walk(root))).toEqual(['a.he5', 'b.cbf', 'scan-000001.cbf']);
  });

  it('says where it ended in a tree with too many entries', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'a'));
    for (const name of ['a/1.h5', 'a/2.h5', 'a/3.h5', 'b.h5']) writeFileSync(join(root, name), '');
    expect(walk(root, 5).endedAt).toBeUndefined();
    const ended = walk(root, 3);
    expect(ended.sources).toHaveLength(2);
    expect(ended.endedAt).toBe(join(root, 'a/3.h5'));
    expect(tooLarge(root, ended)).toMatchObject({ code: 'folder-too-large' });
    expect(tooLarge(root, walk(root))).toBeUndefined();
  });

  it('does not take a folder that may not be read for an empty one', () => {
    const root = temporaryFolder();
    chmodSync(root, 0o300);
    onTestFinished(() => chmodSync(root, 0o700));
    expect(() => withoutRights(() => findSources(root))).toThrowError(
      expect.objectContaining({ code: 'path-unreadable' }),
    );
  });

  it('tells of folders below that may not be read, and walks the rest', () => {
    const root = temporaryFolder();
    chmodSync(root, 0o755);
    for (const name of ['a', 'b']) mkdirSync(join(root, name));
    for (const name of ['a/1.h5', 'b/2.h5']) writeFileSync(join(root, name), '');
    chmodSync(join(root, 'a'), 0o300);
    onTestFinished(() => chmodSync(join(root, 'a'), 0o700));
    const found = withoutRights(() => walk(root));
    expect(found.sources.map(({ path }) => path)).toEqual([join(root, 'b/2.h5')]);
    expect(found.closed).toEqual([join(root, 'a')]);
    const { closed, layout } = passedOver(root, found);
    expect(closed).toMatchObject({ code: 'path-unreadable' });
    expect(closed!.message).toContain(`1 folder in ${root}: a`);
    expect(layout).toBeUndefined();
  });

  it('says what is missing or unknown', () => {
    expect(() => findSources('/nowhere')).toThrowError(expect.objectContaining({ code: 'path-missing' }));
    const file = join(temporaryFolder(), 'a.txt');
    writeFileSync(file, '');
    expect(() => findSources(file)).toThrowError(expect.objectContaining({ code: 'format-unknown' }));
  });
});

describe('watching', () => {
  /** Longer than any test takes: no sweep but those that something asks for. */
  const NEVER_MS = 1e9;

  it.each([
    ['deleted', (root: string) => rmSync(root, { recursive: true })],
    ['moved away', (root: string) => renameSync(root, `${root}-before`)],
  ])('listens to the folder that takes the place of one that was %s', async (_, away) => {
    const root = join(temporaryFolder(), 'RAW_DATA');
    mkdirSync(root);
    let sweeps = 0;
    const watcher = watchFolder(root, async () => void sweeps++, NEVER_MS);
    onTestFinished(() => watcher.close());
    await eventually(() => sweeps === 1, 'the first sweep');
    // Until it is listened to.
    await eventually(() => {
      writeFileSync(join(root, `before-${Date.now()}`), '');
      return sweeps > 1;
    }, 'a sweep for what lies in the first');
    away(root);
    mkdirSync(root);
    await sleep(600);
    const before = sweeps;
    await eventually(() => {
      writeFileSync(join(root, `${Date.now()}.h5`), '');
      return sweeps > before;
    }, 'a sweep for what lies in the second');
    expect(sweeps).toBeGreaterThan(before);
  });

  it('sweeps at once, after an event and after a nudge; never two sweeps at a time', async () => {
    const root = temporaryFolder();
    let sweeps = 0;
    let running = 0;
    let overlaps = 0;
    const sweep = async (): Promise<void> => {
      if (++running > 1) overlaps++;
      await sleep(30);
      sweeps++;
      running--;
    };
    const watcher = watchFolder(root, sweep, NEVER_MS);
    onTestFinished(() => watcher.close());
    await eventually(() => sweeps === 1, 'the first sweep');
    // Events are taken once the folder is listened to; one more file is one more event.
    let file = 0;
    await eventually(() => {
      writeFileSync(join(root, `${file++}.h5`), '');
      return sweeps >= 2;
    }, 'a sweep after an event');
    const before = sweeps;
    watcher.nudge();
    watcher.nudge();
    await eventually(() => sweeps > before, 'a sweep after a nudge');
    expect(overlaps).toBe(0);
  });

  it('sweeps without any event', async () => {
    let sweeps = 0;
    const watcher = watchFolder(temporaryFolder(), () => Promise.resolve(void sweeps++), 20);
    onTestFinished(() => watcher.close());
    await eventually(() => sweeps >= 3, 'the third sweep');
    expect(sweeps).toBeGreaterThanOrEqual(3);
  });

  it('outlives a folder that is not there yet, vanishes and comes back', async () => {
    const root = join(temporaryFolder(), 'share');
    const there: boolean[] = [];
    const watcher = watchFolder(root, () => Promise.resolve(void there.push(existsSync(root))), 50);
    onTestFinished(() => watcher.close());
    await eventually(() => there.includes(false), 'a sweep without the folder');
    mkdirSync(root);
    await eventually(() => there.includes(true), 'a sweep with it');
    rmSync(root, { recursive: true });
    await eventually(() => there.at(-1) === false, 'a sweep after it vanished');
    mkdirSync(root);
    await eventually(() => there.at(-1) === true, 'a sweep after it came back');
    expect(there.filter((is, n) => is !== there[n - 1])).toEqual([false, true, false, true]);
  });
});
