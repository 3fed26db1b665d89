import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldBytes } from '@main/files/bytes';
import { readTiff, tiffInfo } from '@main/scan/tiff';
import { errorCode } from './error-code';
import type { TYPES } from './write-tiff';
import { writeTiff, type TiffKind } from './write-tiff';

const ranges: Readonly<Record<keyof typeof TYPES, readonly [number, number]>> = {
  u8: [0, 255],
  u16: [0, 65_535],
  u32: [0, 2 ** 32 - 1],
  i8: [-128, 127],
  i16: [-32_768, 32_767],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  f32: [0, 0],
  f64: [0, 0],
};

const valueOf = (type: keyof typeof TYPES): fc.Arbitrary<number> => {
  if (type === 'f32') return fc.float({ noDefaultInfinity: true });
  if (type === 'f64') return fc.double({ noDefaultInfinity: true });
  const [min, max] = ranges[type];
  // Few counts and many: runs for the packers, and every bit for the depths.
  return fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 }), fc.integer({ min, max }));
};

const tiffs = fc
  .record({
    little: fc.boolean(),
    big: fc.boolean(),
    tile: fc.option(fc.constantFrom([16, 16] as const, [16, 32] as const), { nil: undefined }),
    rowsPerStrip: fc.integer({ min: 1, max: 40 }),
    compression: fc.constantFrom<TiffKind['compression']>('none', 'lzw', 'deflate', 'packbits', 'zstd'),
    type: fc.constantFrom<TiffKind['type']>('u8', 'u16', 'u32', 'i8', 'i16', 'i32', 'f32', 'f64'),
    predicted: fc.boolean(),
    rows: fc.integer({ min: 1, max: 40 }),
    cols: fc.integer({ min: 1, max: 40 }),
    pages: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ predicted, rows, cols, pages, ...kind }) => {
    const predictor = !predicted ? 1 : kind.type.startsWith('f') ? 3 : 2;
    const page = fc.array(fc.array(valueOf(kind.type), { minLength: cols, maxLength: cols }), {
      minLength: rows,
      maxLength: rows,
    });
    return fc.record({
      kind: fc.constant<TiffKind>({ ...kind, predictor }),
      images: fc.array(page, { minLength: pages, maxLength: pages }),
    });
  });

describe('a TIFF', () => {
  it('of any byte order, tile or strip, compression, predictor and depth reads back exactly, page by page', () => {
    fc.assert(
      fc.property(tiffs, ({ kind, images }) => {
        const bytes = writeTiff(images, kind);
        const shape = [images[0]!.length, images[0]![0]!.length];
        expect(tiffInfo(heldBytes(bytes, 'a.tif'), 'a.tif')).toMatchObject({
          shape,
          pages: images.length,
          whole: true,
        });
        images.forEach((image, page) => {
          const read = readTiff(heldBytes(bytes, 'a.tif'), 'a.tif', page);
          expect(read.shape).toEqual(shape);
          expect([...read.data]).toEqual(image.flat());
          expect(read.maximum).toBe(kind.type.startsWith('f') ? undefined : ranges[kind.type][1]);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('of many bytes under LZW, past the table and its beginning anew', () => {
    const image = Array.from({ length: 150 }, (_, r) =>
      Array.from({ length: 150 }, (_, c) => (r * r * 31 + c * 17 * r) % 256),
    );
    const kind: TiffKind = {
      little: true,
      big: false,
      tile: undefined,
      rowsPerStrip: 150,
      compression: 'lzw',
      predictor: 1,
      type: 'u8',
    };
    expect([...readTiff(heldBytes(writeTiff([image], kind), 'a.tif'), 'a.tif').data]).toEqual(image.flat());
  });

  it('that is cut is not whole, and is not read', () => {
    const image = Array.from({ length: 20 }, (_, r) => Array.from({ length: 20 }, (_, c) => r * c));
    const kind: TiffKind = {
      little: true,
      big: false,
      tile: undefined,
      rowsPerStrip: 20,
      compression: 'none',
      predictor: 1,
      type: 'u16',
    };
    const bytes = writeTiff([image], kind);
    // The directory lies behind the image here: with both in front of the cut the strip itself is too short.
    const moved = Buffer.from(bytes);
    moved.writeUInt32LE(1e6, moved.indexOf(Buffer.from([0x11, 0x01, 0x04, 0x00])) + 8);
    expect(tiffInfo(heldBytes(moved, 'a.tif'), 'a.tif').whole).toBe(false);
    expect(errorCode(() => readTiff(heldBytes(moved, 'a.tif'), 'a.tif'))).toBe('scan-truncated');
    expect(errorCode(() => readTiff(heldBytes(bytes.subarray(0, 100), 'a.tif'), 'a.tif'))).toBe('scan-truncated');
  });
});
