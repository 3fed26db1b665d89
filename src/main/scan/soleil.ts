import { BraggwatchError } from '@contract/errors';
import { createFilePool } from '@main/hdf5/link';
import { inspectSoleil, soleilScans } from './soleil/facts';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

function list(source: string): readonly ScanFacts[] {
  const pool = createFilePool();
  try {
    const file = pool.open(source);
    return soleilScans(file).map((root) => inspectSoleil(pool, file, root).facts);
  } finally {
    pool.close();
  }
}

function open(ref: ScanRef): ScanSource {
  const pool = createFilePool();
  try {
    const file = pool.open(ref.source);
    const scans = soleilScans(file).map((root) => inspectSoleil(pool, file, root));
    const found = scans.find(({ facts }) => facts.ref.number === ref.number);
    if (!found) {
      const numbers = scans.map(({ facts }) => facts.ref.number).join(', ');
      throw new BraggwatchError('scan-not-found', `scan ${ref.number} of ${ref.source}; it has ${numbers}`);
    }
    const { facts, frames } = found;
    return {
      facts,
      ...(frames?.typeMaximum !== undefined && { typeMaximum: frames.typeMaximum }),
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

/** SOLEIL SixS and CRISTAL: NeXus files of Tango devices, step scans with anonymous columns and fly scans with named ones (FORMATS section 3). */
export const soleilReader: ScanReader = { format: 'soleil', list, open };
