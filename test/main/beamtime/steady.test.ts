import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BraggwatchError, type ErrorCode } from '@contract/errors';
import { readSteadily } from '@main/beamtime/steady';
import { temporaryFolder } from '../../support/build';

/** A file, and reads of it that give one answer after the other; while some of them go on, a writer appends to it. */
async function reading(answers: readonly (ErrorCode | null)[], written: readonly number[] = []) {
  const path = join(temporaryFolder(), 'master.h5');
  writeFileSync(path, 'scan 1');
  let reads = 0;
  const found = await readSteadily(
    path,
    async () => {
      const code = answers.at(Math.min(reads, answers.length - 1)) ?? null;
      if (written.includes(reads)) appendFileSync(path, ', scan 2');
      reads++;
      return Promise.resolve(code === null ? {} : { problem: new BraggwatchError(code).toProblem() });
    },
    { restMs: 1 },
  );
  return { reads, code: 'problem' in found ? found.problem.code : null };
}

it('what a file says against a scan while it is written to is asked again', async () => {
  expect(await reading(['not-a-rocking-curve', null], [0])).toEqual({ reads: 2, code: null });
  expect(await reading(['scan-unreadable', 'peak-absent', null], [0, 1])).toEqual({ reads: 3, code: null });
  // What it does not tell for a moment nobody need answer.
  expect(await reading(['geometry-incomplete', null], [0])).toEqual({ reads: 2, code: null });
});

it('a scan that was listed is looked for again, though nothing shows of the file’s changing', async () => {
  expect(await reading(['scan-not-found', null])).toEqual({ reads: 2, code: null });
});

it('what it says at rest counts, and so does what it goes on saying', async () => {
  expect(await reading(['not-a-rocking-curve'])).toEqual({ reads: 1, code: 'not-a-rocking-curve' });
  expect(await reading(['not-a-rocking-curve'], [0])).toEqual({ reads: 2, code: 'not-a-rocking-curve' });
  expect(await reading(['scan-not-found'])).toEqual({ reads: 4, code: 'scan-not-found' });
  expect(await reading(['peak-absent'], [0, 1, 2, 3])).toEqual({ reads: 4, code: 'peak-absent' });
});

it('what is no fault of the scan’s, and a verdict, are not asked again', async () => {
  expect(await reading([null], [0])).toEqual({ reads: 1, code: null });
  expect(await reading(['disk-full'], [0])).toEqual({ reads: 1, code: 'disk-full' });
  expect(await reading(['worker-died'], [0])).toEqual({ reads: 1, code: 'worker-died' });
});

it('what was measured otherwise than it was listed is read again, until it is as it was', async () => {
  const path = join(temporaryFolder(), 'master.h5');
  const read = (answers: readonly string[]) => {
    let reads = 0;
    return {
      found: readSteadily<{ problem?: undefined; monitor: string }>(
        path,
        () => Promise.resolve({ monitor: answers[reads++]! }),
        {
          isOther: ({ monitor }) => monitor !== 'ic1',
          restMs: 1,
        },
      ),
      reads: () => reads,
    };
  };
  const torn = read(['none', 'ic1', 'none']);
  expect([await torn.found, torn.reads()]).toEqual([{ monitor: 'ic1' }, 2]);
  // Listed while it was torn: what it goes on saying counts.
  const other = read(['ic2', 'ic2', 'ic2', 'ic2', 'ic1']);
  expect([await other.found, other.reads()]).toEqual([{ monitor: 'ic2' }, 4]);
});
