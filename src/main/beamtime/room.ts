import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { writing } from '@main/files/writing';

/** More than a result takes. */
const RESULT_BYTES = 2 << 20;

/**
 * Finds out whether a result could be written here by writing as much.
 * @throws BraggwatchError disk-full, result-unwritable
 */
export function roomIn(folder: string): void {
  const trial = join(folder, `.room-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writing(folder, () => writeFileSync(trial, new Uint8Array(RESULT_BYTES)));
  } catch (cause) {
    if (cause instanceof BraggwatchError) throw cause;
    throw new BraggwatchError('result-unwritable', folder, { cause });
  } finally {
    removeQuietly(trial);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder is no folder, or may not be written: there is nothing to remove.
  }
}
