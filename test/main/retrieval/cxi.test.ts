import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import type { Inside } from '@core/phase/inside';
import { openHdf5 } from '@main/hdf5';
import { addGroup, addValue } from '@main/nexus/tree';
import { writeWhole } from '@main/nexus/whole-file';
import { writeCxi } from '@main/retrieval/cxi';
import { readCxi } from '@main/retrieval/cxi-read';
import { addToNexus } from '@main/retrieval/into-nexus';
import type { RetrievalInput } from '@main/retrieval/input';
import { pictureOf } from '@main/retrieval/picture';
import { temporaryFolder } from '../../support/build';

const SIZE = 32;
const COUNT = SIZE ** 3;
const body = Uint8Array.from({ length: COUNT }, (_, v) => (Math.abs((v % SIZE) - 16) < 6 ? 1 : 0));
const input: RetrievalInput = {
  pattern: { size: SIZE, intensity: new Float32Array(COUNT), mask: new Uint8Array(COUNT), volume: 1000 },
  q: [1, 0, 0],
  qLength: 2.5,
  voxel: 0.001,
  hkl: [1, 1, 1],
  frame: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
};
/** An object whose parts and phase are told apart by their values; a strain of 1e-4 per voxel along axis 0. */
const inside: Inside = {
  says: 'line',
  starts: 3,
  agreeing: 2,
  freeError: 0.07,
  likelihood: { all: 1.5, free: 1.7 },
  blurVariance: 0.25,
  object: {
    re: Float32Array.from({ length: COUNT }, (_, v) => v),
    im: Float32Array.from({ length: COUNT }, (_, v) => -0.5 * v),
  },
  body,
  sizeVoxels: 20,
  field: { phase: Float32Array.from({ length: COUNT }, (_, v) => v / COUNT), ramp: [0, 0, 0], spread: 0.3 },
  lines: [
    {
      line: {
        points: [
          [1, 2, 3],
          [2, 2, 3],
        ],
        closed: false,
      },
      length: 0.5,
      direction: [1, 0, 0],
      angleToQDeg: 0,
      winding: 1,
    },
  ],
  character: 'screw',
};
const facts = { scan: 'S1', source: '/data/s1.h5', seed: 1 };

it('writes the object, its support and its numbers where PyNX and cdiutils look', () => {
  const path = join(temporaryFolder(), 'crystal.cxi');
  writeCxi(path, inside, input, facts);
  const file = openHdf5(path);
  try {
    expect(file.info('/entry_1/image_1/data')?.shape).toEqual([SIZE, SIZE, SIZE]);
    expect(file.numbers('/entry_1/image_1/support')?.[16]).toBe(1);
    expect(file.numbers('/entry_1/image_1/support')?.[0]).toBe(0);
    expect(file.number('/entry_1/image_1/process_1/results/llk_poisson')).toBe(1.5);
    expect(file.number('/entry_1/image_1/process_1/results/free_llk_poisson')).toBe(1.7);
    expect(file.number('/entry_1/image_1/process_1/results/pattern_blur')).toBe(0.5);
    // 2 pi / (32 x 0.001 / angstrom)
    expect(file.number('/entry_1/geometry_1/voxel_size')).toBeCloseTo(1.9635e-8, 12);
    expect(file.numbers('/entry_1/result_1/displacement')![16]).toBeCloseTo(16 / COUNT / 2.5, 6);
    expect(file.numbers('/entry_1/result_1/phase')![0]).toBeNaN();
    expect(file.numbers('/entry_1/result_1/line_1')).toHaveLength(6);
  } finally {
    file.close();
  }
});

