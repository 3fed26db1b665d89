import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answersSchema } from '@contract/geometry';
import { BraggwatchError } from '@contract/errors';
import { writeScan } from '@main/demo';
import { decodeNpz, encodeNpy, encodeNpz, type NpyArray } from '@main/files/npy';
import { h5wasm } from '@main/hdf5/index';
import { reduceSource } from '@main/reading/reduce-scan';
import { blissReader } from '@main/scan/bliss';
import { cxiReader } from '@main/scan/cxi';
import { claimOf } from '@main/scan/formats';
import { hdf5Reader } from '@main/scan/hdf5';
import { npzReader } from '@main/scan/npz';
import { shippedPresets } from '@main/scan/presets';
import type { ScanReader } from '@main/scan/types';
import { runCli } from '../../support/cli';

const preset = shippedPresets().find(({ name }) => name === 'id01')!;
const options = { preset, answers: answersSchema.parse({}), method: 'linear', frame: 'q' } as const;

/** What the whole reading makes of a source that holds one scan. */
function reduced(reader: ScanReader, path: string) {
  const [facts] = reader.list(path);
  const source = reader.open(facts!.ref);
  try {
    return reduceSource(source, options);
  } finally {
    source.close();
  }
}
const refusal = (path: string): BraggwatchError => {
  try {
    reduced(npzReader, path);
  } catch (error) {
    if (error instanceof BraggwatchError) return error;
    throw error;
  }
  throw new Error(`${path} was not refused`);
};

