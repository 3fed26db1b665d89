import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTracker } from '@main/beamtime/tracker';
import { temporaryFolder } from '../../support/build';
import type { ScanFacts } from '@main/scan/types';
import { factsOf } from './support/scan';

it('is not at rest while a source is being listed: nobody knows yet what is in it', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'scan.npz'), '');
  let answer: (scans: never[]) => void = () => undefined;
  const listed = new Promise<never[]>((resolve) => (answer = resolve));
  const none = (): undefined => undefined;
  const tracker = createTracker({
    scans: { call: () => listed as never },
    patient: { call: () => listed as never },
    rows: { get: none, put: (row) => row, remove: none },
    queue: { has: () => false, add: none, addEarly: none, follow: none },
    placeOf: none,
  });
  expect(tracker.resting()).toBe(false);
  const sweep = tracker.sweep(folder);
  expect(tracker.resting()).toBe(true);
  answer([]);
  await sweep;
  expect(tracker.resting()).toBe(false);
});

it('lets a scan that was measured since the folder was first looked at go before those that were there', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'scan.npz');
  writeFileSync(path, '');
  let there: ScanFacts[] = [];
  const added = new Map<number, boolean>();
  let clock = 0;
  const none = (): undefined => undefined;
  const tracker = createTracker({
    scans: { call: () => Promise.resolve(there) as never },
    patient: { call: () => Promise.reject(new Error('not slow')) },
    rows: { get: none, put: (row) => row, remove: none },
    queue: {
      has: () => false,
      add: ({ ref }, _, next) => void added.set(ref.number, next === true),
      addEarly: none,
      follow: none,
    },
    placeOf: none,
    now: () => clock,
  });
  const at = (number: number, framesPresent = 41): ScanFacts => ({
    ...factsOf(number),
    ref: { source: path, format: 'npz', number },
    framesPresent,
    whole: framesPresent === 41,
  });
  const look = async (...scans: ScanFacts[]): Promise<void> => {
    there = scans;
    writeFileSync(path, JSON.stringify(scans));
    for (let n = 0; n < 4; n++) {
      await tracker.sweep(folder);
      clock += 60_000;
    }
  };
  await look(at(1), at(2, 20));
  await look(at(1), at(2), at(3));
  // The second was under way at the first look, the third came later.
  expect(Object.fromEntries(added)).toMatchObject({ 1: false, 2: true, 3: true });
  added.clear();
  tracker.forget();
  await look(at(1), at(2), at(3), at(4));
  expect(Object.fromEntries(added)).toMatchObject({ 1: false, 2: false, 3: false, 4: false });
});
