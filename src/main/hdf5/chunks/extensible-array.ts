import { expectSignature, longAt, placeAt, type Bytes } from './bytes';
import { FILTERED, readElements } from './elements';
import type { Chunk, ChunkTable } from './chunk';

const MOST = 2 ** 20;

/**
 * An extensible array over chunks (specification VII.D): datasets that grow along one axis, of newer files, as detectors
 * with their own writers make them. Data blocks large enough to be paged (above some ten thousand frames) are not known here.
 * @throws RangeError where it is damaged, paged, or its chunks have no filter
 */
export function extensibleArray(bytes: Bytes, place: number): ChunkTable {
  const head = bytes.at(place, 68);
  expectSignature(head, 'EAHD');
  if (head.getUint8(5) !== FILTERED) throw new RangeError('chunks without a filter');
  const elementBytes = head.getUint8(6);
  const [bits, inIndex, smallest, pointers, pageBits] = [7, 8, 9, 10, 11].map((at) => head.getUint8(at));
  const used = placeAt(head, 44);
  const table = new Map<number, Chunk>();
  const index = longAt(head, 60);
  if (index === undefined || used === 0) return table;
  if (used > MOST || !bits || bits > 64 || !smallest || !pointers) throw new RangeError('no extensible array');
  const offsetBytes = Math.ceil(bits / 8);

  // Super block u holds 2^floor(u/2) data blocks of 2^ceil(u/2) times the smallest number of elements.
  const direct = 2 * Math.log2(pointers);
  const supers = 1 + bits - Math.log2(smallest);
  if (!Number.isInteger(direct) || !Number.isInteger(supers)) throw new RangeError('no extensible array');
  const blocksOf = (u: number): number => 2 ** (u >> 1);
  const sizeOf = (u: number): number => smallest * 2 ** ((u + 1) >> 1);
  const directBlocks = 2 * (pointers - 1);

  const length = inIndex! * elementBytes + 8 * (directBlocks + supers - direct);
  expectSignature(bytes.at(index, 4), 'EAIB');
  const view = bytes.at(index + 14, length);
  readElements(view, 0, Math.min(inIndex!, used), elementBytes, 0, table);

  const dataBlock = (at: number | undefined, size: number, first: number): void => {
    const count = Math.min(size, used - first);
    if (at === undefined || count <= 0) return;
    if (size > 2 ** pageBits!) throw new RangeError('paged');
    expectSignature(bytes.at(at, 4), 'EADB');
    readElements(bytes.at(at + 14 + offsetBytes, count * elementBytes), 0, count, elementBytes, first, table);
  };
  let first = inIndex!;
  let pointer = inIndex! * elementBytes;
  for (let u = 0; u < supers && first < used; u++) {
    const size = sizeOf(u);
    if (u < direct) {
      for (let b = 0; b < blocksOf(u); b++, first += size, pointer += 8) dataBlock(longAt(view, pointer), size, first);
      continue;
    }
    const at = longAt(view, pointer);
    pointer += 8;
    if (at === undefined) {
      first += blocksOf(u) * size;
      continue;
    }
    if (size > 2 ** pageBits!) throw new RangeError('paged');
    expectSignature(bytes.at(at, 4), 'EASB');
    const addresses = bytes.at(at + 14 + offsetBytes, 8 * blocksOf(u));
    for (let b = 0; b < blocksOf(u); b++, first += size) dataBlock(longAt(addresses, 8 * b), size, first);
  }
  return table;
}