const folder = mkdtempSync(join(tmpdir(), 'braggwatch-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const scan = writeScan(folder, { defect: 'screw' });
const direct = reduced(blissReader, scan.master);
/** Compared at once: a million bytes one by one take minutes to tell apart. */
const sameBytes = (bytes: Uint8Array): boolean => Buffer.compare(bytes, direct.volume.intensity) === 0;
const volume = new Float32Array(direct.volume.intensity.slice().buffer);
const likeness = (a: Uint8Array): number => {
  const other = new Float32Array(a.slice().buffer);
  let [ab, aa, bb] = [0, 0, 0];
  volume.forEach((v, i) => {
    const [x, y] = [Math.sqrt(v), Math.sqrt(other[i]!)];
    [ab, aa, bb] = [ab + x * y, aa + x * x, bb + y * y];
  });
  return ab / Math.sqrt(aa * bb);
};

/** The scan's volume in the sample frame, as `reduce` writes it. */
const arrays = ((): Record<string, NpyArray> => {
  const out = join(folder, 'sample.npz');
  const ran = runCli(['reduce', scan.master, '--frame', 'sample', '--out', out], join(folder, 'home'));
  if (ran.code !== 0) throw new Error(ran.err);
  return decodeNpz(readFileSync(out));
})();
const { intensity, qx, qy, qz } = arrays as Record<'intensity' | 'qx' | 'qy' | 'qz', NpyArray>;
const write = (name: string, given: Record<string, NpyArray>): string => {
  const path = join(folder, name);
  writeFileSync(path, encodeNpz(given));
  return path;
};
const changed = (axis: NpyArray, change: (value: number, i: number) => number): NpyArray => ({
  ...axis,
  data: Float64Array.from(axis.data, change),
});
/** With its last two axes exchanged, as bcdi keeps volumes. */
const exchanged = ((): NpyArray => {
  const data = new Float32Array(64 ** 3);
  for (let at = 0; at < data.length; at++) {
    const [i, j, k] = [Math.floor(at / 4096), Math.floor(at / 64) % 64, at % 64];
    data[(i * 64 + k) * 64 + j] = intensity.data[at]!;
  }
  return { shape: [64, 64, 64], data };
})();

describe('what reduce wrote, read back', () => {
  it('is the same volume to the bit', () => {
    const out = join(folder, 'own.npz');
    expect(runCli(['reduce', scan.master, '--out', out]).code).toBe(0);
    const again = reduced(npzReader, out);
    const written = Float32Array.from(decodeNpz(readFileSync(out))['intensity']!.data);
    expect(Buffer.compare(again.volume.intensity, new Uint8Array(written.buffer))).toBe(0);
    expect(again.reduction.voxelInvAngstrom).toBeCloseTo(direct.reduction.voxelInvAngstrom, 12);
    expect(again.reduction.dAngstrom).toBeCloseTo(direct.reduction.dAngstrom!, 3);
    expect(again.hkl).toEqual(direct.hkl);
    expect(again.doubts).toEqual([]);
  });

  it('in the sample frame is turned back', () => {
    const again = reduced(npzReader, join(folder, 'sample.npz'));
    expect(likeness(again.volume.intensity)).toBeGreaterThan(0.98);
  });
});

describe('axes beside a volume', () => {
  it.each([
    ['in the order of xrayutilities', () => ({ data: intensity, qx, qy, qz }), 'data.npz'],
    ['in the order of bcdi', () => ({ data: exchanged, qx, qz, qy }), 'inside.npz'],
    ['in 1/nm', () => ({ iobs: intensity, qx: tenfold(qx), qy: tenfold(qy), qz: tenfold(qz) }), 'nm.npz'],
    ['downwards', () => ({ data: mirrored(intensity), qx: reversed(qx), qy, qz }), 'down.npz'],
  ] as const)('%s, tell where it lies', (_, given, name) => {
    const found = reduced(npzReader, write(name, given()));
    expect(likeness(found.volume.intensity)).toBeGreaterThan(0.98);
    expect(found.reduction.dAngstrom).toBeCloseTo(direct.reduction.dAngstrom!, 2);
    expect(found.warnings.some(({ code }) => code === 'axes-scaled')).toBe(name === 'nm.npz');
  });

  it('are found in bcdi’s file of their own, which is no scan', () => {
    write('QxQzQy_S7_64_64_64_1_1_1.npz', { qx, qz, qy });
    const path = write('S7_pynx_64_64_64_1_1_1.npz', { data: exchanged });
    expect(likeness(reduced(npzReader, path).volume.intensity)).toBeGreaterThan(0.98);
    expect(claimOf(join(folder, 'QxQzQy_S7_64_64_64_1_1_1.npz'), 'file')).toBeUndefined();
  });

  it.each([
    ['entry/data', 'entry/data', 'intensity', '', hdf5Reader, 'gridded.h5'],
    ['entry_1/image_2', 'entry_1/result_2', 'data', '_xu', cxiReader, 'S7_preprocessed_data.cxi'],
  ] as const)('are found in HDF5: %s', (stack, axes, name, suffix, reader, file) => {
    const path = join(folder, file);
    const out = new h5wasm.File(path, 'w');
    for (const group of new Set([stack.split('/')[0]!, stack, axes])) out.create_group(group);
    const data = new h5wasm.Group(out.file_id, `/${stack}`);
    data.create_dataset({ name, data: Float32Array.from(intensity.data), shape: [64, 64, 64] });
    const beside = new h5wasm.Group(out.file_id, `/${axes}`);
    for (const [axis, { data: values }] of Object.entries({ qx, qy, qz }))
      beside.create_dataset({ name: `${axis}${suffix}`, data: Float64Array.from(values) });
    out.close();
    expect(likeness(reduced(reader, path).volume.intensity)).toBeGreaterThan(0.98);
  });

  it.each([
    ['too short', { qy: { shape: [63], data: qy.data.slice(0, 63) } }, /qy has 63.*64 x 64 x 64/],
    ['uneven', { qz: changed(qz, (v, i) => v + (i === 9 ? 4e-4 : 0)) }, /qz is not evenly spaced/],
    ['no number', { qx: changed(qx, () => NaN) }, /qx does not run/],
    ['standing still', { qx: changed(qx, () => 2.7) }, /qx does not run/],
    ['of no Bragg peak', { qx: changed(qx, (v) => 4000 + v) }, /no Bragg peak/],
  ])('that are %s are refused by name', (_, wrong, message) => {
    const error = refusal(write('wrong.npz', { data: intensity, qx, qy, qz, ...wrong }));
    expect(error.code).toBe('axes-invalid');
    expect(error.detail).toMatch(message);
  });

  it('one of which is missing is refused by name', () => {
    expect(refusal(write('lacking.npz', { data: intensity, qx, qy }))).toMatchObject({ code: 'axes-invalid' });
  });
});

describe('a cube without axes', () => {
  const own = { shape: [64, 64, 64], data: volume };

  it('is taken as a volume and judged, never surely, and says so', () => {
    for (const [name, bytes] of [
      ['bare.npy', encodeNpy(own)],
      ['bare.npz', encodeNpz({ data: own })],
    ] as const) {
      writeFileSync(join(folder, name), bytes);
      const found = reduced(npzReader, join(folder, name));
      expect(sameBytes(found.volume.intensity)).toBe(true);
      expect(found.doubts).toEqual(['frame-assumed']);
      expect(found.warnings.map(({ code }) => code)).toContain('axes-assumed');
      expect(found.reduction.dAngstrom).toBeUndefined();
    }
  });

  it('is what a geometry file says it is', () => {
    const path = write('told.npz', { data: own });
    const { voxelInvAngstrom: voxel, q } = direct.reduction;
    writeFileSync(path.replace('.npz', '.geometry.json'), JSON.stringify({ volume: { voxel, q } }));
    const found = reduced(npzReader, path);
    expect(found.doubts).toEqual([]);
    expect(sameBytes(found.volume.intensity)).toBe(true);
    expect(found.reduction.dAngstrom).toBeCloseTo(direct.reduction.dAngstrom!, 2);
    expect(found.hkl).toEqual(direct.hkl);
  });
});

function tenfold(axis: NpyArray): NpyArray {
  return changed(axis, (v) => 10 * v);
}
function reversed(axis: NpyArray): NpyArray {
  return { ...axis, data: Float64Array.from(axis.data).reverse() };
}
function mirrored({ shape, data }: NpyArray): NpyArray {
  const planes = Array.from({ length: 64 }, (_, i) => data.subarray((63 - i) * 4096, (64 - i) * 4096));
  return { shape, data: Float32Array.from(planes.flatMap((plane) => [...plane])) };
}
