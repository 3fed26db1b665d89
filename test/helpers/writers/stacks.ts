import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpz } from '@main/files/npy';
import { tiff } from '../../main/scan/write-spec';
import { writeTree } from '../hdf5';
import type { Measured } from '../truth';

/** A geometry file as a user writes one for a scan that records none. */
export function geometryOf({ instrument, positions, still }: Measured, preset: string): string {
  const { energyEv, distanceM, beam, rocks } = instrument;
  const places = { ...still, [rocks]: Array.from(positions) };
  return JSON.stringify({ preset, energyEv, distanceM, directBeam: beam, positions: places });
}

/** A NumPy archive with a geometry file beside it. */
export function writeNpz(folder: string, truth: Measured, preset: string): string {
  const path = join(folder, 'pt.npz');
  const { frames, shape } = truth.instrument;
  const mask = truth.mask?.();
  const whole = [frames, ...shape];
  writeFileSync(
    path,
    encodeNpz({ data: { shape: whole, data: truth.all() }, ...(mask && { mask: { shape: whole, data: mask } }) }),
  );
  writeFileSync(join(folder, 'pt.geometry.json'), geometryOf(truth, preset));
  return path;
}

/** A CXI file of frames with a geometry file beside it. */
export function writeCxi(folder: string, truth: Measured, preset: string): string {
  const path = join(folder, 'pt.cxi');
  const { frames, shape, pixelM, distanceM } = truth.instrument;
  writeTree(path, (tree) => {
    tree.array('/entry_1/instrument_1/detector_1/data', truth.all(), [frames, ...shape]);
    const mask = truth.mask?.();
    if (mask) tree.array('/entry_1/instrument_1/detector_1/mask', mask, [frames, ...shape]);
    tree.put('/entry_1/instrument_1/detector_1/distance', distanceM);
    tree.put('/entry_1/instrument_1/detector_1/y_pixel_size', pixelM[0]);
    tree.put('/entry_1/instrument_1/detector_1/x_pixel_size', pixelM[1]);
  });
  writeFileSync(join(folder, 'pt.geometry.json'), geometryOf(truth, preset));
  return path;
}

/** A MATLAB 5 file, its counts as doubles ordered row, column, frame from the fastest axis on, and a geometry file. */
export function writeMat(folder: string, truth: Measured, preset: string): string {
  const path = join(folder, 'pt.mat');
  const { frames, shape } = truth.instrument;
  const [rows, cols] = shape;
  const counts = truth.all();
  const data = new Float64Array(counts.length);
  for (let f = 0; f < frames; f++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < cols; c++) data[(f * cols + c) * rows + r] = counts[(f * rows + r) * cols + c]!;
  const element = (type: number, bytes: Uint8Array): Buffer => {
    const tag = Buffer.alloc(8);
    tag.writeUInt32LE(type, 0);
    tag.writeUInt32LE(bytes.length, 4);
    return Buffer.concat([tag, bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
  };
  const words = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
  const matrix = [
    element(6, words(6, 0)),
    element(5, words(rows, cols, frames)),
    element(1, Buffer.from('data')),
    element(9, new Uint8Array(data.buffer)),
  ];
  const header = Buffer.alloc(128, ' ');
  header.write('MATLAB 5.0 MAT-file');
  header.writeUInt16LE(0x0100, 124);
  header.write('IM', 126);
  writeFileSync(path, Buffer.concat([header, element(14, Buffer.concat(matrix))]));
  writeFileSync(join(folder, 'pt.geometry.json'), geometryOf(truth, preset));
  return path;
}

/** A folder of TIFF images with a geometry file in it: that file. */
export function writeImages(folder: string, truth: Measured, preset: string): string {
  const { frames, shape } = truth.instrument;
  const place = join(folder, 'pt');
  mkdirSync(place);
  for (let f = 0; f < frames; f++)
    writeFileSync(
      join(place, `pt_${String(f + 1).padStart(4, '0')}.tif`),
      tiff(Int32Array.from(truth.frame(f)), ...shape),
    );
  const path = join(place, 'geometry.json');
  writeFileSync(path, geometryOf(truth, preset));
  return path;
}
