import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { floatsOf } from '@contract/floats';
import { unfinished, writing } from './writing';

/*
 * Volumes on their way from the process that made them to the one that judges them: laid down by the one, picked up by the other, and
 * taken away by whoever asked for both, so that none of it passes through the front process.
 */

/** One that was laid down. */
export interface Laid {
  readonly laid: string;
}

/** Where one may be laid down; named so that `removeLeftovers` knows what a dead process left. */
export const placeIn = (folder: string): string => unfinished(join(folder, randomUUID()));

/** @param floats float32, little-endian. @throws BraggwatchError disk-full, result-unwritable */
export function layDown(path: string, floats: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writing(path, () => writeFileSync(path, floats, { mode: 0o600 }));
  } catch (cause) {
    if (cause instanceof BraggwatchError) throw cause;
    throw new BraggwatchError('result-unwritable', dirname(path), { cause });
  }
}

export const pickUp = (path: string): Float32Array<ArrayBuffer> => floatsOf(readFileSync(path));

/** Also where nothing was laid down after all; what cannot be taken away now is a leftover. */
export const takeAway = (path: string): Promise<void> => rm(path, { force: true }).catch(() => undefined);
