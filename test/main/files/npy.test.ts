import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decodeNpy, decodeNpz, encodeNpy, encodeNpz } from '@main/files/npy';
import { fixture } from '../../support/fixtures';
import { errorCode } from '../scan/error-code';

/** A .npy made by hand from the format's description, apart from our own encoder. */
function npy(dictionary: string, data: Uint8Array = new Uint8Array(), version = 1): Uint8Array {
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(dictionary.length);
  else length.writeUInt32LE(dictionary.length);
  return Buffer.concat([
    Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, 'latin1'),
    length,
    Buffer.from(dictionary, 'latin1'),
    data,
  ]);
}
const header = (type: string, shape: string, fortran = 'False'): string =>
  `{'descr': '${type}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

describe('npy', () => {
  it.each([
    ['<u2', [1, 0, 0, 1], [1, 256]],
    ['>u2', [0, 1, 1, 0], [1, 256]],
    ['|i1', [255, 2], [-1, 2]],
    ['|b1', [1, 0], [1, 0]],
    ['<i2', [255, 255, 2, 0], [-1, 2]],
    ['>i4', [255, 255, 255, 254, 0, 0, 0, 7], [-2, 7]],
    ['<f2', [0x00, 0x3c, 0x01, 0x80], [1, -(2 ** -24)]],
    ['>f2', [0x7b, 0xff, 0x35, 0x55], [65_504, 0.333251953125]],
    ['>f4', [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0], [1, -2]],
    ['<i8', [1, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], [2 ** 32 + 1, -1]],
  ])('decodes %s', (type, bytes, values) => {
    for (const version of [1, 2]) {
      const array = decodeNpy(npy(header(type, '(2,)'), Uint8Array.from(bytes), version));
      expect(array.shape).toEqual([2]);
      expect(Array.from(array.data)).toEqual(values);
    }
  });

  it('keeps what it encodes, not-a-numbers included', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.float32Array(),
          fc.float64Array(),
          fc.uint32Array(),
          fc.int32Array(),
          fc.uint16Array(),
          fc.uint8Array(),
        ),
        (data) => {
          const array = { shape: [data.length, 1], data };
          expect(decodeNpy(encodeNpy(array))).toEqual(array);
          expect(decodeNpz(encodeNpz({ data: array, other: array }), (name) => name === 'data')).toEqual({
            data: array,
          });
        },
      ),
    );
  });

  it('puts the data at a multiple of 64 bytes, as NumPy wants', () => {
    for (let rank = 0; rank < 8; rank++) {
      const bytes = encodeNpy({ shape: new Array<number>(rank).fill(1), data: new Float32Array(1) });
      expect((bytes.length - 4) % 64).toBe(0);
      expect(bytes[bytes.length - 5]).toBe(10);
    }
  });

  it('gives an array the same values whichever axis is the fastest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), (shape) => {
        const size = shape.reduce((all, n) => all * n, 1);
        // Each value says where it belongs: its indices as digits.
        const digits = (place: number, sizes: readonly number[]): number[] =>
          sizes.reduce<{ rest: number; out: number[] }>(
            ({ rest, out }, n) => ({ rest: Math.floor(rest / n), out: [...out, rest % n] }),
            { rest: place, out: [] },
          ).out;
        const valueOf = (indices: readonly number[]): number => indices.reduce((sum, i) => 10 * sum + i, 0);
        const fastFirst = Uint16Array.from({ length: size }, (_, place) => valueOf(digits(place, shape)));
        const fastLast = Array.from({ length: size }, (_, place) =>
          valueOf(digits(place, shape.toReversed()).toReversed()),
        );
        const bytes = npy(header('<u2', `(${shape.join(', ')},)`, 'True'), new Uint8Array(fastFirst.buffer));
        expect(decodeNpy(bytes).shape).toEqual(shape);
        expect([...decodeNpy(bytes).data]).toEqual(fastLast);
      }),
    );
  });

  it('encodes part of a larger buffer', () => {
    const bytes = Buffer.from([9, 1, 2, 9]).subarray(1, 3);
    expect(Array.from(decodeNpy(encodeNpy({ shape: [2], data: bytes })).data)).toEqual([1, 2]);
  });

  it.each([
    ['a shape larger than its data', npy(header('<f4', '(1000000, 64)'), new Uint8Array(16)), 'scan-truncated'],
    ['an absurd shape', npy(header('<f8', '(4000000000, 4000000000)'), new Uint8Array(16)), 'scan-unreadable'],
    ['a negative shape', npy(header('<f8', '(-4,)'), new Uint8Array(64)), 'scan-unreadable'],
    ['too many axes', npy(header('<f4', `(${'1,'.repeat(99)})`), new Uint8Array(4)), 'scan-unreadable'],
    ['Python objects', npy(header('|O', '(1,)'), new Uint8Array(8)), 'scan-unreadable'],
    ['structures', npy(header("[('a', '<f4')]", '(1,)'), new Uint8Array(8)), 'scan-unreadable'],
    [
      'a header longer than the file',
      encodeNpy({ shape: [1], data: new Uint8Array(1) }).subarray(0, 40),
      'scan-truncated',
    ],
    ['nothing', new Uint8Array(), 'scan-truncated'],
    ['something else', new Uint8Array(100), 'scan-unreadable'],
  ])('refuses %s', (_what, bytes, code) => {
    expect(errorCode(() => decodeNpy(bytes))).toBe(code);
  });
});

describe('npz', () => {
  it('refuses what is no archive', () => {
    expect(errorCode(() => decodeNpz(new Uint8Array(100)))).toBe('scan-unreadable');
    expect(errorCode(() => decodeNpz(new Uint8Array()))).toBe('scan-unreadable');
    const cut = encodeNpz({ a: { shape: [100], data: new Float64Array(100) } });
    expect(errorCode(() => decodeNpz(cut.subarray(0, cut.length - 30)))).toBe('scan-unreadable');
  });

  it('refuses a zip bomb by the size it states, before it inflates', () => {
    const bomb = zipSync({ 'data.npy': new Uint8Array(1000) });
    const view = new DataView(bomb.buffer);
    const central = Buffer.from(bomb).indexOf('PK\x01\x02', 0, 'latin1');
    view.setUint32(central + 24, 2 ** 32 - 2, true);
    expect(errorCode(() => decodeNpz(bomb))).toBe('scan-unreadable');
  });

  it('never inflates more than was stated', () => {
    const lying = zipSync({ 'data.npy': encodeNpy({ shape: [1_000_000], data: new Uint8Array(1_000_000) }) });
    const central = Buffer.from(lying).indexOf('PK\x01\x02', 0, 'latin1');
    new DataView(lying.buffer).setUint32(central + 24, 200, true);
    expect(errorCode(() => decodeNpz(lying))).toBe('scan-truncated');
  });

  it('reads what NumPy wrote', () => {
    const { data, theta_deg } = decodeNpz(readFileSync(fixture('scan54/crop.npz')), (name) =>
      ['data', 'theta_deg'].includes(name),
    );
    expect(data!.shape).toEqual([81, 128, 128]);
    expect(data!.data).toBeInstanceOf(Uint32Array);
    // NumPy's own sum, and the angles that SPEC recorded for frames 59 to 139.
    expect((data!.data as Uint32Array).reduce((a, b) => a + b, 0)).toBe(44_795_805);
    expect(theta_deg!.data).toHaveLength(81);
    expect(theta_deg!.data[0]).toBeCloseTo(0.0150072, 9);
  });
});
