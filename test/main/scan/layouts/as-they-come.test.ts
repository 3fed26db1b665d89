import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findSources } from '@main/beamtime/watch/walk';
import { readerOf } from '@main/scan/readers';
import { encodeNpz } from '@main/files/npy';
import { h5wasm } from '@main/hdf5/index';
import { isFrameStack } from '@main/hdf5/frames';
import { writeTree } from '../../../helpers/hdf5';
import { instruments } from '../../../helpers/instruments';
import { measure, type Measured } from '../../../helpers/truth';
import { writeBliss } from '../../../helpers/writers/bliss';
import { writeNanomax, writeTransformations } from '../../../helpers/writers/nexus';
import { writeHeps, writeSpecTiff } from '../../../helpers/writers/spec-tiff';
import { writeSrs } from '../../../helpers/writers/srs';
import { geometryOf, writeCxi, writeImages } from '../../../helpers/writers/stacks';
import { temporaryFolders } from '../folder';

const newFolder = temporaryFolders();
const truth = measure(instruments.id01);
const { frames, shape, rocks } = truth.instrument;
const { positions } = truth;

/** What a path's one scan holds is what was measured: its frames, and the angle of each. */
function expectTruth(path: string): void {
  const { format } = findSources(path)[0]!;
  const [facts, ...others] = readerOf(format).list(path);
  expect(others).toEqual([]);
  const source = readerOf(facts!.ref.format).open(facts!.ref);
  expect(source.facts).toMatchObject({ framesPresent: frames, frameShape: shape, whole: true });
  const angles = source.facts.positions[rocks];
  expect(angles).toHaveLength(frames);
  expect(Math.max(...positions.map((at, f) => Math.abs(at - (angles as Float64Array)[f]!)))).toBeLessThan(1e-9);
  const counts = source.read(0, frames);
  source.close();
  const differing = truth.all().findIndex((value, i) => value !== counts[i]);
  expect(differing).toBe(-1);
}

/** Packs every image of a folder. */
function packed(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.tif'))) {
    writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 1 }));
    rmSync(join(folder, name));
  }
}

describe('images that were packed with gzip since', () => {
  it.each([
    ['a folder beside a SPEC file', writeSpecTiff, ''],
    ['a folder that SPEC names', writeHeps, 'images/Pt/S007'],
    ['a folder with a geometry file', (at: string, t: Measured) => writeImages(at, t, 'id01'), 'pt'],
  ] as const)('are the same frames: %s', (_what, write, images) => {
    const folder = newFolder();
    const path = write(folder, truth);
    packed(images === '' ? path : join(folder, images));
    expectTruth(path);
  });
});

describe.each([
  ['behind', [frames, 1, ...shape]],
  ['before', [1, frames, ...shape]],
])('frames with an axis of one element %s the first', (_, whole) => {
  it('are frames: BLISS', () => {
    const folder = newFolder();
    const master = writeBliss(folder, truth);
    writeTree(join(folder, 'scan0003/mpx1x4_0000.h5'), (tree) =>
      tree.array('/entry_0000/measurement/data', truth.all(), whole),
    );
    expectTruth(master);
  });

  it('are frames: CXI', () => {
    const folder = newFolder();
    const path = writeCxi(folder, truth, 'id01');
    writeTree(path, (tree) => tree.array('/entry_1/instrument_1/detector_1/data', truth.all(), whole));
    expectTruth(path);
  });

  it.each<[string, (folder: string) => string, string, string]>([
    [
      'NeXus',
      (folder) => writeTransformations(folder, truth),
      '538039-pil-files/538039.hdf',
      '/entry/instrument/detector/data',
    ],
    ['NanoMAX', (folder) => writeNanomax(folder, truth), 'scan_000042_merlin.hdf5', '/entry/instrument/Merlin/data'],
    [
      'GDA',
      (folder) => writeSrs(folder, truth, { hdf5: true }),
      '1109527-pil3_100k-files/1109527.hdf',
      '/entry/instrument/detector/data',
    ],
  ])('are frames: %s', (_name, write, file, place) => {
    const folder = newFolder();
    const path = write(folder);
    writeTree(join(folder, file), (tree) => tree.array(place, truth.all(), whole));
    expectTruth(path);
  });
});

