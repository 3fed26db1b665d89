import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '@contract/errors';
import { signatureOf } from '@main/files/signature';
import { blameOf } from './blame';

/** Writers put another scan into a shared file within some tenths of a second. */
const REST_MS = 400;
const MOST_READS = 4;

/** What was read of a scan, or what its files say against it. */
interface Found {
  readonly problem?: Problem | undefined;
}

export interface Steadiness<T> {
  /** Of what was read without a problem: whether it is of another scan than was listed. */
  readonly isOther?: (found: T) => boolean;
  readonly restMs?: number;
}

/**
 * Asks a scan's files again where they spoke against it while somebody wrote into them: a file under a writer may show anything for a moment,
 * also that a scan is not in it which was listed a moment ago, or that it was measured otherwise. What it says once it has held still for a
 * read, or at the fourth, counts.
 * @param path of the scan's source
 * @param read what is read of it
 */
export async function readSteadily<T extends Found>(
  path: string,
  read: () => Promise<T>,
  { isOther = () => false, restMs = REST_MS }: Steadiness<T> = {},
): Promise<T> {
  const isTorn = (found: T, before: string): boolean => {
    const { problem } = found;
    if (!problem) return isOther(found);
    if (['place', 'process'].includes(blameOf(problem.code))) return false;
    return problem.code === 'scan-not-found' || signatureOf(path) !== before;
  };
  for (let reads = 1; ; reads++) {
    const before = signatureOf(path);
    const found = await read();
    if (reads === MOST_READS || !isTorn(found, before)) return found;
    await sleep(restMs);
  }
}
