import type { Launcher } from '@main/process/launcher';
import { createWorker, type Worker } from '@main/process/worker';
import type { Circumstances } from '@main/reading/hear-reach';
import type { ScanService } from '@main/reading/service';

/** Listing reads a few frames at most; HDF5 can loop for ever over a damaged file. */
const LIST_MS = 5000;
/** For a source that took longer: a file server may be slow, and a file have ten thousands of scans. */
const PATIENT_MS = 30_000;
/** Three frames of one scan, one frame, one volume. */
const LOOK_MS = 20_000;
/** A whole scan. */
const READ_MS = 120_000;

export interface Patience {
  /** For sources that took others too long to list. */
  readonly patient?: true;
  /** For reading a scan, ms. */
  readonly readMs?: number;
}

/** Time that each call has, by the function's name. */
const deadlines =
  ({ patient, readMs = READ_MS }: Patience) =>
  (name: string): number => {
    if (name === 'list' || name === 'recognise') return patient ? PATIENT_MS : LIST_MS;
    return ['print', 'frame', 'volume'].includes(name) ? LOOK_MS : readMs;
  };

/**
 * A process that reads scans, for one call at a time.
 * @param roots folders into which what scans' files name may lead, besides their own
 */
export const createScanWorker = (
  launcher: Launcher,
  roots: () => readonly string[],
  patience: Patience = {},
): Worker<ScanService> =>
  createWorker<ScanService>(launcher, 'scan-worker', {
    timeoutMs: deadlines(patience),
    oneAtATime: true,
    telling: (): Circumstances => ({ roots: [...roots()] }),
  });
