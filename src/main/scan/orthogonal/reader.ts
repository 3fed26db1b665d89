import { BraggwatchError } from '@contract/errors';
import { openHdf5, type Hdf5File } from '@main/hdf5/file';
import { findGeometry } from '../geometry-file';
import type { ScanReader } from '../types';
import { volumeInHdf5 } from './hdf5';
import { volumeFacts, volumeSource } from './source';
import type { FoundVolume } from './volume';

function found(source: string): FoundVolume {
  const file: Hdf5File = openHdf5(source);
  try {
    const volume = volumeInHdf5(file, findGeometry(source));
    if (!volume) throw new BraggwatchError('scan-empty', source);
    return volume;
  } finally {
    file.close();
  }
}

/** HDF5 files that hold a gridded volume with its axes. */
export const orthogonalReader: ScanReader = {
  format: 'hdf5',
  list: (source) => [volumeFacts({ format: 'hdf5', source, number: 1 }, found(source), findGeometry(source))],
  open(ref) {
    if (ref.number !== 1)
      throw new BraggwatchError('scan-not-found', `scan ${ref.number} of ${ref.source}; there is 1`);
    const volume = found(ref.source);
    return volumeSource(volumeFacts(ref, volume, findGeometry(ref.source)), volume);
  },
};
