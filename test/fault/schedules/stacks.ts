import { closeSync, mkdirSync, openSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, Group } from 'h5wasm/node';
import { encodeNpy, encodeNpyHeader, encodeNpz } from '@main/files/npy';
import { h5wasm } from '@main/hdf5/index';
import { stamp } from './bench';
import {
  COLS,
  geometryOf,
  inPieces,
  interleaved,
  put,
  PIXELS,
  ROWS,
  someFrames,
  WITHIN_FRAME_MS,
  type Maker,
  type Step,
} from './writer';

const shapeOf = (frames: number): [number, number, number] => [frames, ROWS, COLS];

/** Bytes at a place of a file that is there. */
function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
  stamp(path);
}

const bytesOf = (counts: Int32Array): Uint8Array => new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength);

/** np.save, np.savez: one byte after the other. */
const saved =
  (kind: 'npy' | 'npz'): Maker =>
  (folder, name, draw) => {
    const { count, counts, digest } = someFrames(draw);
    const source = join(folder, `${name}.${kind}`);
    const stack = { shape: shapeOf(count), data: counts };
    const bytes = kind === 'npy' ? encodeNpy(stack) : encodeNpz({ data: stack });
    const geometry = geometryOf(draw, join(folder, `${name}.geometry.json`), count);
    const steps = interleaved<Step>(draw, inPieces(draw, source, bytes), geometry);
    return { what: `${kind}, saved`, source, number: 1, steps, truth: digest };
  };

/** open_memmap: the whole file at once, empty; then frame by frame, some in two halves. */
const mapped: Maker = (folder, name, draw) => {
  const { count, frame, digest } = someFrames(draw);
  const source = join(folder, `${name}.npy`);
  const header = encodeNpyHeader('<i4', shapeOf(count));
  const frames = Array.from({ length: count }, (_, k): Step[] => {
    const at = header.length + 4 * k * PIXELS;
    const bytes = bytesOf(frame(k));
    const half = bytes.length / 2;
    const last = k === count - 1 ? { within: WITHIN_FRAME_MS } : {};
    if (draw.uniform(0, 1) < 0.7) return [{ run: () => overwrite(source, at, bytes) }];
    return [
      { run: () => overwrite(source, at, bytes.subarray(0, half)), ...last },
      { run: () => overwrite(source, at + half, bytes.subarray(half)) },
    ];
  });
  const made = {
    run() {
      put(source, header);
      truncateSync(source, header.length + 4 * count * PIXELS);
    },
  };
  const geometry = geometryOf(draw, join(folder, `${name}.geometry.json`), count);
  const steps = interleaved<Step>(draw, [made, ...frames.flat()], geometry);
  return { what: 'npy, mapped', source, number: 1, steps, truth: digest };
};

const DETECTOR = 'entry_1/instrument_1/detector_1';

function edit(path: string, mode: 'w' | 'a', change: (file: InstanceType<typeof h5wasm.File>) => void): void {
  const file = new h5wasm.File(path, mode);
  try {
    change(file);
  } finally {
    file.close();
  }
  stamp(path);
}

const rows = (from: number, to: number): [number, number][] => [
  [from, to],
  [0, ROWS],
  [0, COLS],
];

/** CXI in place: with room for all frames from the beginning, or growing frame by frame. */
const cxi =
  (kind: 'allocated' | 'growing'): Maker =>
  (folder, name, draw) => {
    const { count, frame, digest } = someFrames(draw);
    const source = join(folder, `${name}.cxi`);
    const first = kind === 'allocated' ? count : 0;
    const made = {
      run() {
        mkdirSync(folder, { recursive: true });
        edit(source, 'w', (file) => {
          for (const group of ['entry_1', 'entry_1/instrument_1', DETECTOR]) file.create_group(group);
          (file.get(DETECTOR) as Group).create_dataset({
            ...{ name: 'data', data: new Int32Array(first * PIXELS), dtype: '<i4', shape: shapeOf(first) },
            ...{ maxshape: [null, ROWS, COLS], chunks: [1, ROWS, COLS] },
          });
        });
      },
    };
    const frames = Array.from({ length: count }, (_, k) => ({
      run: () =>
        edit(source, 'a', (file) => {
          const data = file.get(`${DETECTOR}/data`) as Dataset;
          if (kind === 'growing') data.resize(shapeOf(k + 1));
          data.write_slice(rows(k, k + 1), frame(k));
        }),
    }));
    const geometry = geometryOf(draw, join(folder, `${name}.geometry.json`), count);
    // A stack that grows tells nobody how far: only the geometry file does.
    const steps =
      kind === 'growing'
        ? draw.uniform(0, 1) < 0.5
          ? [...geometry, made, ...frames]
          : [made, ...frames, ...geometry]
        : interleaved<Step>(draw, [made, ...frames], geometry);
    return { what: `cxi, ${kind}`, source, number: 1, steps, truth: digest };
  };

export const stackMakers: readonly Maker[] = [saved('npy'), saved('npz'), mapped, cxi('allocated'), cxi('growing')];
