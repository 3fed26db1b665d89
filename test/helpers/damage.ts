import { readFileSync, writeFileSync } from 'node:fs';
import { fixture } from '../support/fixtures';
import { writeTree } from './hdf5';

/** Files that somebody damaged, or made to do harm. */

const HEAP = 'GCOL';
/** Offset and length of what a heap of texts says of its first one: its number, 0 for free space, and its size. */
const FIRST = [16, 16] as const;

/** A BLISS scan whose heap of texts begins with free space of no size: HDF5 looks for what is behind it for ever. */
export function writeEndless(path: string): void {
  writeTree(path, (tree) => {
    tree.group('/1.1', { NX_class: 'NXentry' });
    tree.put('/1.1/title', 'ascan eta 0 1 10 0.1');
    tree.put('/1.1/start_time', '2026-01-01T00:00:00');
    tree.put('/1.1/end_time', '2026-01-01T00:10:00');
    tree.put(
      '/1.1/measurement/eta',
      Float64Array.from({ length: 11 }, (_, i) => i / 10),
    );
  });
  const bytes = readFileSync(path);
  const heap = bytes.indexOf(HEAP);
  if (heap < 0) throw new Error('its texts are in no heap');
  bytes.fill(0, heap + FIRST[0], heap + FIRST[0] + FIRST[1]);
  writeFileSync(path, bytes);
}

const NAME_LENGTH = 240;

/** A BLISS scan of 11 frames of 16 x 16 counts (uint32) that lie in another file. */
export function writeExternal(path: string, raw: string): void {
  const bytes = readFileSync(fixture('external-raw/raw.h5'));
  const at = bytes.indexOf('@'.repeat(NAME_LENGTH));
  if (at < 0 || raw.length >= NAME_LENGTH) throw new RangeError(raw);
  bytes.fill(0, at, at + NAME_LENGTH).write(raw, at, 'latin1');
  writeFileSync(path, bytes);
}
