import { BraggwatchError } from '@contract/errors';
import type { FrameStack } from '@main/hdf5/frames';
import { createFilePool, type FilePool } from '@main/hdf5/link';
import type { Masks } from './mask';
import type { ScanFacts, ScanRef, ScanSource } from './types';

/** A scan whose frames are a stack in HDF5, and what its files mask. */
export interface StackedScan {
  readonly facts: ScanFacts;
  /** Left out where no frames are there. */
  readonly frames?: FrameStack | undefined;
  /** Why not, where there is more to say than that there is no detector. */
  readonly absent?: string;
  readonly masks?: Masks | undefined;
}

/** Asks a source's files something, and closes them again. */
export function askFiles<T>(ask: (pool: FilePool) => T): T {
  const pool = createFilePool();
  try {
    return ask(pool);
  } finally {
    pool.close();
  }
}

/** Opens one scan; its files stay open until the source is closed. @param find says what there is of it */
export function openStacked(find: (pool: FilePool) => StackedScan): ScanSource {
  const pool = createFilePool();
  try {
    const { facts, frames, masks, absent = `${facts.name} has no area detector` } = find(pool);
    return {
      facts,
      ...(frames?.typeMaximum !== undefined && { typeMaximum: frames.typeMaximum }),
      ...masks,
      read: (from, to, into) => {
        if (!frames) throw new BraggwatchError('frames-missing', absent);
        return frames.read(from, to, into);
      },
      readRows: (frame, top, bottom) => frames?.readRows?.(frame, top, bottom),
      print: (frame) => frames?.print?.(frame),
      close: () => pool.close(),
    };
  } catch (error) {
    pool.close();
    throw error;
  }
}

/** A scan's number, as its facts name it. */
export const numberOf = ({ facts }: Pick<StackedScan, 'facts'>): number => facts.ref.number;

/** The one of a source's scans that a reference means. @throws BraggwatchError scan-not-found */
export function scanMeant<T>(ref: ScanRef, scans: readonly T[], numberOf: (scan: T) => number): T {
  const found = scans.find((scan) => numberOf(scan) === ref.number);
  if (found) return found;
  const there = scans.map(numberOf).join(', ');
  throw new BraggwatchError('scan-not-found', `scan ${ref.number} of ${ref.source}; it has ${there}`);
}
