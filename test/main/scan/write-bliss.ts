import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { h5wasm } from '@main/hdf5/index';

export const BITSHUFFLE = { compression: 32008, compression_opts: [0, 2] };

export interface BlissScan {
  readonly number?: number;
  readonly title: string;
  readonly ended?: boolean;
  readonly endTime?: string;
  /** Points in the table so far. */
  readonly points: number;
  readonly motor?: string;
  /** External link to the frames; undefined: no detector yet. */
  readonly link?: { readonly file: string; readonly object: string };
  readonly truth?: string;
  readonly scalars?: Readonly<Record<string, number>>;
}

/** Values whose sum tells the frame: frame k holds k + 1 everywhere. */
export function countingFrames(frames: number, rows: number, cols: number): Uint32Array {
  return Uint32Array.from({ length: frames * rows * cols }, (_, i) => Math.floor(i / (rows * cols)) + 1);
}

/** A Lima file as ID01 has them: bitshuffle-LZ4, one frame per chunk. */
export function writeLima(path: string, data: Uint32Array, shape: readonly [number, number, number]): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = new h5wasm.File(path, 'w');
  file.create_group('entry_0000').create_group('measurement');
  file.get('/entry_0000/measurement');
  new h5wasm.Group(file.file_id, '/entry_0000/measurement').create_dataset({
    name: 'data',
    data,
    shape: [...shape],
    chunks: [1, shape[1], shape[2]],
    ...BITSHUFFLE,
  });
  file.close();
}

/** A BLISS master with the given scans. */
export function writeMaster(path: string, scans: readonly BlissScan[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = new h5wasm.File(path, 'w');
  scans.forEach((scan, index) => {
    const root = `${scan.number ?? index + 1}.1`;
    const motor = scan.motor ?? 'eta';
    const group = (name: string): InstanceType<typeof h5wasm.Group> => {
      file.create_group(name);
      return new h5wasm.Group(file.file_id, `/${name}`);
    };
    const top = group(root);
    top.create_dataset({ name: 'title', data: scan.title });
    top.create_dataset({ name: 'start_time', data: '2026-11-22T10:00:00+01:00' });
    if (scan.ended ?? true) top.create_dataset({ name: 'end_time', data: scan.endTime ?? '2026-11-22T10:01:00+01:00' });
    const sample = group(`${root}/sample`);
    sample.create_dataset({ name: 'name', data: 'demo' });
    if (scan.truth) sample.create_dataset({ name: 'simulated_defect', data: scan.truth });
    const measurement = group(`${root}/measurement`);
    if (scan.points > 0) {
      const values = Float64Array.from({ length: scan.points }, (_, i) => 16 + 0.01 * i);
      measurement.create_dataset({ name: motor, data: values });
      measurement.create_dataset({ name: 'imon', data: values.map(() => 500) });
    }
    group(`${root}/instrument`);
    const positioners = group(`${root}/instrument/positioners`);
    for (const [name, value] of Object.entries(scan.scalars ?? { delta: 33, nu: 1, phi: 0, mu: 0, mononrj: 9 })) {
      positioners.create_dataset({ name, data: value, shape: [], dtype: '<d' });
    }
    const detector = group(`${root}/instrument/mpx1x4`);
    detector.create_dataset({ name: 'distance', data: 0.9, shape: [], dtype: '<d' });
    if (scan.link) detector.create_external_link(scan.link.file, scan.link.object, 'data');
  });
  file.close();
}

/** A whole one-scan data set in `folder`: its master's path. */
export function writeDataset(folder: string, scan: Partial<BlissScan> = {}, frames = 5, rows = 20, cols = 18): string {
  const master = join(folder, 'demo_0001.h5');
  writeLima(join(folder, 'scan0001/mpx1x4_0000.h5'), countingFrames(frames, rows, cols), [frames, rows, cols]);
  const link = { file: 'scan0001/mpx1x4_0000.h5', object: '/entry_0000/measurement/data' };
  writeMaster(master, [{ title: `ascan eta 16 16.04 ${frames - 1} 1`, points: frames, link, ...scan }]);
  return master;
}
