import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, createWriteStream, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createGzip, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FormatName } from '@contract/scan';
import { imageInfo, readImage } from '@main/scan/image';
import { temporaryFolders } from './folder';

const newFolder = temporaryFolders();
/** What any input may take, and what listing it may, MB. */
const [MOST_MB, MOST_LISTING_MB] = [1000, 300];
const told = z.object({ outcome: z.enum(['read', 'refused']), listing: z.number(), peak: z.number() });

/** Lists and reads a file in a process of its own. */
function met(format: FormatName, path: string): z.infer<typeof told> {
  const folder = join(import.meta.dirname, 'fuzz');
  const args = ['--import', join(folder, 'hooks.mjs'), join(folder, 'claims-child.ts'), format, path];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return told.parse(JSON.parse(stdout));
}

const header = (frames: number, edge: number): Buffer =>
  Buffer.from(
    `{\n${['ByteOrder = LowByteFirst', 'DataType = UnsignedInteger', `Dim_1 = ${edge}`, `Dim_2 = ${edge}`, `Dim_3 = ${frames}`].join(' ;\n')} ;\n}\n`,
  );

/** A head and so many bytes of nothing behind it, in gzip: a thousandth of what it holds. */
async function gzipOf(path: string, head: Buffer, zeros: number): Promise<void> {
  const gzip = createGzip({ level: 1 });
  const out = gzip.pipe(createWriteStream(path));
  gzip.write(head);
  const piece = Buffer.alloc(2 ** 20);
  for (let left = zeros; left > 0; left -= piece.length)
    if (!gzip.write(piece.subarray(0, Math.min(left, piece.length)))) await once(gzip, 'drain');
  gzip.end();
  await once(out, 'close');
}

/** An array of doubles in a compressed element of MATLAB. */
function packedMatrix(name: string, count: number): Buffer {
  const element = (type: number, body: Buffer): Buffer => {
    const tag = Buffer.alloc(8);
    tag.writeUInt32LE(type, 0);
    tag.writeUInt32LE(body.length, 4);
    return Buffer.concat([tag, body, Buffer.alloc((8 - (body.length % 8)) % 8)]);
  };
  const words = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);
  const inner = Buffer.concat([
    element(6, words(6, 0)),
    element(5, words(count / 10_000, 100, 100)),
    element(1, Buffer.from(name)),
    element(9, Buffer.alloc(8 * count)),
  ]);
  const packed = deflateSync(element(14, inner), { level: 1 });
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(15, 0);
  tag.writeUInt32LE(packed.length, 4);
  return Buffer.concat([tag, packed]);
}

/** A TIFF whose pages all have the same strips: a few bytes for each page, and as many strips as one wishes. */
function sharedStrips(pages: number, strips: number): Buffer {
  const tags = 7;
  const page = 2 + 12 * tags + 4;
  const at = 8 + pages * page;
  const out = Buffer.alloc(at + 4 * strips);
  out.write('II');
  out.writeUInt16LE(42, 2);
  out.writeUInt32LE(8, 4);
  for (let n = 0; n < pages; n++) {
    const place = 8 + n * page;
    out.writeUInt16LE(tags, place);
    const entries = [
      [256, 4, 1, 8],
      [257, 4, 1, strips],
      [258, 3, 1, 8],
      [259, 3, 1, 1],
      [273, 4, strips, at],
      [278, 4, 1, 1],
      [279, 4, strips, at],
    ] as const;
    entries.forEach(([name, type, count, value], k) => {
      const entry = place + 2 + 12 * k;
      out.writeUInt16LE(name, entry);
      out.writeUInt16LE(type, entry + 2);
      out.writeUInt32LE(count, entry + 4);
      out.writeUInt32LE(value, entry + 8);
    });
    out.writeUInt32LE(n + 1 < pages ? place + page : 0, place + page - 4);
  }
  for (let n = 0; n < strips; n++) out.writeUInt32LE(8, at + 4 * n);
  return out;
}

