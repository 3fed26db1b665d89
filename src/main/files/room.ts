import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { writing } from './writing';

/** More than a result takes. */
const RESULT_BYTES = 2 << 20;

/**
 * Finds out whether something could be written here by writing as much.
 * @param bytes more than a result takes, when left out
 * @throws BraggwatchError disk-full, result-unwritable
 */
export function roomIn(folder: string, bytes = RESULT_BYTES): void {
  const trial = join(folder, `.room-${process.pid}`);
  try {
    writing(folder, () => writeFileSync(trial, new Uint8Array(bytes)));
  } catch (cause) {
    throw unwritable(folder, cause);
  } finally {
    removeQuietly(trial);
  }
}

/** What the system's refusal to write something is called. */
export const unwritable = (path: string, cause: unknown): BraggwatchError =>
  cause instanceof BraggwatchError
    ? cause
    : new BraggwatchError('result-unwritable', cause instanceof Error ? cause.message : path, { cause });

/** Also where the folder is no folder, or may not be written: there is nothing to remove then. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // As above.
  }
}
