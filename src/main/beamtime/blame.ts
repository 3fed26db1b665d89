import type { ErrorCode } from '@contract/errors';

/**
 * Why a scan has no verdict, which settles what is done about it:
 * - `source`: its files as they are now; judged again when they change
 * - `answer`: somebody has to say something first
 * - `place`: what every scan needs (model, engine, ledger, disk) is not there; all of them wait for it
 * - `process`: its process ended, hung or made a mistake over it, which may be the scan's doing or not
 * - `scan`: the crystal or how it was measured; final
 */
export type Blame = 'source' | 'answer' | 'place' | 'process' | 'scan';

const blames: Partial<Record<ErrorCode, Blame>> = {
  'scan-unreadable': 'source',
  'scan-truncated': 'source',
  'scan-empty': 'source',
  'not-a-scan': 'source',
  // It was listed before it was read.
  'scan-not-found': 'source',
  'frames-missing': 'source',
  'points-mismatch': 'source',
  'path-missing': 'source',
  'links-outside': 'source',
  'not-a-file': 'source',
  'geometry-incomplete': 'answer',
  'geometry-invalid': 'answer',
  'model-missing': 'place',
  'model-invalid': 'place',
  'engine-unavailable': 'place',
  'disk-full': 'place',
  'result-unwritable': 'place',
  'ledger-unavailable': 'place',
  'worker-died': 'process',
  'timed-out': 'process',
  internal: 'process',
};

export const blameOf = (code: ErrorCode): Blame => blames[code] ?? 'scan';

/** What stands between a scan and its verdict is the model: its volume can be made and looked at all the same. */
export const isOfModel = (code: ErrorCode): boolean =>
  code === 'model-missing' || code === 'model-invalid' || code === 'engine-unavailable';

/** Not all of it shows in a file's size and time: rights, a share that is mounted again, files that it links to. */
export const mayMendUnseen = (code: ErrorCode): boolean =>
  ['scan-unreadable', 'frames-missing', 'path-missing', 'scan-not-found'].includes(code);
