import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { h5wasm } from '@main/hdf5/runtime';
import { datasetFolder, limaPath, masterPath } from './bliss';
import type { ScanSpec } from './spec';

/** Whether a scan was written to its end in an earlier run. */
export function isComplete(folder: string, spec: ScanSpec): boolean {
  const master = masterPath(folder, spec);
  if (!existsSync(master) || !existsSync(join(dirname(master), limaPath(spec)))) return false;
  const file = new h5wasm.File(master, 'r');
  // h5wasm does not throw at a file that it cannot open.
  if (file.file_id < 0n) return false;
  try {
    const end = file.get(`${spec.number}.1/end_time`);
    return end !== null && 'value' in end && typeof end.value === 'string';
  } catch {
    // Cut off in the very last write: the link is there, what it names is not.
    return false;
  } finally {
    file.close();
  }
}

/** Removes what a killed run left of a scan, with its dataset: an HDF5 file cut off in mid-write cannot be trusted. */
export function discard(folder: string, spec: ScanSpec): void {
  rmSync(datasetFolder(folder, spec), { recursive: true, force: true });
}
