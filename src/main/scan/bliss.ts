import { BraggwatchError } from '@contract/errors';
import { inspect } from './bliss/facts';
import { scanGroups } from './bliss/group';
import { claimedFormat } from './claims';
import { createFilePool } from './hdf5/link';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

/** Every scan of a master, or of the files that it links to. */
function list(source: string): readonly ScanFacts[] {
  const pool = createFilePool();
  try {
    const groups = scanGroups(pool, pool.open(source));
    if (groups.length === 0) throw new BraggwatchError('scan-empty', source);
    return groups.map((group) => inspect(pool, group).facts);
  } finally {
    pool.close();
  }
}

function open(ref: ScanRef): ScanSource {
  const pool = createFilePool();
  try {
    const groups = scanGroups(pool, pool.open(ref.source));
    const group = groups.find(({ number }) => number === ref.number);
    if (!group) {
      throw new BraggwatchError(
        'scan-not-found',
        `scan ${ref.number} of ${ref.source}; it has ${groups.map((g) => g.number).join(', ')}`,
      );
    }
    const { facts, frames } = inspect(pool, group);
    return {
      facts,
      read: (from, to) => {
        if (!frames) throw new BraggwatchError('frames-missing', `${facts.name} has no area detector`);
        return frames.read(from, to);
      },
      close: () => pool.close(),
    };
  } catch (error) {
    pool.close();
    throw error;
  }
}

/** ESRF BLISS: an HDF5 master per data set, Lima frame files behind virtual data sets or external links (FORMATS section 2). */
export const blissReader: ScanReader = {
  format: 'bliss',
  claims: (path, kind) => claimedFormat(path, kind) === 'bliss',
  list,
  open,
};
