import fc from 'fast-check';
import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createFolderMemory, type FolderMemory } from '@main/beamtime/watch/memory';
import { walk, walkBreathing, type Walked } from '@main/beamtime/watch/walk';
import { temporaryFolder } from '../../../support/build';

/** A tree that is large enough to be remembered: entries that nobody has to do with, and two scans. */
function largeTree(): string {
  const root = temporaryFolder();
  for (const folder of ['a', 'a/deep', 'b']) {
    mkdirSync(join(root, folder));
    for (let k = 0; k < 2000; k++) writeFileSync(join(root, folder, `${k}.tmp`), '');
  }
  writeFileSync(join(root, 'a', '1.h5'), '');
  writeFileSync(join(root, 'b', 'x.npz'), '');
  return root;
}

/** A clock that is moved by hand, and a memory that goes by it. */
function remembering(): { readonly memory: FolderMemory<Walked>; pass(ms: number): void } {
  let now = 0;
  return { memory: createFolderMemory(() => now), pass: (ms) => void (now += ms) };
}

/** Walked so often, two seconds apart, that all of it is remembered. */
async function settled(root: string): Promise<ReturnType<typeof remembering> & { readonly last: Walked }> {
  const { memory, pass } = remembering();
  let last = await walkBreathing(root, [], memory);
  for (let k = 0; k < 3; k++) {
    pass(2000);
    last = await walkBreathing(root, [], memory);
  }
  return { memory, pass, last };
}

describe('the memory of a large tree', () => {
  it('gives the same walk without reading a folder that has rested', async () => {
    const root = largeTree();
    const { memory, pass, last } = await settled(root);
    expect(last).toEqual(walk(root));
    pass(2000);
    expect(await walkBreathing(root, [], memory)).toBe(last);
  });

  it('believes a folder only once its times have been the same for longer than any clock ticks, and not for long', async () => {
    const root = largeTree();
    const { memory, pass } = remembering();
    const first = await walkBreathing(root, [], memory);
    pass(2000);
    // What came in the tick of the first reading would not show in the folder's times.
    const second = await walkBreathing(root, [], memory);
    expect(second).not.toBe(first);
    pass(2000);
    const third = await walkBreathing(root, [], memory);
    expect(third).not.toBe(second);
    pass(2000);
    expect(await walkBreathing(root, [], memory)).toBe(third);
    pass(20_000);
    expect(await walkBreathing(root, [], memory)).not.toBe(third);
  });

  it('does not remember where links lead', async () => {
    const root = largeTree();
    const elsewhere = join(root, 'a', 'deep');
    symlinkSync(join(root, 'missing.h5'), join(root, 'link.h5'));
    const { memory, pass, last } = await settled(root);
    expect(last.irregular).toEqual([join(root, 'link.h5')]);
    writeFileSync(join(elsewhere, 'come.h5'), '');
    rmSync(join(root, 'link.h5'));
    symlinkSync(join(elsewhere, 'come.h5'), join(root, 'link.h5'));
    pass(2000);
    expect(await walkBreathing(root, [], memory)).toEqual(walk(root));
  });

  it('finds what a walk without memory finds, whatever is made, moved and taken away in between', async () => {
    const root = largeTree();
    const folders = ['', 'a', 'a/deep', 'b', 'new', 'a/deep/er'];
    const name = fc.constantFrom('s1.h5', 's2.cxi', 'x.npz', 'mask_x.npz', 'y.cbf', 'notes.txt', 'r_S0001');
    const deed = fc.record({
      folder: fc.constantFrom(...folders),
      name,
      what: fc.constantFrom('make', 'take', 'folder', 'move', 'drop'),
      pause: fc.integer({ min: 0, max: 9000 }),
    });
    const { memory, pass } = await settled(root);
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 4 }), async (deeds) => {
        for (const { folder, name: to, what, pause } of deeds) {
          const into = join(root, folder);
          if (what !== 'drop') mkdirSync(into, { recursive: true });
          const path = join(into, to);
          if (what !== 'drop') rmSync(path, { recursive: true, force: true });
          if (what === 'make') writeFileSync(path, '');
          if (what === 'folder') mkdirSync(path);
          if (what === 'move') {
            writeFileSync(`${path}.part`, '');
            renameSync(`${path}.part`, path);
          }
          if (what === 'drop' && folder === 'new') rmSync(into, { recursive: true, force: true });
          pass(pause);
          // Real clocks of file systems tick in steps of some milliseconds; the memory's own is moved by hand.
          await sleep(12);
          expect(await walkBreathing(root, [], memory)).toEqual(walk(root));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('does not believe a walk in which a folder could not be read for a moment', () => {
    const { memory, pass } = remembering();
    const whole = temporaryFolder();
    const failing = temporaryFolder();
    const found: Walked = { sources: [], strangers: [], others: [], closed: [] };
    const large = { entries: 10_000, results: 0, noted: [] };
    const ended = <T>(steps: Generator<void, T>): T => {
      let step = steps.next();
      while (!step.done) step = steps.next();
      return step.value;
    };
    const walked = (isFailing: boolean): void => {
      ended(
        memory.look(whole, function* () {
          yield;
          return large;
        }),
      );
      ended(
        memory.look(failing, function* () {
          yield;
          return isFailing ? undefined : large;
        }),
      );
      memory.walked(found);
      pass(2000);
    };
    for (let k = 0; k < 3; k++) walked(false);
    expect(ended(memory.still())).toBe(found);
    // Its times have changed, so it is read, in vain.
    writeFileSync(join(failing, 'late.h5'), '');
    walked(true);
    expect(ended(memory.still())).toBeUndefined();
  });

  it('takes a folder whose times were set back for another', async () => {
    const root = largeTree();
    const { memory, pass } = await settled(root);
    const past = new Date(2020, 1, 1);
    utimesSync(join(root, 'b'), past, past);
    writeFileSync(join(root, 'b', 'late.h5'), '');
    utimesSync(join(root, 'b'), past, past);
    pass(2000);
    const { sources } = await walkBreathing(root, [], memory);
    expect(sources.map(({ path }) => path)).toContain(join(root, 'b', 'late.h5'));
  });
});