/** A file of a head and holes. */
function sparse(path: string, head: Buffer, size: number): void {
  const file = openSync(path, 'w');
  writeSync(file, head);
  closeSync(file);
  truncateSync(path, size);
}

describe('a small file that claims much', () => {
  it.each(['plain', 'packed'] as const)(
    'an EDF image of more frames than there can be, %s, is refused',
    async (how) => {
      const path = join(newFolder(), how === 'plain' ? 'a.edf' : 'a.edf.gz');
      const head = header(1e9, 100);
      if (how === 'plain') writeFileSync(path, head);
      else await gzipOf(path, head, 1000);
      const { outcome, peak } = met('tiff', path);
      expect(outcome).toBe('refused');
      expect(peak).toBeLessThan(MOST_LISTING_MB);
    },
  );

  it('an EDF stack is unpacked as it is read', async () => {
    const path = join(newFolder(), 'a.edf.gz');
    const head = header(17, 1024);
    await gzipOf(path, head, 17 * 2 ** 22);
    const { listing, peak } = met('tiff', path);
    expect(listing).toBeLessThan(MOST_LISTING_MB);
    expect(peak).toBeLessThan(MOST_MB);
  });

  it('an EDF stack of holes is read frame by frame', () => {
    const path = join(newFolder(), 'a.edf');
    const head = header(250, 1024);
    sparse(path, head, head.length + 250 * 2 ** 22);
    const { outcome, listing, peak } = met('tiff', path);
    expect(outcome).toBe('read');
    expect(listing).toBeLessThan(MOST_LISTING_MB);
    expect(peak).toBeLessThan(MOST_MB);
  });

  it('a TIFF whose pages share their strips is refused', () => {
    const path = join(newFolder(), 'a.tif');
    writeFileSync(path, sharedStrips(5000, 100_000));
    const { outcome, peak } = met('tiff', path);
    expect(outcome).toBe('refused');
    expect(peak).toBeLessThan(MOST_MB);
  });

  it("MATLAB's arrays count together", () => {
    const path = join(newFolder(), 'a.mat');
    const head = Buffer.alloc(128);
    head.write('MATLAB 5.0 MAT-file');
    head.writeUInt16LE(0x0100, 124);
    head.write('IM', 126);
    const one = packedMatrix('data', 10_000_000);
    writeFileSync(path, Buffer.concat([head, ...Array.from({ length: 12 }, () => one)]));
    const { outcome, peak } = met('npz', path);
    expect(outcome).toBe('refused');
    expect(peak).toBeLessThan(MOST_MB);
  });
});

describe('a large packed stack', () => {
  it('is read as a small one is, forwards and back, and one that is cut is told', async () => {
    const folder = newFolder();
    const path = join(folder, 'a.edf.gz');
    // Each frame of one number; 68 MB in all.
    const [edge, frames] = [1024, 17];
    const gzip = createGzip({ level: 1 });
    const out = gzip.pipe(createWriteStream(path));
    gzip.write(header(frames, edge));
    for (let n = 1; n <= frames; n++) {
      const frame = Buffer.from(new Uint32Array(edge * edge).fill(n).buffer);
      if (!gzip.write(frame)) await once(gzip, 'drain');
    }
    gzip.end();
    await once(out, 'close');
    expect(imageInfo(path)).toMatchObject({ shape: [edge, edge], pages: frames, whole: true });
    for (const page of [0, 3, 16, 1]) expect(new Set(readImage(path, page).data)).toEqual(new Set([page + 1]));
    const cut = join(folder, 'b.edf.gz');
    const whole = readFileSync(path);
    writeFileSync(cut, Buffer.concat([whole.subarray(0, whole.length / 2), whole.subarray(whole.length - 8)]));
    expect(() => imageInfo(cut)).toThrow(expect.objectContaining({ code: 'scan-truncated' }));
  });
});
