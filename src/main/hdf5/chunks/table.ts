import { longAt, numberAt, type Bytes } from './bytes';
import type { ChunkTable } from './chunk';
import { extensibleArray } from './extensible-array';
import { fixedArray } from './fixed-array';
import { layoutMessage } from './header';
import { treeOfChunks } from './tree';

const CHUNKED = 2;
/** Kinds of index of a layout of version 4. */
const FIXED = 3;
const EXTENSIBLE = 4;

/**
 * Where the chunks of a dataset lie whose chunks hold one index of the first axis and all of the others.
 * @param place address of the dataset's object header
 * @param shape of the dataset
 * @throws RangeError where the file is damaged, or its chunks are found in a way that is not known here
 */
export function chunkTable(bytes: Bytes, place: number, shape: readonly number[]): ChunkTable {
  const view = layoutMessage(bytes, place);
  const version = view.getUint8(0);
  if (view.getUint8(1) !== CHUNKED) throw new RangeError('not chunked');
  const chunk = [1, ...shape.slice(1)];
  const same = (sizes: readonly number[]): boolean =>
    sizes.length === chunk.length && sizes.every((size, axis) => size === chunk[axis]);
  if (version === 3) {
    const rank = view.getUint8(2) - 1;
    const sizes = Array.from({ length: rank }, (_, axis) => view.getUint32(11 + 4 * axis, true));
    if (!same(sizes)) throw new RangeError(`chunks of ${sizes.join(' x ')}`);
    const root = longAt(view, 3);
    return root === undefined ? new Map() : treeOfChunks(bytes, root, rank);
  }
  // Version 5 differs in the width of the chunks' sizes alone, which the index itself tells.
  if (version !== 4 && version !== 5) throw new RangeError(`layout of version ${version}`);
  const rank = view.getUint8(3) - 1;
  const width = view.getUint8(4);
  if (width < 1 || width > 6) throw new RangeError(`sizes of ${width} bytes`);
  const sizes = Array.from({ length: rank }, (_, axis) => numberAt(view, 5 + axis * width, width));
  if (!same(sizes)) throw new RangeError(`chunks of ${sizes.join(' x ')}`);
  const at = 5 + (rank + 1) * width;
  const kind = view.getUint8(at);
  const parameters = { [FIXED]: 1, [EXTENSIBLE]: 5 }[kind];
  if (parameters === undefined) throw new RangeError(`an index of kind ${kind}`);
  const index = longAt(view, at + 1 + parameters);
  if (index === undefined) return new Map();
  return kind === FIXED ? fixedArray(bytes, index) : extensibleArray(bytes, index);
}
