import { readFileSync, statSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { beginFile } from '@main/files/writing';
import { invalid } from './data-lines';
import { dataText, parseDataText, type AtomData, type AtomText } from './data-text';

export type { AtomData } from './data-text';

/** About five million atoms: more than any crystal here, and below the longest string that there can be. */
const MAX_BYTES = 400_000_000;

/**
 * Reads the atoms of a LAMMPS data file, which anybody may have written.
 * @throws BraggwatchError path-missing, atoms-invalid
 */
export function readDataFile(path: string): AtomData {
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) throw invalid(`${path} is too large`);
    text = readFileSync(path, 'latin1');
  } catch (cause) {
    if (cause instanceof BraggwatchError) throw cause;
    throw new BraggwatchError('path-missing', path, { cause });
  }
  return parseDataText(text);
}

/**
 * Writes atoms as a LAMMPS data file, whole or not at all: beside it first, then renamed.
 * @throws BraggwatchError disk-full
 */
export function writeDataFile(path: string, atoms: AtomText): void {
  const file = beginFile(path);
  try {
    for (const piece of dataText(atoms)) file.append(Buffer.from(piece, 'latin1'));
    file.finish();
  } finally {
    file.abandon();
  }
}
