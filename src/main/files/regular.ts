import { readFileSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { statOf } from './stat';

/** What is read as a whole. */
const MOST_BYTES = 2 ** 30;

/**
 * The size of a file, links resolved. A pipe or device under a file's name would be read for ever.
 * @throws BraggwatchError path-missing, scan-unreadable
 */
export function regularSize(path: string): number {
  const stat = statOf(path);
  if (!stat) throw new BraggwatchError('path-missing', path);
  if (!stat.isFile()) throw new BraggwatchError('scan-unreadable', `${path} is no file`);
  if (stat.size > MOST_BYTES) throw new BraggwatchError('scan-unreadable', `${path}: ${stat.size} bytes`);
  return stat.size;
}

/** The bytes of a file, as {@link regularSize}. */
export function readRegular(path: string): Buffer {
  regularSize(path);
  return readFileSync(path);
}
