import { renameSync, rmSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { h5wasm } from '@main/hdf5/index';
import type { File } from 'h5wasm/node';

/**
 * Writes an HDF5 file that appears whole or not at all.
 * @throws BraggwatchError disk-full
 */
export function writeWhole(path: string, fill: (file: File) => void): void {
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  const file = new h5wasm.File(partial, 'w');
  if (file.file_id < 0n) throw new BraggwatchError('disk-full', partial);
  try {
    fill(file);
    file.flush();
  } catch (error) {
    file.close();
    rmSync(partial, { force: true });
    throw new BraggwatchError('disk-full', partial, { cause: error });
  }
  file.close();
  renameSync(partial, path);
}
