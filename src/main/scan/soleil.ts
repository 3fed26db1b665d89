import type { FilePool } from '@main/hdf5/link';
import { inspectSoleil, soleilScans } from './soleil/facts';
import { askFiles, numberOf, openStacked, scanMeant, type StackedScan } from './stacked';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

const scansOf = (pool: FilePool, source: string): StackedScan[] => {
  const file = pool.open(source);
  return soleilScans(file).map((root) => inspectSoleil(pool, file, root));
};

const list = (source: string): readonly ScanFacts[] =>
  askFiles((pool) => scansOf(pool, source).map(({ facts }) => facts));

const open = (ref: ScanRef): ScanSource => openStacked((pool) => scanMeant(ref, scansOf(pool, ref.source), numberOf));

/** SOLEIL SixS and CRISTAL: NeXus files of Tango devices, step scans with anonymous columns and fly scans with named ones (FORMATS section 3). */
export const soleilReader: ScanReader = { format: 'soleil', list, open };
