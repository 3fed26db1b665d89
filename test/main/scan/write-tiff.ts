import { deflateSync, zstdCompressSync } from 'node:zlib';

export interface TiffKind {
  readonly little: boolean;
  readonly big: boolean;
  readonly tile: readonly [number, number] | undefined;
  readonly rowsPerStrip: number;
  readonly compression: 'none' | 'lzw' | 'deflate' | 'packbits' | 'zstd';
  readonly predictor: 1 | 2 | 3;
  readonly type: keyof typeof TYPES;
}

/** Bits, TIFF's SampleFormat and the writer of one sample, most significant byte first. */
export const TYPES = {
  u8: [8, 1, (v: DataView, n: number) => v.setUint8(0, n)],
  u16: [16, 1, (v: DataView, n: number) => v.setUint16(0, n)],
  u32: [32, 1, (v: DataView, n: number) => v.setUint32(0, n)],
  i8: [8, 2, (v: DataView, n: number) => v.setInt8(0, n)],
  i16: [16, 2, (v: DataView, n: number) => v.setInt16(0, n)],
  i32: [32, 2, (v: DataView, n: number) => v.setInt32(0, n)],
  f32: [32, 3, (v: DataView, n: number) => v.setFloat32(0, n)],
  f64: [64, 3, (v: DataView, n: number) => v.setFloat64(0, n)],
} as const;

const COMPRESSIONS = { none: 1, lzw: 5, deflate: 8, packbits: 32_773, zstd: 50_000 } as const;

/** LZW by the TIFF 6.0 specification, with strings as keys: slow and plain. */
function lzw(bytes: readonly number[]): Buffer {
  const bits: number[] = [];
  let table = new Map<string, number>();
  let next = 258;
  let width = 9;
  const put = (code: number): void => {
    for (let bit = width - 1; bit >= 0; bit--) bits.push((code >> bit) & 1);
  };
  const codeOf = (text: string): number | undefined => (text.length === 1 ? text.charCodeAt(0) : table.get(text));
  put(256);
  let held = '';
  for (const byte of bytes) {
    const longer = held + String.fromCharCode(byte);
    if (codeOf(longer) !== undefined) {
      held = longer;
      continue;
    }
    put(codeOf(held)!);
    table.set(longer, next++);
    if (next === 4095) {
      put(256);
      table = new Map();
      next = 258;
      width = 9;
    } else if (next === 2 ** width) width++;
    held = String.fromCharCode(byte);
  }
  if (held !== '') {
    put(codeOf(held)!);
    next++;
    if (next === 2 ** width && width < 12) width++;
  }
  put(257);
  while (bits.length % 8 !== 0) bits.push(0);
  return Buffer.from(
    Array.from({ length: bits.length / 8 }, (_, i) => parseInt(bits.slice(8 * i, 8 * i + 8).join(''), 2)),
  );
}

/** Runs of three and more are packed, the rest is literal. */
function packBits(bytes: readonly number[]): Buffer {
  const out: number[] = [];
  let literal: number[] = [];
  const flush = (): void => {
    for (let at = 0; at < literal.length; at += 128) {
      const part = literal.slice(at, at + 128);
      out.push(part.length - 1, ...part);
    }
    literal = [];
  };
  for (let at = 0; at < bytes.length;) {
    let run = 1;
    while (run < 128 && bytes[at + run] === bytes[at]) run++;
    if (run >= 3) {
      flush();
      out.push(257 - run, bytes[at]!);
    } else literal.push(...bytes.slice(at, at + run));
    at += run;
  }
  flush();
  return Buffer.from(out);
}

/** Bytes of a row's samples, as the file stores them before compression. */
function rowBytes(row: readonly number[], { type, predictor, little }: TiffKind): number[] {
  const [bits, , set] = TYPES[type];
  const size = bits / 8;
  const samples = row.map((value) => {
    const bytes = new Uint8Array(size);
    set(new DataView(bytes.buffer), value);
    return bytes;
  });
  if (predictor === 3) {
    const planes = Array.from({ length: size }, (_, plane) => samples.map((bytes) => bytes[plane]!)).flat();
    return planes.map((byte, i) => (byte - (i === 0 ? 0 : planes[i - 1]!)) & 0xff);
  }
  const whole = samples.map((bytes) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n));
  const stored =
    predictor === 2 ? whole.map((n, i) => BigInt.asUintN(bits, n - (i === 0 ? 0n : whole[i - 1]!))) : whole;
  return stored.flatMap((n) => {
    const bytes = Array.from({ length: size }, (_, i) => Number((n >> BigInt(8 * (size - 1 - i))) & 255n));
    return little ? bytes.reverse() : bytes;
  });
}

