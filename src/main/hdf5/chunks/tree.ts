import { expectSignature, longAt, placeAt, type Bytes } from './bytes';
import type { Chunk, ChunkTable } from './chunk';

/** No detector writes more frames into one file, and no tree over them is deeper. */
const MOST_NODES = 2 ** 16;
const DEEPEST = 16;

/**
 * A B-tree of version 1 over chunks (specification III.A.1), as files of the default compatibility have.
 * @param rank of the dataset; the key has one offset more
 * @throws RangeError where it is damaged
 */
export function treeOfChunks(bytes: Bytes, root: number, rank: number): ChunkTable {
  const table = new Map<number, Chunk>();
  const key = 8 + 8 * (rank + 1);
  let nodes = 0;
  const walk = (place: number, depth: number): void => {
    if (++nodes > MOST_NODES || depth > DEEPEST) throw new RangeError('a tree without end');
    const head = bytes.at(place, 24);
    expectSignature(head, 'TREE');
    if (head.getUint8(4) !== 1) throw new RangeError('no tree of chunks');
    const level = head.getUint8(5);
    const entries = head.getUint16(6, true);
    const view = bytes.at(place + 24, entries * (key + 8));
    for (let e = 0; e < entries; e++) {
      const at = e * (key + 8);
      const child = placeAt(view, at + key);
      if (level > 0) walk(child, depth + 1);
      else {
        const index = longAt(view, at + 8);
        if (index === undefined) throw new RangeError('a chunk without a place');
        table.set(index, { place: child, bytes: view.getUint32(at, true), skipped: view.getUint32(at + 4, true) });
      }
    }
  };
  walk(root, 0);
  return table;
}
