import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTracker } from '@main/beamtime/tracker';
import { temporaryFolder } from '../../support/build';

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
    queue: { has: () => false, add: none, addEarly: none },
    placeOf: none,
  });
  expect(tracker.resting()).toBe(false);
  const sweep = tracker.sweep(folder);
  expect(tracker.resting()).toBe(true);
  answer([]);
  await sweep;
  expect(tracker.resting()).toBe(false);
});
