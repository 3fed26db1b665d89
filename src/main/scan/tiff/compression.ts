import { inflateSync, zstdDecompressSync } from 'node:zlib';

/** Undoes one strip's or tile's compression. May give fewer bytes than wanted where the data are cut, never more than it must. */
type Expand = (packed: Uint8Array, size: number) => Uint8Array;

const CLEAR = 256;
const END = 257;
const MOST_CODES = 4096;
const FEWEST_BITS = 9;
const MOST_BITS = 12;

/** TIFF's LZW: codes of 9 to 12 bits, most significant first, widened one code early. */
export function expandLzw(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  // Every entry is its predecessor's string and one more byte: where that string was written last, and how long it is.
  const starts = new Int32Array(MOST_CODES + 1);
  const lengths = new Int32Array(MOST_CODES + 1);
  let filled = 0;
  let next = END + 1;
  let bits = FEWEST_BITS;
  let before = -1;
  let [hold, held, at] = [0, 0, 0];
  while (filled < size) {
    while (held < bits && at < packed.length) {
      hold = ((hold << 8) | packed[at++]!) & 0xffffff;
      held += 8;
    }
    if (held < bits) break;
    const code = (hold >> (held - bits)) & ((1 << bits) - 1);
    held -= bits;
    if (code === END) break;
    if (code === CLEAR) {
      [next, bits, before] = [END + 1, FEWEST_BITS, -1];
      continue;
    }
    const start = filled;
    if (code < CLEAR) out[filled++] = code;
    else if (code > next || (code === next && before < 0)) break;
    else {
      // A code that is just being defined is the string before and its own first byte, which lies behind it by now.
      const from = code === next ? before : starts[code]!;
      const length = Math.min(code === next ? start - before + 1 : lengths[code]!, size - filled);
      for (let i = 0; i < length; i++) out[filled++] = out[from + i]!;
    }
    if (before >= 0 && next < MOST_CODES) {
      starts[next] = before;
      lengths[next] = start - before + 1;
      next++;
    }
    before = start;
    if (next + 1 >= 1 << bits && bits < MOST_BITS) bits++;
  }
  return out.subarray(0, filled);
}

/** PackBits: runs and literal stretches, told by a signed byte before them. */
export function expandPackBits(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let filled = 0;
  for (let at = 0; at < packed.length && filled < size;) {
    const head = packed[at++]!;
    if (head === 128) continue;
    if (head < 128) {
      const literal = packed.subarray(at, at + Math.min(head + 1, size - filled));
      out.set(literal, filled);
      filled += literal.length;
      at += head + 1;
    } else {
      const run = Math.min(257 - head, size - filled);
      if (at >= packed.length) break;
      out.fill(packed[at++]!, filled, filled + run);
      filled += run;
    }
  }
  return out.subarray(0, filled);
}

// In one piece: several would be in memory twice when they are joined.
const inflate: Expand = (packed, size) => inflateSync(packed, { maxOutputLength: size + 1024, chunkSize: size + 1024 });

/** Compressions by TIFF's number for them. */
export const expanders: ReadonlyMap<number, Expand> = new Map<number, Expand>([
  [1, (packed) => packed],
  [5, expandLzw],
  [8, inflate],
  [32_946, inflate],
  [32_773, expandPackBits],
  [50_000, (packed, size) => zstdDecompressSync(packed, { maxOutputLength: size + 1024 })],
]);

/** Names of compressions that are met and not read. */
export const unsupported: Readonly<Record<number, string>> = {
  2: 'CCITT',
  3: 'fax',
  4: 'fax',
  6: 'JPEG',
  7: 'JPEG',
  33_003: 'JPEG 2000',
  33_005: 'JPEG 2000',
  34_712: 'JPEG 2000',
  34_887: 'LERC',
  34_925: 'LZMA',
  50_001: 'WebP',
  50_002: 'JPEG XL',
};
