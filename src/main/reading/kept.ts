import { randomUUID } from 'node:crypto';
import { BraggwatchError } from '@contract/errors';
import type { ReducedRecord } from '@main/nexus/record';

/**
 * A scan as it was reduced, without its volume, its counts, its pixels' faults and its set-up, which stay in the process that made them until its result is
 * written there.
 */
export interface Reduced extends Omit<ReducedRecord, 'volume' | 'unblurred' | 'detector' | 'faults' | 'setup'> {
  /** By which that process knows the rest. */
  readonly kept: string;
  /** Digest of what its files said of it as it was read, see `scan/fingerprint`. */
  readonly seen: string;
}

/** A result is written soon after it was made; a command may make several before. */
const MOST = 8;

/** The records that this process made last. */
export interface KeptRecords {
  /** @param seen what its files said of it */
  keep(record: ReducedRecord, seen: string): Reduced;
  /** @throws BraggwatchError worker-died where it was made by a process before this one, and went with it */
  of(kept: string): ReducedRecord;
}

export function createKeptRecords(): KeptRecords {
  const records = new Map<string, ReducedRecord>();
  return {
    keep(record, seen) {
      const kept = randomUUID();
      records.set(kept, record);
      for (const oldest of [...records.keys()].slice(0, -MOST)) records.delete(oldest);
      const { facts, reduction, geometry, hkl, rockingCurve, warnings, doubts, timings } = record;
      return { facts, reduction, geometry, hkl, rockingCurve, warnings, doubts, timings, kept, seen };
    },
    of(kept) {
      const record = records.get(kept);
      if (!record) throw new BraggwatchError('worker-died', 'what was reduced went with the process before');
      return record;
    },
  };
}
