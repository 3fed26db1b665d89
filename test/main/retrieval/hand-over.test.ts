import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { determinant, identity } from '@core/math/vector';
import { decodeNpz } from '@main/files/npy';
import { writeHandOver, type HandOver } from '@main/retrieval/hand-over';
import { unpackedBytes } from '@main/files/unpacked';
import { readTiff } from '@main/scan/tiff';
import { z } from 'zod';
import { writeScan } from '@main/demo';
import { temporaryFolder } from '../../support/build';
import { runCli } from '../../support/cli';

const [FRAMES, ROWS, COLS] = [4, 6, 8];
const count = FRAMES * ROWS * COLS;
const counts = Float32Array.from({ length: count }, (_, v) => v * v);
const scan: HandOver = {
  name: 'S0054',
  number: 54,
  source: '/data/S0054',
  part: {
    shape: [FRAMES, ROWS, COLS],
    first: [-1, 20, 30],
    counts,
    mask: Uint8Array.from({ length: count }, (_, v) => (v === 5 ? 1 : 0)),
    affine: { index: [1, 23, 34], q: [0, 0, 2.6], jacobian: identity, inverse: identity, steps: [1, 1, 1] },
    energyEv: 9000,
    distanceM: 0.5,
    pixelM: [55e-6, 55e-6],
  },
  support: Uint8Array.from({ length: count }, (_, v) => (v % 3 === 0 ? 1 : 0)),
  hkl: [1, 1, 1],
};
const inFolder = (files: readonly string[], folder: string): string[] =>
  files.map((path) => path.slice(folder.length + 1)).sort();

it('writes for PyNX a parameter file that names counts, mask and support, and what the detector is', () => {
  const folder = temporaryFolder();
  const files = inFolder(writeHandOver(folder, 'pynx', scan), folder);
  const parameters = Object.fromEntries(
    readFileSync(join(folder, 'pynx-cdi-inputs.txt'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' = ')),
  ) as Record<string, string>;
  const { data, mask, support } = parameters;
  expect(files).toEqual([data!, mask!, support!, 'geometry.json', 'pynx-cdi-inputs.txt'].sort());
  // 12.39842 keV angstrom over 9 keV.
  expect(Number(parameters['wavelength'])).toBeCloseTo(1.377602e-10, 15);
  expect(parameters).toMatchObject({ detector_distance: '0.5', pixel_size_detector: '0.000055' });
  const read = (name: string) => Object.values(decodeNpz(readFileSync(join(folder, name))))[0]!;
  expect(read(data!)).toEqual({ shape: [FRAMES, ROWS, COLS], data: counts.map((value, v) => (v === 5 ? 0 : value)) });
  expect(read(mask!).data).toEqual(scan.part.mask);
  expect(read(support!).data).toEqual(scan.support);
  const geometry: unknown = JSON.parse(readFileSync(join(folder, 'geometry.json'), 'utf8'));
  expect(geometry).toMatchObject({ first: [-1, 20, 30], q_inv_angstrom: [0, 0, 2.6], energy_ev: 9000, hkl: [1, 1, 1] });
});

it('writes the same for cdiutils into the folder that it phases in', () => {
  const folder = temporaryFolder();
  expect(inFolder(writeHandOver(folder, 'cdiutils', scan), folder)).toEqual([
    'geometry.json',
    'pynx_phasing/S54_pynx_input_data.npz',
    'pynx_phasing/S54_pynx_input_mask.npz',
    'pynx_phasing/S54_pynx_input_support.npz',
    'pynx_phasing/pynx-cdi-inputs.txt',
  ]);
});

/** Debian's Python, with python3-numpy and python3-tifffile. */
const PYTHON = '/usr/bin/python3';
const has = (modules: string): boolean => spawnSync(PYTHON, ['-c', `import ${modules}`]).status === 0;
const python = (script: string, ...args: string[]): unknown =>
  JSON.parse(execFileSync(PYTHON, ['-c', script, ...args], { encoding: 'utf8' }));

it('writes an experiment of cohere: amplitudes in pages by frame', () => {
  const folder = temporaryFolder();
  const files = inFolder(writeHandOver(folder, 'cohere', scan), folder);
  expect(files).toEqual([
    'conf/config',
    'conf/config_rec',
    'geometry.json',
    'guess/support.npy',
    'phasing_data/data.tif',
  ]);
  const page = readTiff(unpackedBytes(join(folder, 'phasing_data/data.tif')), 'data.tif', 2);
  expect(page.shape).toEqual([ROWS, COLS]);
  // The root of v^2.
  expect(Array.from(page.data)).toEqual(Array.from({ length: ROWS * COLS }, (_, p) => 2 * ROWS * COLS + p));
  expect(readFileSync(join(folder, 'conf/config_rec'), 'utf8')).toContain(`continue_dir = "${join(folder, 'guess')}"`);
});

