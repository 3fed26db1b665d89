import { BraggwatchError } from '@contract/errors';
import { inspect } from './bliss/facts';
import { scanGroups, type ScanGroup } from './bliss/group';
import { claimedFormat } from './claims';
import { createFilePool, type FilePool } from '@main/hdf5/link';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

interface Finished {
  readonly stamp: string;
  readonly facts: ScanFacts;
}
const finished = new Map<string, Finished>();
const MAX_FINISHED = 5000;

/** What a group records. A master is listed each time it grows, and its finished scans no longer change. */
function factsOf(pool: FilePool, group: ScanGroup): ScanFacts {
  const { file, path } = group;
  const key = `${file.path}:${path}`;
  const stamp = ['start_time', 'end_time'].map((name) => file.text(`${path}/${name}`)).join(' ');
  const known = finished.get(key);
  if (known?.stamp === stamp) return known.facts;
  const { facts } = inspect(pool, group);
  finished.delete(key);
  if (facts.whole) finished.set(key, { stamp, facts });
  if (finished.size > MAX_FINISHED) finished.delete(finished.keys().next().value ?? '');
  return facts;
}

/** Every scan of a master, or of the files that it links to. */
function list(source: string): readonly ScanFacts[] {
  const pool = createFilePool();
  try {
    const groups = scanGroups(pool, pool.open(source));
    if (groups.length === 0) throw new BraggwatchError('scan-empty', source);
    return groups.map((group) => factsOf(pool, group));
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
      read: (from, to, into) => {
        if (!frames) throw new BraggwatchError('frames-missing', `${facts.name} has no area detector`);
        return frames.read(from, to, into);
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
