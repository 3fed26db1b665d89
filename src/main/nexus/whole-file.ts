import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { removeQuietly, roomIn, unwritable } from '@main/files/room';
import { unfinished, writing } from '@main/files/writing';
import { h5wasm } from '@main/hdf5/index';
import { hdf5Module } from '@main/hdf5/runtime';
import type { File } from 'h5wasm/node';

/**
 * Writes an HDF5 file that appears whole or not at all.
 * @throws BraggwatchError disk-full, result-unwritable
 */
export function writeWhole(path: string, fill: (file: File) => void): void {
  finish(path, fill, 'w', (beside) => closeSync(openSync(beside, 'w')));
}

/**
 * Changes an HDF5 file as a whole, or leaves it as it was.
 * @throws BraggwatchError disk-full, result-unwritable, path-missing
 */
export function changeWhole(path: string, change: (file: File) => void): void {
  if (!existsSync(path)) throw new BraggwatchError('path-missing', path);
  finish(path, change, 'a', (beside) => copyFileSync(path, beside));
}

function finish(path: string, step: (file: File) => void, mode: 'w' | 'a', begin: (beside: string) => void): void {
  const beside = unfinished(path);
  try {
    refusable(path, () => begin(beside));
    fill(beside, mode, step);
    refusable(path, () => {
      settle(beside);
      renameSync(beside, path);
    });
  } catch (error) {
    removeQuietly(beside);
    throw error;
  }
}

/** A step of the system's, which says itself why it will not. */
function refusable(path: string, step: () => void): void {
  try {
    writing(path, step);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function fill(beside: string, mode: 'w' | 'a', step: (file: File) => void): void {
  try {
    const file = new h5wasm.File(beside, mode);
    if (file.file_id < 0n) throw new Error(`HDF5 does not open ${beside}`);
    try {
      step(file);
      if (hdf5Module.flush(file.file_id) < 0) throw new Error(`HDF5 does not write ${beside}`);
    } finally {
      file.close();
    }
  } catch (error) {
    // HDF5 never says why: where there is room for as much, and more, the mistake is ours.
    const bytes = statSync(beside, { throwIfNoEntry: false })?.size ?? 0;
    removeQuietly(beside);
    roomIn(dirname(beside), bytes + MARGIN_BYTES);
    throw error;
  }
}

/** What a file may have been about to grow by. */
const MARGIN_BYTES = 16 << 20;

/** A name that survives a power cut must not lead to a file that does not. */
function settle(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
