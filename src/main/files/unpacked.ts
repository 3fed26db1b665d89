import { gunzipSync } from 'node:zlib';
import { BraggwatchError } from '@contract/errors';
import { fileBytes, heldBytes, inflatedBytes, type Bytes } from './bytes';
import { readRegular, regularSize } from './regular';
import { MOST_INFLATED } from './deflate';

/** What is larger, packed or unpacked, is never in memory as a whole. */
const WHOLE_BYTES = 2 ** 26;
/** Of gzip (RFC 1952): its first bytes, its fixed header, the checksum and size behind it; flags for what else its header has. */
const [MAGIC, HEADER, TRAILER] = [[0x1f, 0x8b], 10, 8] as const;
const [HEADER_CRC, EXTRA, NAME, COMMENT] = [2, 4, 8, 16] as const;
/** Names and comments are short. */
const MOST_HEADER = 2 ** 16;

const cut = (path: string, cause?: unknown): BraggwatchError =>
  new BraggwatchError('scan-truncated', `${path}: gzip ends early or is damaged`, { cause });

/** Where the deflated bytes begin. */
function behindHeader(head: Uint8Array, path: string): number {
  const flags = head[3]!;
  let at: number = HEADER;
  if (flags & EXTRA) at += 2 + (head[at] ?? 0) + 256 * (head[at + 1] ?? 0);
  for (const text of [NAME, COMMENT]) {
    if (!(flags & text)) continue;
    const end = head.indexOf(0, at);
    if (end < 0) throw cut(path);
    at = end + 1;
  }
  return at + (flags & HEADER_CRC ? 2 : 0);
}

/** Unpacked as it is read: forwards, and from the beginning again where somebody goes back. */
function inflated(path: string, size: number, says: number): Bytes {
  const start = behindHeader(fileBytes(path, 0, size).read(0, Math.min(size, MOST_HEADER)), path);
  if (start + TRAILER > size) throw cut(path);
  const bytes = inflatedBytes(fileBytes(path, start, size - start - TRAILER), says, path);
  try {
    // Whether it is whole tells its end only.
    bytes.read(says - 1, 1);
  } catch (cause) {
    throw cut(path, cause);
  }
  return bytes;
}

/**
 * The bytes of a file, as they were before it was compressed as a whole. A small one is read at once, of a large one what is asked for.
 * @throws BraggwatchError path-missing, scan-unreadable, scan-truncated
 */
export function unpackedBytes(path: string): Bytes {
  const size = regularSize(path);
  const stored = fileBytes(path, 0, size);
  const packed = size >= HEADER + TRAILER && stored.read(0, 2).every((byte, n) => byte === MAGIC[n]);
  if (!packed) return size > WHOLE_BYTES ? stored : heldBytes(readRegular(path), path);
  const says = new DataView(stored.read(size - 4, 4).buffer).getUint32(0, true);
  if (says > WHOLE_BYTES || size > WHOLE_BYTES) return inflated(path, size, says);
  try {
    // In one piece: several would be in memory twice when they are joined.
    const chunkSize = Math.min(WHOLE_BYTES, MOST_INFLATED * size);
    return heldBytes(gunzipSync(readRegular(path), { maxOutputLength: WHOLE_BYTES, chunkSize }), path);
  } catch (cause) {
    if (cause instanceof BraggwatchError) throw cause;
    if (cause instanceof RangeError)
      throw new BraggwatchError('scan-unreadable', `${path}: it inflates to more than it says`, { cause });
    throw cut(path, cause);
  }
}
