import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { heldBytes } from '@main/files/bytes';
import { edfInfo, readEdf } from '@main/scan/edf';
import { imageInfo, readImage } from '@main/scan/image';
import { edf } from '../../helpers/writers/spec-edf';
import { errorCode } from './error-code';
import { temporaryFolders } from './folder';

const newFolder = temporaryFolders();

/** A header as other programs write it: any length, any capitals, then the bytes as given. */
const raw = (lines: readonly string[], bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`{\r\n${lines.join(' ;\r\n')} ;\r\n}\n`), bytes]);

describe('an EDF image', () => {
  it.each([
    ['SignedByte', Int8Array.of(-3, 2, 1, 0, 5, 127)],
    ['UnsignedByte', Uint8Array.of(3, 2, 1, 0, 5, 255)],
    ['SignedShort', Int16Array.of(-300, 2, 1, 0, 5, 32767)],
    ['UnsignedShort', Uint16Array.of(300, 2, 1, 0, 5, 65535)],
    ['SignedInteger', Int32Array.of(-70000, 2, 1, 0, 5, 2 ** 31 - 1)],
    ['UnsignedLong', Uint32Array.of(70000, 2, 1, 0, 5, 2 ** 32 - 1)],
    ['Unsigned64', BigUint64Array.of(70000n, 2n, 1n, 0n, 5n, 2n ** 40n)],
    ['FloatValue', Float32Array.of(0.5, 2, 1, 0, 5, -1)],
    ['DoubleValue', Float64Array.of(0.5, 2, 1, 0, 5, 1e300)],
  ])('of %s is read in either byte order', (type, values) => {
    const lines = [`DATATYPE = ${type}`, 'Dim_1 = 3', 'dim_2 = 2', 'title = a = b'];
    const little = Buffer.from(values.buffer.slice(0));
    const big = Buffer.from(little);
    const width = values.BYTES_PER_ELEMENT;
    for (let at = 0; at < big.length; at += width) big.subarray(at, at + width).reverse();
    const wanted = Array.from(values, Number);
    for (const [order, bytes] of [
      ['LowByteFirst', little],
      ['HighByteFirst', big],
    ] as const) {
      const { shape, data } = readEdf(heldBytes(raw([`ByteOrder = ${order}`, ...lines], bytes), 'a.edf'), 'a.edf');
      expect(shape).toEqual([2, 3]);
      expect(Array.from(data)).toEqual(wanted);
    }
  });

  it('may be one of a stack, by headers or by a third dimension, and compressed as a whole', () => {
    const folder = newFolder();
    const frames = [1, 2, 3].map((n) => new Uint32Array(6).fill(n));
    const blocks = join(folder, 'a.edf.gz');
    writeFileSync(blocks, gzipSync(Buffer.concat(frames.map((frame) => edf(frame, 2, 3)))));
    const deep = join(folder, 'b.edf');
    const lines = ['ByteOrder = LowByteFirst', 'DataType = UnsignedInteger', 'Dim_1 = 3', 'Dim_2 = 2', 'Dim_3 = 3'];
    writeFileSync(deep, raw(lines, Buffer.concat(frames.map((frame) => Buffer.from(frame.buffer)))));
    for (const path of [blocks, deep]) {
      expect(imageInfo(path)).toMatchObject({ shape: [2, 3], pages: 3, whole: true });
      expect([0, 1, 2].map((page) => readImage(path, page).data)).toEqual(frames);
      expect(errorCode(() => readImage(path, 3))).toBe('scan-unreadable');
    }
  });

  it('of a stack is found without going back to what lies before it, which a packed file would be unpacked anew for', () => {
    const frames = [1, 2, 3].map((n) => new Uint32Array(6).fill(n));
    const held = heldBytes(Buffer.concat(frames.map((frame) => edf(frame, 2, 3))), 'a.edf');
    const reads: number[] = [];
    const bytes = {
      ...held,
      read(at: number, length: number) {
        reads.push(at);
        return held.read(at, length);
      },
    };
    expect(edfInfo(bytes, 'a.edf')).toMatchObject({ pages: 3, whole: true });
    reads.length = 0;
    expect([0, 1, 2].map((page) => readEdf(bytes, 'a.edf', page).data)).toEqual(frames);
    expect(reads).toHaveLength(3);
    expect(reads).toEqual(reads.toSorted((a, b) => a - b));
  });

  it('that is not whole is told, not read', () => {
    const whole = edf(new Uint32Array(6).fill(7), 2, 3);
    const path = join(newFolder(), 'a.edf');
    for (const bytes of [whole.subarray(0, 200), whole.subarray(0, 520), gzipSync(whole).subarray(0, 60)]) {
      writeFileSync(path, bytes);
      expect(errorCode(() => readImage(path))).toBe('scan-truncated');
    }
  });

  it.each([
    ['of unknown numbers', ['DataType = Complex', 'Dim_1 = 3', 'Dim_2 = 2'], 'Complex'],
    [
      'packed frame by frame',
      ['DataType = FloatValue', 'Dim_1 = 3', 'Dim_2 = 2', 'Compression = ByteOffset'],
      'ByteOffset',
    ],
    ['of no size', ['DataType = FloatValue', 'Dim_1 = 0', 'Dim_2 = 2'], '2 x 0'],
  ])('%s is refused by name', (_, lines, named) => {
    expect(() => readEdf(heldBytes(raw(lines, new Uint8Array(24)), 'a.edf'), 'a.edf')).toThrow(named);
  });
});
