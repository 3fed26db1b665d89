import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
/** Bytes per pixel by PNG colour type, as browsers write screenshots: RGB and RGBA, eight bits, not interlaced. */
const depths: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** @returns the same picture, pixel by pixel, in as few bytes as zlib can: browsers write screenshots for speed. */
export function compactPng(png: Buffer): Buffer {
  const { header, depth, rows } = readRows(png);
  const deflate = (filter: (row: Uint8Array, above: Uint8Array) => Filtered): Buffer =>
    deflateSync(Buffer.concat(rows.flatMap((row, n) => line(filter(row, rows[n - 1] ?? new Uint8Array(row.length))))), {
      level: 9,
      memLevel: 9,
    });
  const candidates = [
    // Flat surfaces and text shrink most as they are, smooth shades by what differs from the neighbours.
    deflate((row) => ({ type: 0, bytes: row })),
    deflate((row, above) => smallest(row, above, depth)),
  ];
  const best = candidates.reduce((a, b) => (b.length < a.length ? b : a));
  return assemble(header, best);
}

/** Eight bits of red, green and blue per pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** A screenshot's pixels; opaque, as screenshots are. */
export function readPng(png: Buffer): Picture {
  const { width, height, depth, rows } = readRows(png);
  const rgb = new Uint8Array(width * height * 3);
  for (const [y, row] of rows.entries())
    for (let x = 0; x < width; x++) rgb.set(row.subarray(x * depth, x * depth + 3), 3 * (y * width + x));
  return { width, height, rgb };
}

/** @returns the picture as a PNG file, in as few bytes as zlib can */
export function writePng({ width, height, rgb }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const stride = 3 * width;
  const rows = Array.from({ length: height }, (_, y) =>
    line({ type: 0, bytes: rgb.subarray(y * stride, (y + 1) * stride) }),
  );
  return compactPng(assemble(header, deflateSync(Buffer.concat(rows.flat()))));
}

const assemble = (header: Buffer, data: Buffer): Buffer =>
  Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);

interface Rows {
  readonly header: Buffer;
  readonly width: number;
  readonly height: number;
  /** Bytes per pixel. */
  readonly depth: number;
  readonly rows: readonly Uint8Array[];
}

function readRows(png: Buffer): Rows {
  const { header, data } = readChunks(png);
  const [width, height, depth] = [header.readUInt32BE(0), header.readUInt32BE(4), depths[header[9]!]];
  if (!depth || header[8] !== 8 || header[12] !== 0) throw new Error('not a screenshot as browsers write them');
  return { header, width, height, depth, rows: unfilter(inflateSync(data), width * depth, height, depth) };
}

interface Filtered {
  readonly type: number;
  readonly bytes: Uint8Array;
}

function readChunks(png: Buffer): { header: Buffer; data: Buffer } {
  const found: Record<string, Buffer[]> = {};
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    (found[name] ??= []).push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return { header: found['IHDR']![0]!, data: Buffer.concat(found['IDAT']!) };
}

function chunk(name: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(data.length + 12);
  whole.writeUInt32BE(data.length, 0);
  whole.write(name, 4, 'latin1');
  data.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, data.length + 8)), data.length + 8);
  return whole;
}

const line = ({ type, bytes }: Filtered): Uint8Array[] => [Uint8Array.of(type), bytes];

/** What a byte is guessed to be from its left, upper and upper left neighbours, by filter type. */
const guesses: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function unfilter(data: Uint8Array, stride: number, height: number, depth: number): Uint8Array[] {
  const rows: Uint8Array[] = [];
  for (let y = 0; y < height; y++) {
    const at = y * (stride + 1);
    const guess = guesses[data[at]!]!;
    const row = data.slice(at + 1, at + 1 + stride);
    const above = rows[y - 1];
    for (let n = 0; n < stride; n++)
      row[n] = row[n]! + guess(row[n - depth] ?? 0, above?.[n] ?? 0, above?.[n - depth] ?? 0);
    rows.push(row);
  }
  return rows;
}

/** The filter that leaves a row's bytes nearest to zero: the PNG specification's own advice. */
function smallest(row: Uint8Array, above: Uint8Array, depth: number): Filtered {
  let best: Filtered = { type: 0, bytes: row };
  let least = Infinity;
  for (const [type, guess] of guesses.entries()) {
    const bytes = row.map((byte, n) => byte - guess(row[n - depth] ?? 0, above[n] ?? 0, above[n - depth] ?? 0));
    const sum = bytes.reduce((total, byte) => total + Math.min(byte, 256 - byte), 0);
    if (sum < least) [best, least] = [{ type, bytes }, sum];
  }
  return best;
}
