import { expectSignature, longAt, placeAt, type Bytes } from './bytes';
import { FILTERED, readElements } from './elements';
import type { Chunk, ChunkTable } from './chunk';

const CHECKSUM = 4;
const MOST = 2 ** 20;

/**
 * A fixed array over chunks (specification VII.C): datasets of a size that does not grow, of newer files.
 * @throws RangeError where it is damaged, or its chunks have no filter
 */
export function fixedArray(bytes: Bytes, place: number): ChunkTable {
  const head = bytes.at(place, 24);
  expectSignature(head, 'FAHD');
  if (head.getUint8(5) !== FILTERED) throw new RangeError('chunks without a filter');
  const elementBytes = head.getUint8(6);
  const perPage = 2 ** head.getUint8(7);
  const count = placeAt(head, 8);
  if (count > MOST) throw new RangeError(`${count} chunks`);
  const table = new Map<number, Chunk>();
  const data = longAt(head, 16);
  if (data === undefined) return table;
  expectSignature(bytes.at(data, 4), 'FADB');
  const start = data + 14;
  if (count <= perPage) {
    readElements(bytes.at(start, count * elementBytes), 0, count, elementBytes, 0, table);
    return table;
  }
  const pages = Math.ceil(count / perPage);
  const written = bytes.at(start, Math.ceil(pages / 8));
  let at = start + written.byteLength + CHECKSUM;
  for (let page = 0; page < pages; page++) {
    const here = Math.min(perPage, count - page * perPage);
    // The first page is the highest bit of the first byte.
    if (written.getUint8(page >> 3) & (0x80 >> (page & 7)))
      readElements(bytes.at(at, here * elementBytes), 0, here, elementBytes, page * perPage, table);
    at += here * elementBytes + CHECKSUM;
  }
  return table;
}
