import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenTo } from '@main/beamtime/watch/events';
import { eventually, temporaryFolder } from '../../../support/build';

/** Whether a deed below a folder that is listened to is heard. It is done again until then, for a watch takes a moment. */
function listening(root: string): (deed: (attempt: number) => void, what: string) => Promise<boolean> {
  let heard = 0;
  const events = listenTo(root, () => heard++);
  onTestFinished(() => events.close());
  return async (deed, what) => {
    let [attempt, before] = [0, -1];
    // What came before is heard out.
    while (before !== heard) {
      before = heard;
      await sleep(100);
    }
    await eventually(() => {
      if (heard === before) deed(attempt++);
      return heard > before;
    }, what);
    return true;
  };
}

describe('listening to a folder', () => {
  it('hears files that come, grow and go, in it and below', async () => {
    const root = temporaryFolder();
    const below = join(root, 'sample', 'dataset');
    mkdirSync(below, { recursive: true });
    const hears = listening(root);
    expect(await hears((n) => writeFileSync(join(root, `${n}.h5`), ''), 'a file')).toBe(true);
    expect(await hears((n) => writeFileSync(join(below, `${n}.h5`), ''), 'a file below')).toBe(true);
    expect(await hears(() => appendFileSync(join(below, '0.h5'), 'more'), 'one that grows')).toBe(true);
    const come = (n: number): string => join(below, `gone-${n}`);
    expect(await hears((n) => writeFileSync(come(n), ''), 'one that is to go')).toBe(true);
    expect(await hears((n) => rmSync(come(n), { force: true }), 'one that goes')).toBe(true);
  });

  it('hears what happens in folders that come later, are moved in, or take the place of others', async () => {
    const root = temporaryFolder();
    const [outside, away] = [temporaryFolder(), temporaryFolder()];
    const hears = listening(root);
    const made = join(root, 'made', 'deep');
    expect(await hears(() => mkdirSync(made, { recursive: true }), 'a folder')).toBe(true);
    expect(await hears((n) => writeFileSync(join(made, `${n}.h5`), ''), 'a file in what came with it')).toBe(true);
    mkdirSync(join(outside, 'deep'), { recursive: true });
    renameSync(join(root, 'made'), join(away, 'made'));
    renameSync(outside, join(root, 'made'));
    expect(await hears((n) => writeFileSync(join(made, `${n}.h5`), ''), 'a file in what took its place')).toBe(true);
  });

  it('hears nothing any more once it is closed', async () => {
    const root = temporaryFolder();
    let heard = 0;
    const events = listenTo(root, () => heard++);
    await eventually(() => {
      writeFileSync(join(root, `${heard}`), String(Date.now()));
      return heard > 0;
    }, 'a first event');
    events.close();
    const before = heard;
    writeFileSync(join(root, 'late'), '');
    const other = listenTo(root, () => (heard = Infinity));
    onTestFinished(() => other.close());
    expect(before).toBeGreaterThan(0);
    await eventually(() => {
      if (heard === before) writeFileSync(join(root, 'later'), String(Date.now()));
      return heard === Infinity;
    }, 'what another hears');
    expect(heard).toBe(Infinity);
  });
});
