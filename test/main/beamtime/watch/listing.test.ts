import fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sorted } from '@main/beamtime/watch/listing';
import { walk, walkBreathing } from '@main/beamtime/watch/walk';
import { temporaryFolder } from '../../../support/build';

it('sorts step by step as it would be sorted at once, equal ones as they came', () => {
  const pairs = fc.array(fc.tuple(fc.nat(200), fc.nat()), { maxLength: 2000 });
  fc.assert(
    fc.property(pairs, (items) => {
      const steps = sorted(items, ([a], [b]) => a - b);
      let step = steps.next();
      while (!step.done) step = steps.next();
      expect(step.value).toEqual(items.toSorted(([a], [b]) => a - b));
    }),
    { numRuns: 50 },
  );
});

it('a large folder is walked as a command walks it, in name order, and other work is done meanwhile', async () => {
  const root = temporaryFolder();
  const folders = ['s10', 's2'];
  for (const folder of folders) {
    mkdirSync(join(root, folder));
    for (let k = 0; k < 3000; k++) writeFileSync(join(root, folder, `f${k}.cbf`), '');
  }
  writeFileSync(join(root, 's2', 'a.h5'), '');
  let others = 0;
  let done = false;
  const other = (): void => {
    others++;
    if (!done) setImmediate(other);
  };
  setImmediate(other);
  const found = await walkBreathing(root);
  done = true;
  expect(others).toBeGreaterThan(1);
  expect(found).toEqual(walk(root));
  expect(found.sources.map(({ path }) => path)).toEqual([join(root, 's2', 'a.h5')]);
  expect(found.strangers.slice(0, 3)).toEqual(['f0', 'f1', 'f2'].map((name) => join(root, 's2', `${name}.cbf`)));
  expect(found.strangers[3000]).toBe(join(root, 's10', 'f0.cbf'));
});