function compress(bytes: number[], how: TiffKind['compression']): Buffer {
  if (how === 'lzw') return lzw(bytes);
  if (how === 'packbits') return packBits(bytes);
  const plain = Buffer.from(bytes);
  return how === 'deflate' ? deflateSync(plain) : how === 'zstd' ? zstdCompressSync(plain) : plain;
}

/** A TIFF of pages, each an array of rows, written by the specification and by nothing of the program. */
export function writeTiff(pages: readonly (readonly (readonly number[])[])[], kind: TiffKind): Buffer {
  const { little, big, tile } = kind;
  const [bits, format] = TYPES[kind.type];
  const parts: Buffer[] = [];
  let length = 0;
  const put = (bytes: Buffer): number => {
    const at = length;
    const padded = bytes.length % 8 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(8 - (bytes.length % 8))]);
    parts.push(padded);
    length += padded.length;
    return at;
  };
  const integer = (value: number, size: number): Buffer => {
    const bytes = Buffer.alloc(size);
    for (let i = 0; i < size; i++) bytes[little ? i : size - 1 - i] = Number((BigInt(value) >> BigInt(8 * i)) & 255n);
    return bytes;
  };
  const pointer = big ? 8 : 4;
  put(Buffer.alloc(16));
  const starts: number[] = [];
  const nexts: { readonly part: number; readonly at: number }[] = [];
  for (const rows of pages) {
    const [height, width] = [rows.length, rows[0]!.length];
    const [high, wide] = tile ?? [kind.rowsPerStrip, width];
    const chunks: Buffer[] = [];
    for (let top = 0; top < height; top += high) {
      for (let left = 0; left < width; left += wide) {
        const lines = Array.from({ length: tile ? high : Math.min(high, height - top) }, (_, r) =>
          Array.from({ length: wide }, (_, c) => rows[top + r]?.[left + c] ?? 0),
        );
        chunks.push(
          compress(
            lines.flatMap((line) => rowBytes(line, kind)),
            kind.compression,
          ),
        );
      }
    }
    const offsets = chunks.map(put);
    const list = (values: readonly number[]): readonly [number, number, readonly number[]] => [
      big ? 16 : 4,
      pointer,
      values,
    ];
    const fields: Record<number, readonly [number, number, readonly number[]]> = {
      256: [3, 2, [width]],
      257: [3, 2, [height]],
      258: [3, 2, [bits]],
      259: [3, 2, [COMPRESSIONS[kind.compression]]],
      262: [3, 2, [1]],
      277: [3, 2, [1]],
      ...(tile
        ? {
            317: [3, 2, [kind.predictor]],
            322: [3, 2, [wide]],
            323: [3, 2, [high]],
            324: list(offsets),
            325: list(chunks.map((c) => c.length)),
            339: [3, 2, [format]],
          }
        : {
            273: list(offsets),
            278: [3, 2, [high]],
            279: list(chunks.map((c) => c.length)),
            317: [3, 2, [kind.predictor]],
            339: [3, 2, [format]],
          }),
    };
    const tags = Object.keys(fields)
      .map(Number)
      .sort((a, b) => a - b);
    const lines = tags.map((tag) => {
      const [type, size, values] = fields[tag]!;
      const bytes = Buffer.concat(values.map((value) => integer(value, size)));
      const value =
        bytes.length <= pointer
          ? Buffer.concat([bytes, Buffer.alloc(pointer - bytes.length)])
          : integer(put(bytes), pointer);
      return Buffer.concat([integer(tag, 2), integer(type, 2), integer(values.length, pointer), value]);
    });
    const head = integer(tags.length, big ? 8 : 2);
    nexts.push({ part: parts.length, at: head.length + lines.length * lines[0]!.length });
    starts.push(put(Buffer.concat([head, ...lines, Buffer.alloc(pointer)])));
  }
  nexts.forEach(({ part, at }, i) => integer(starts[i + 1] ?? 0, pointer).copy(parts[part]!, at));
  const first = Buffer.concat([
    Buffer.from(little ? 'II' : 'MM'),
    ...(big ? [integer(43, 2), integer(8, 2), integer(0, 2)] : [integer(42, 2)]),
    integer(starts[0]!, pointer),
  ]);
  first.copy(parts[0]!);
  return Buffer.concat(parts);
}
