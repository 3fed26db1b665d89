import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '@contract/errors';
import { signatureOf } from '@main/files/signature';
import { blameOf } from './blame';

/** Writers put another scan into a shared file within some tenths of a second. */
const REST_MS = 400;
const MOST_READS = 4;

/**
 * Asks a scan's files again where they spoke against it while somebody wrote into them: a file under a writer may show anything for a moment,
 * also that a scan is not in it which was listed a moment ago. What it says once it has held still for a read, or at the fourth, counts.
 * @param path of the scan's source
 * @param read what is read of it
 */
export async function readSteadily<T extends { readonly problem?: Problem | undefined }>(
  path: string,
  read: () => Promise<T>,
  restMs = REST_MS,
): Promise<T> {
  for (let reads = 1; ; reads++) {
    const before = signatureOf(path);
    const found = await read();
    const { problem } = found;
    if (!problem || reads === MOST_READS || ['place', 'process'].includes(blameOf(problem.code))) return found;
    if (problem.code !== 'scan-not-found' && signatureOf(path) === before) return found;
    await sleep(restMs);
  }
}
