import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { h5wasm } from '@main/hdf5/index';
import type { File } from 'h5wasm/node';

/** Changes an HDF5 file, or begins it, as a writer does that keeps no file open between two steps. */
export function editFile(path: string, change: (file: File) => void): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = new h5wasm.File(path, existsSync(path) ? 'a' : 'w');
  try {
    change(file);
  } finally {
    file.close();
  }
}
