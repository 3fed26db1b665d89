import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { h5wasm, openHdf5 } from '@main/hdf5/index';
import { temporaryFolders } from '../scan/folder';
import { BITSHUFFLE } from '../scan/write-bliss';

const newFolder = temporaryFolders();

type Stored = Uint8Array | Uint16Array | Uint32Array | Int32Array;
const dtypes = { u1: '<B', u2: '<H', u4: '<I', i4: '<i' } as const;
const arrays = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };

interface Layout {
  readonly frames: number;
  readonly rows: number;
  readonly cols: number;
  readonly type: keyof typeof dtypes;
  /** Newer files find their chunks otherwise, and those that may grow otherwise again. */
  readonly library: 'earliest' | 'v110' | 'latest';
  readonly grows: boolean;
  /** Bytes of another program before HDF5's signature; the library counts all addresses from there. */
  readonly block?: number;
}

/** A stack of frames, a chunk each; most counts are small, some fill all bits. */
function writeStack(
  { frames, rows, cols, type, library, grows, block = 0 }: Layout,
  seed: number,
): { path: string; counts: Stored } {
  const path = join(newFolder(), 'a.h5');
  const pixels = rows * cols;
  const counts = Array.from({ length: frames * pixels }, (_, i) => {
    const drawn = ((i + seed) * 2654435761) % 4294967296;
    const frame = Math.floor(i / pixels);
    if (frame % 3 === 0) return drawn % 7;
    if (frame % 3 === 1) return drawn % 19 === 0 ? 4294967295 : drawn % 900;
    return drawn % 70_000;
  });
  const values = arrays[type].from(counts);
  const file = new h5wasm.File(path, 'w', library === 'earliest' ? undefined : { libver: library });
  file.create_dataset({
    name: 'data',
    data: values,
    dtype: dtypes[type],
    shape: [frames, rows, cols],
    ...(grows && { maxshape: [null, rows, cols] }),
    chunks: [1, rows, cols],
    ...BITSHUFFLE,
  });
  file.close();
  if (block > 0) writeFileSync(path, Buffer.concat([Buffer.alloc(block, 'MATLAB'), readFileSync(path)]));
  return { path, counts: values };
}

const layouts = fc.record({
  frames: fc.integer({ min: 1, max: 90 }),
  rows: fc.integer({ min: 1, max: 70 }),
  cols: fc.integer({ min: 1, max: 61 }),
  type: fc.constantFrom(...(Object.keys(dtypes) as (keyof typeof dtypes)[])),
  library: fc.constantFrom('earliest', 'v110', 'latest'),
  grows: fc.boolean(),
  block: fc.constantFrom(0, 0, 512, 1024, 4096),
});

describe('frames that are read past the library', () => {
  it('hold the counts that were written, as a whole and in any rows, whatever finds their chunks', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(layouts, fc.nat(1e6), fc.nat(), fc.nat(), (layout, seed, a, b) => {
        const { path, counts } = writeStack(layout, seed);
        const { frames, rows, cols } = layout;
        const file = openHdf5(path);
        const direct = file.direct('data');
        // One chunk alone is kept in a way of its own by newer libraries, and left to them.
        if (layout.library === 'earliest' || frames > 1) {
          kinds.add(`${layout.library} ${layout.grows}`);
          expect(direct).toBeDefined();
        }
        const [top, bottom] = [a % rows, b % (rows + 1)].sort((x, y) => x - y) as [number, number];
        for (let frame = 0; direct && frame < frames; frame++) {
          const written = counts.subarray(frame * rows * cols, (frame + 1) * rows * cols);
          expect(direct.read(frame)).toEqual(Float32Array.from(written));
          expect(direct.read(frame, [top, bottom])).toEqual(
            Float32Array.from(written.subarray(top * cols, bottom * cols)),
          );
        }
        expect(direct?.read(frames)).toBeUndefined();
        file.close();
      }),
      { numRuns: 60 },
    );
    expect(kinds.size).toBe(6);
  });

  it('are the library’s own where their elements, chunks or filters are of another kind', () => {
    const path = join(newFolder(), 'a.h5');
    const file = new h5wasm.File(path, 'w');
    const shape = [3, 4, 5];
    const values = Uint16Array.from({ length: 60 }, (_, i) => i);
    const stored = { shape, chunks: [1, 4, 5], data: values, dtype: '<H' };
    file.create_dataset({ ...stored, name: 'gzip', compression: 'gzip', compression_opts: [4] });
    file.create_dataset({ ...stored, name: 'plain' });
    file.create_dataset({ ...stored, name: 'several', chunks: [2, 4, 5], ...BITSHUFFLE });
    file.create_dataset({ ...stored, name: 'floats', data: Float32Array.from(values), dtype: '<f', ...BITSHUFFLE });
    file.create_dataset({ ...stored, name: 'signed', data: Int16Array.from(values), dtype: '<h', ...BITSHUFFLE });
    file.close();
    const opened = openHdf5(path);
    for (const name of ['gzip', 'plain', 'several', 'floats', 'signed', 'absent'])
      expect(opened.direct(name), name).toBeUndefined();
    opened.close();
  });

  it('are refused or left to the library where the file is damaged anywhere, and never throw', () => {
    const layout = { frames: 12, rows: 9, cols: 11, type: 'u4', grows: true } as const;
    let refused = 0;
    for (const library of ['earliest', 'v110', 'latest'] as const) {
      const { path } = writeStack({ ...layout, library }, 1);
      const whole = readFileSync(path);
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
          (hits) => {
            const damaged = Buffer.from(whole);
            for (const [at, value] of hits) damaged[at] = value;
            const bad = join(newFolder(), 'b.h5');
            writeFileSync(bad, whole);
            const file = openHdf5(bad);
            // The library has looked at the sound file; what it has not read lies damaged before the other reader.
            writeFileSync(bad, damaged);
            const direct = file.direct('data');
            if (!direct) refused++;
            for (let frame = 0; frame < layout.frames; frame++) {
              const counts = direct?.read(frame);
              if (!counts) refused++;
              else expect(counts.length).toBe(99);
            }
            file.close();
          },
        ),
        { numRuns: 40 },
      );
    }
    expect(refused).toBeGreaterThan(0);
  });
});