it('reads back all that is shown of a crystal, and what it was made from', () => {
  const path = join(temporaryFolder(), 'crystal.cxi');
  writeCxi(path, inside, input, { ...facts, madeFrom: 'abc' });
  const { voxelNm, ...kept } = readCxi(path).picture;
  const { voxelNm: wanted, ...made } = pictureOf(inside, input);
  expect(kept).toEqual(made);
  expect(voxelNm).toBeCloseTo(wanted!, 9);
  expect(readCxi(path).madeFrom).toBe('abc');
  // What is not known is not there.
  const { qLength, voxel, frame, ...bare } = input;
  expect([qLength, voxel, frame?.length]).toEqual([2.5, 0.001, 3]);
  writeCxi(path, inside, { ...bare, hkl: null }, facts);
  expect(readCxi(path).picture).toEqual(pictureOf(inside, { ...bare, hkl: null }));
});

it('refuses a file that is no crystal', () => {
  const path = join(temporaryFolder(), 'other.cxi');
  writeWhole(path, (file) => file.create_attribute('default', 'entry_1'));
  expect(() => readCxi(path)).toThrow(BraggwatchError);
});

/** Debian's Python, where h5py is installed as python3-h5py. */
const PYTHON = '/usr/bin/python3';
const hasH5py = spawnSync(PYTHON, ['-c', 'import h5py']).status === 0;

it.skipIf(!hasH5py)('is read by h5py: complex64, and by every path that cdiutils and PyNX read', () => {
  const path = join(temporaryFolder(), 'crystal.cxi');
  writeCxi(path, inside, input, facts);
  const script = `
import h5py, json, sys
with h5py.File(sys.argv[1], "r") as f:
    o = f["entry_1/data_1/data"][()]
    s = f["entry_1/image_1/support"][()]
    print(json.dumps({
        "dtype": str(o.dtype), "shape": o.shape, "at": [float(o[1, 2, 3].real), float(o[1, 2, 3].imag)],
        "last": str(f["entry_last/image_1/data"].dtype), "support": int(s.sum()), "version": int(f["cxi_version"][()]),
        "llk": float(f["entry_1/image_1/process_1/results/free_llk_poisson"][()]),
        "space": f["entry_1/image_1/data_space"][()].decode(), "size": list(f["entry_1/image_1/image_size"][()]),
    }))`;
  const read: unknown = JSON.parse(execFileSync(PYTHON, ['-c', script, path], { encoding: 'utf8' }));
  const at = (1 * SIZE + 2) * SIZE + 3;
  expect(read).toMatchObject({
    dtype: 'complex64',
    shape: [SIZE, SIZE, SIZE],
    at: [at, -0.5 * at],
    last: 'complex64',
    support: body.reduce((sum, is) => sum + is, 0),
    version: 160,
    llk: 1.7,
    space: 'real',
  });
});

it.skipIf(!hasH5py)('puts what is within into the NeXus result, which stays what it was beside it', () => {
  const path = join(temporaryFolder(), 'result.nxs');
  writeWhole(path, (result) => addValue(addGroup(result, 'entry', 'NXentry'), 'title', 'S1'));
  const line = { scan: 'S1', source: '/x', format: 'bliss', state: 'classified', warnings: [] } as const;
  addToNexus(path, pictureOf(inside, input), { ...line, warnings: [] });
  const script = `
import h5py, json, sys
with h5py.File(sys.argv[1], "r") as f:
    g = f["entry/inside"]
    print(json.dumps({"title": f["entry/title"][()].decode(), "signal": g.attrs["signal"], "shape": g[g.attrs["signal"]].shape,
        "says": json.loads(g["retrieval_json"][()])["says"], "scan": json.loads(g["verdict_json"][()])["scan"],
        "units": g["displacement"].attrs["units"], "line": g["line_1"].shape, "all": sorted(f["entry"])}))`;
  const read = (): unknown => JSON.parse(execFileSync(PYTHON, ['-c', script, path], { encoding: 'utf8' }));
  expect(read()).toEqual({
    ...{ title: 'S1', signal: 'modulus', shape: [SIZE, SIZE, SIZE], says: 'line', scan: 'S1' },
    ...{ units: 'angstrom', line: [2, 3], all: ['inside', 'title'] },
  });
  // Found anew by another method.
  addToNexus(path, pictureOf(inside, input), { ...line, warnings: [] });
  expect(read()).toMatchObject({ all: ['inside', 'inside_2', 'title'] });
});