it.skipIf(!has('numpy, tifffile'))(
  'is read as cohere reads it: the TIFF turned about, and the support beside it',
  () => {
    const folder = temporaryFolder();
    writeHandOver(folder, 'cohere', scan);
    const script = `
import ast, json, numpy, sys, tifffile
data = tifffile.imread(sys.argv[1] + "/phasing_data/data.tif").transpose()
support = numpy.load(sys.argv[1] + "/guess/support.npy")
rec = dict(line.split(" = ", 1) for line in open(sys.argv[1] + "/conf/config_rec"))
rec = {key: ast.literal_eval(value) for key, value in rec.items()}
print(json.dumps({"shape": data.shape, "same": data.shape == support.shape, "at": float(data[3, 2, 1]), "support": float(support[3, 2, 1]),
    "sum": float(support.sum()), "dtype": str(data.dtype), "guess": rec["init_guess"], "trigger": rec["shrink_wrap_trigger"]}))`;
    const v = (1 * ROWS + 2) * COLS + 3;
    expect(python(script, folder)).toEqual({
      ...{ shape: [COLS, ROWS, FRAMES], same: true, at: v, support: v % 3 === 0 ? 1 : 0, dtype: 'float32' },
      ...{ sum: scan.support.reduce((sum, is) => sum + is, 0), guess: 'continue', trigger: [10, 5] },
    });
  },
);

it.skipIf(!has('numpy'))('is read by NumPy as PyNX reads it: the first array of each file', () => {
  const folder = temporaryFolder();
  writeHandOver(folder, 'pynx', scan);
  const script = `
import json, numpy, sys
def first(what):
    with numpy.load(f"{sys.argv[1]}/S54_pynx_input_{what}.npz") as f:
        return f[f.files[0]]
data, mask, support = map(first, ("data", "mask", "support"))
print(json.dumps({"shape": data.shape, "dtype": str(data.dtype), "sum": float(data.sum(dtype=float)), "masked": int((mask > 0).sum()), "support": int((support > 0).sum())}))`;
  expect(python(script, folder)).toEqual({
    ...{ shape: [FRAMES, ROWS, COLS], dtype: 'float32', masked: 1 },
    sum: counts.reduce((sum, value, v) => sum + (v === 5 ? 0 : value), 0),
    support: scan.support.reduce((sum, is) => sum + is, 0),
  });
});

const row = z.tuple([z.number(), z.number(), z.number()]);
const geometrySchema = z.looseObject({ q_by_index: z.tuple([row, row, row]) });

it('hands a raw scan over: its peak in the middle of even edges, and a support as large as the crystal that it was made of', () => {
  const folder = temporaryFolder();
  const { master, sizeAngstrom } = writeScan(folder, { points: 64 });
  const out = join(folder, 'handed');
  const ran = runCli(['hand-over', master, '--for', 'pynx', '--starts', '1', '--out', out, '--json']);
  expect(ran.code).toBe(0);
  const { shape } = z.looseObject({ shape: z.array(z.int()) }).parse(JSON.parse(ran.out));
  for (const edge of shape) {
    expect(edge % 2).toBe(0);
    expect([2, 3, 5, 7].reduce((left, prime) => (left % prime === 0 ? withoutFactor(left, prime) : left), edge)).toBe(
      1,
    );
  }
  const read = (what: string) => Object.values(decodeNpz(readFileSync(join(out, `S1_pynx_input_${what}.npz`))))[0]!;
  const [data, support] = [read('data'), read('support')];
  expect([data.shape, support.shape]).toEqual([shape, shape]);
  const values = Array.from(data.data);
  const at = values.indexOf(values.reduce((a, b) => Math.max(a, b), 0));
  const [, rows, cols] = shape as [number, number, number];
  const peak = [Math.floor(at / (rows * cols)), Math.floor(at / cols) % rows, at % cols];
  peak.forEach((index, axis) => expect(Math.abs(index - shape[axis]! / 2)).toBeLessThanOrEqual(2));
  // A voxel of the object is (2 pi)^3 over the volume in reciprocal space that the counts cover.
  const geometry = geometrySchema.parse(JSON.parse(readFileSync(join(out, 'geometry.json'), 'utf8')));
  const covered = Math.abs(determinant(geometry.q_by_index)) * data.data.length;
  const within = Array.from(support.data).filter((is) => is > 0).length;
  const size = Math.cbrt((within * (2 * Math.PI) ** 3) / covered);
  // The body is two voxels wider on either side, of about twenty.
  expect(size / sizeAngstrom).toBeGreaterThan(1);
  expect(size / sizeAngstrom).toBeLessThan(1.4);
}, 600_000);

const withoutFactor = (number: number, prime: number): number =>
  number % prime === 0 ? withoutFactor(number / prime, prime) : number;
