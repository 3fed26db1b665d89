import fc from 'fast-check';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { fileBytes, inflatedBytes } from '@main/files/bytes';
import { decodeNpy, decodeNpz, encodeNpy, encodeNpyHeader, encodeNpz } from '@main/files/npy';
import { storedNpy } from '@main/files/stored-array';
import { zipBytes, zipEntries } from '@main/files/zip';
import { temporaryFolder } from '../../support/build';
import { fixture } from '../../support/fixtures';

const codeOf = (step: () => unknown): string => {
  try {
    step();
    return 'none';
  } catch (error) {
    return error instanceof BraggwatchError ? error.code : String(error);
  }
};

const stored = (path: string) => storedNpy(fileBytes(path, 0, readFileSync(path).length));

describe('an array that is read in parts', () => {
  it('is what decoding all of it gives, from a file and from archives packed and plain', () => {
    const folder = temporaryFolder();
    const edge = fc.integer({ min: 1, max: 6 });
    const arrays = fc.record({
      shape: fc.tuple(edge, edge, edge),
      seed: fc.nat(255),
      level: fc.constantFrom(0, 6),
      wide: fc.boolean(),
    });
    fc.assert(
      fc.property(arrays, fc.nat(), fc.nat(), ({ shape, seed, level, wide }, a, b) => {
        const length = shape.reduce((all, size) => all * size, 1);
        const make = wide ? Float64Array : Uint16Array;
        const npy = encodeNpy({ shape, data: new make(length).map((_, i) => (i * 7 + seed) % 250) });
        const [from, to] = [a % (shape[0] + 1), b % (shape[0] + 1)].sort((x, y) => x - y) as [number, number];
        const path = join(folder, 'a.npz');
        writeFileSync(
          path,
          zipSync({ 'other.npy': encodeNpy({ shape: [1], data: Uint8Array.of(1) }), 'data.npy': npy }, { level }),
        );
        writeFileSync(join(folder, 'a.npy'), npy);
        const whole = decodeNpy(npy).data;
        const item = length / shape[0];
        const entry = zipEntries(path).find(({ name }) => name === 'data.npy')!;
        for (const array of [stored(join(folder, 'a.npy')), storedNpy(zipBytes(path, entry))]) {
          expect(array.shape).toEqual(shape);
          expect(array.slice(from, to)).toEqual(whole.slice(from * item, to * item));
          expect(array.whole().data).toEqual(whole);
        }
      }),
    );
  });

  it("reads NumPy's own archives", () => {
    const path = fixture('scan54/gridder3d.npz');
    const whole = decodeNpz(readFileSync(path));
    const entries = zipEntries(path);
    expect(entries.map(({ name }) => name)).toEqual(Object.keys(whole).map((name) => `${name}.npy`));
    for (const entry of entries)
      expect(storedNpy(zipBytes(path, entry)).whole()).toEqual(whole[entry.name.replace(/\.npy$/, '')]);
  });

  it('takes no memory for what it only claims: its size is checked against what is there first', () => {
    const path = join(temporaryFolder(), 'a.npy');
    writeFileSync(path, encodeNpyHeader('<f4', [100, 1600, 1600]));
    expect(codeOf(() => stored(path))).toBe('scan-truncated');
    writeFileSync(path, encodeNpyHeader('<f4', [100, 100_000, 100_000]));
    expect(codeOf(() => stored(path))).toBe('scan-unreadable');
    // All there, and full of holes: a frame is read at a time.
    const header = encodeNpyHeader('<f4', [100, 1600, 1600]);
    writeFileSync(path, header);
    truncateSync(path, header.length + 4 * 100 * 1600 * 1600);
    const before = process.memoryUsage().arrayBuffers;
    const array = storedNpy(fileBytes(path, 0, header.length + 4 * 100 * 1600 * 1600));
    expect(array.slice(99, 100)).toHaveLength(1600 * 1600);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(3e7);
    expect(codeOf(() => array.whole())).toBe('scan-unreadable');
  });

  it('of an archive that claims more than deflate can make of what is there, or gives more than it claims, is refused', () => {
    const path = join(temporaryFolder(), 'a.npz');
    const npz = Buffer.from(encodeNpz({ data: { shape: [10, 10, 10], data: new Uint16Array(1000) } }));
    const central = npz.indexOf(Buffer.of(0x50, 0x4b, 1, 2));
    for (const size of [2 ** 31, 100]) {
      npz.writeUInt32LE(size, central + 24);
      writeFileSync(path, npz);
      expect(codeOf(() => zipEntries(path).map((entry) => storedNpy(zipBytes(path, entry))))).toBe('scan-unreadable');
    }
  });
});

it('bytes that are inflated as they are read are the same forwards, backwards and in any pieces', () => {
  const folder = temporaryFolder();
  const plain = Uint8Array.from({ length: 300_000 }, (_, i) => (i % 251) ^ (i >> 9));
  const path = join(folder, 'a.npz');
  writeFileSync(path, zipSync({ 'a.npy': plain }));
  const [entry] = zipEntries(path);
  const start = entry!.start + 30 + 'a.npy'.length;
  const bytes = inflatedBytes(fileBytes(path, start, entry!.packedSize), plain.length, 'a');
  const places = fc.array(fc.tuple(fc.nat(plain.length), fc.nat(70_000)), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(places, (reads) => {
      for (const [at, length] of reads) {
        const end = Math.min(plain.length, at + length);
        expect(Buffer.compare(bytes.read(at, end - at), plain.subarray(at, end))).toBe(0);
      }
    }),
    { numRuns: 20 },
  );
  expect(codeOf(() => bytes.read(plain.length - 1, 2))).toBe('scan-truncated');
});
