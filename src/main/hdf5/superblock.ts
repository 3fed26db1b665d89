import { closeSync, openSync, readSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';

const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
const SUPERBLOCK_BYTES = 48;
/** Offset of the end-of-file address by the superblock's version, with addresses of 8 bytes as every library writes. */
const END_OFFSETS = [40, 44, 28, 28];
const FLAGS_OFFSET = 11;
const WRITING = 0b001;
/** A single writer with many readers. */
const SWMR = 0b101;

function readHead(path: string): Buffer {
  const head = Buffer.alloc(SUPERBLOCK_BYTES + 4);
  const descriptor = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(descriptor, head, 0, head.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * What the first bytes of a file say, looked at before HDF5 does: it names no reason when it refuses a file,
 * and reading a cut one as SWMR never ends.
 * @returns `swmr` where a writer holds the file open for readers, which HDF5 wants to be told; `writing` where it holds
 * it open for nobody else, which only the layouts since HDF5 1.10 record
 * @throws BraggwatchError scan-truncated, scan-unreadable
 */
export function checkSuperblock(path: string, size: number): 'plain' | 'writing' | 'swmr' {
  const head = readHead(path);
  const signed = head.subarray(0, 8).equals(SIGNATURE.subarray(0, Math.min(head.length, 8)));
  if (!signed) throw new BraggwatchError('scan-unreadable', `${path} is no HDF5 file`);
  const version = head[8] ?? 0;
  const offset = END_OFFSETS[version];
  if (head.length < SUPERBLOCK_BYTES) throw new BraggwatchError('scan-truncated', `${path}: ${size} bytes`);
  if (offset === undefined) throw new BraggwatchError('scan-unreadable', `${path}: superblock version ${version}`);
  const flags = version === 3 ? head[FLAGS_OFFSET]! : 0;
  if ((flags & SWMR) === SWMR) return 'swmr';
  if ((flags & WRITING) === WRITING) return 'writing';
  const end = head.readBigUInt64LE(offset);
  if (end > BigInt(size)) throw new BraggwatchError('scan-truncated', `${path}: ${size} of ${end} bytes`);
  return 'plain';
}
