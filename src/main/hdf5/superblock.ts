import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';

const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
const SUPERBLOCK_BYTES = 48;
/** Offset of the end-of-file address by the superblock's version, with addresses of 8 bytes as every library writes. */
const END_OFFSETS = [40, 44, 28, 28];
/** Offset of the base address. */
const BASE_OFFSETS = [24, 28, 12, 12];
const FLAGS_OFFSET = 11;
const WRITING = 0b001;
/** A single writer with many readers. */
const SWMR = 0b101;

/** A program may keep bytes of its own before the signature: a block of 512, 1024, 2048, ... (specification II.A). */
const USER_BLOCK = 512;

/** Bytes from a place on, as far as the file has them. */
function bytesAt(descriptor: number, place: number): Buffer {
  const head = Buffer.alloc(SUPERBLOCK_BYTES + 4);
  return head.subarray(0, readSync(descriptor, head, 0, head.length, place));
}

const isSigned = (head: Buffer): boolean => head.length >= SIGNATURE.length && head.subarray(0, 8).equals(SIGNATURE);

/**
 * Where a file's signature stands, which all its addresses count from (its base address); undefined where it has none.
 */
export function signaturePlace(descriptor: number): number | undefined {
  const { size } = fstatSync(descriptor);
  for (let place = 0; place < size; place = place === 0 ? USER_BLOCK : 2 * place)
    if (isSigned(bytesAt(descriptor, place))) return place;
  return undefined;
}

/** The first bytes from the signature on, and where it stands; those of the file where it has none. */
function readHead(path: string): { head: Buffer; place: number | undefined } {
  const descriptor = openSync(path, 'r');
  try {
    const place = signaturePlace(descriptor);
    return { head: bytesAt(descriptor, place ?? 0), place };
  } finally {
    closeSync(descriptor);
  }
}

/** Whether a file is HDF5, by its signature. */
export function isHdf5(path: string): boolean {
  return readHead(path).place !== undefined;
}

/**
 * What the first bytes of a file say, looked at before HDF5 does: it names no reason when it refuses a file,
 * and reading a cut one as SWMR never ends.
 * @returns `swmr` where a writer holds the file open for readers, which HDF5 wants to be told; `writing` where it holds
 * it open for nobody else, which only the layouts since HDF5 1.10 record
 * @throws BraggwatchError scan-truncated, scan-unreadable
 */
export function checkSuperblock(path: string, size: number): 'plain' | 'writing' | 'swmr' {
  const { head, place = 0 } = readHead(path);
  const signed = head.subarray(0, 8).equals(SIGNATURE.subarray(0, Math.min(head.length, 8)));
  if (!signed) throw new BraggwatchError('scan-unreadable', `${path} is no HDF5 file`);
  const version = head[8] ?? 0;
  const offset = END_OFFSETS[version];
  if (head.length < SUPERBLOCK_BYTES) throw new BraggwatchError('scan-truncated', `${path}: ${size} bytes`);
  if (offset === undefined) throw new BraggwatchError('scan-unreadable', `${path}: superblock version ${version}`);
  const flags = version === 3 ? head[FLAGS_OFFSET]! : 0;
  if ((flags & SWMR) === SWMR) return 'swmr';
  if ((flags & WRITING) === WRITING) return 'writing';
  // The end counts from the file's beginning, unless a block was put before a file that knows of none.
  const end = head.readBigUInt64LE(offset) + BigInt(place) - head.readBigUInt64LE(BASE_OFFSETS[version]);
  if (end > BigInt(size)) throw new BraggwatchError('scan-truncated', `${path}: ${size} of ${end} bytes`);
  return 'plain';
}