it('frames with an axis of one element are a detector all the same where none of them is there yet', () => {
  expect([0, 5].map((n) => isFrameStack([n, 1, ...shape]))).toEqual([true, true]);
  for (const other of [[5, 2, ...shape], shape, [5, 4, 100], undefined]) expect(isFrameStack(other)).toBe(false);
});

describe('a motor that a fly scan moved', () => {
  const scan = (names: Readonly<Record<string, Float64Array>>, own: number): string => {
    const folder = newFolder();
    const former = writeBliss(folder, truth);
    const master = join(folder, 'fly.h5');
    rmSync(former);
    const { still, instrument } = truth;
    writeTree(master, (tree) => {
      tree.put('/3.1/title', `fscan eta ${positions[0]} 0.01 ${positions.length} 1`);
      tree.put('/3.1/end_time', '2026-11-22T10:02:00+01:00');
      for (const [motor, value] of Object.entries({ ...still, eta: own, mononrj: instrument.energyEv / 1000 }))
        tree.put(`/3.1/instrument/positioners/${motor}`, value);
      tree.link('/3.1/instrument/mpx1x4/data', 'scan0003/mpx1x4_0000.h5', '/entry_0000/measurement/data');
      for (const [name, list] of Object.entries(names)) tree.put(`/3.1/measurement/${name}`, list);
    });
    return master;
  };
  it.each(['eta_enc', 'eta_encoder', 'enc_eta', 'eta_position', 'eta_center'])(
    'is where its encoder says, if its own number is one alone: %s',
    (name) => {
      expectTruth(scan({ [name]: positions, eta_raw: positions.map((at) => 1e4 * at) }, positions[0]!));
    },
  );

  it('is not where an encoder of another range is, nor where noise is', () => {
    for (const list of [positions.map((at) => 1e4 * at), positions.map((_, f) => positions[0]! + 1e-6 * (f % 3))]) {
      const [facts] = readerOf('hdf5').list(scan({ eta_enc: list }, positions[0]!));
      expect(facts!.positions['eta']).toHaveLength(1);
    }
  });
});

it('an archive whose frames lie along the last axis is told by the number of positions', () => {
  const pixels = shape[0] * shape[1];
  const all = truth.all();
  const last = new Uint32Array(all.length);
  for (let f = 0; f < frames; f++) for (let p = 0; p < pixels; p++) last[p * frames + f] = all[f * pixels + p]!;
  const path = join(newFolder(), 'pt.npz');
  writeFileSync(path, encodeNpz({ data: { shape: [...shape, frames], data: last } }));
  writeFileSync(path.replace('.npz', '.geometry.json'), geometryOf(truth, 'id01'));
  expectTruth(path);
});

it("a BLISS detector's own mask and limit are taken, and the counters that tell how its frames were exposed", () => {
  const folder = newFolder();
  const master = writeBliss(folder, truth);
  const file = new h5wasm.File(master, 'a');
  const into = (path: string): InstanceType<typeof h5wasm.Group> => {
    const group = file.get(path);
    if (!(group instanceof h5wasm.Group)) throw new Error(`no ${path}`);
    return group;
  };
  const [rows, cols] = shape;
  const mask = new Uint8Array(rows * cols).fill(1, 7, 9);
  into('/3.1/instrument/mpx1x4').create_dataset({ name: 'pixel_mask', data: mask, shape: [rows, cols] });
  into('/3.1/instrument/mpx1x4').create_dataset({ name: 'saturation_value', data: 401540, shape: [], dtype: '<d' });
  const transm = positions.map((_, f) => (f < 5 ? 0.1 : 1));
  into('/3.1/measurement').create_dataset({ name: 'transm', data: transm });
  into('/3.1/measurement').create_dataset({ name: 'sec', data: positions.map(() => 0.5) });
  file.close();
  const source = readerOf('hdf5').open(readerOf('hdf5').list(master)[0]!.ref);
  expect(source.mask).toEqual(mask);
  expect(source.facts).toMatchObject({
    saturation: 401540,
    beam: [{ kind: 'attenuation', name: 'transm', values: transm }],
  });
  source.close();
});
