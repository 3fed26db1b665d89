import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpz } from '@main/files/npy';
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
  writeFileSync(path, encodeNpz({ data: { shape: [frames, ...shape], data: truth.all() } }));
  writeFileSync(join(folder, 'pt.geometry.json'), geometryOf(truth, preset));
  return path;
}

/** A CXI file of frames with a geometry file beside it. */
export function writeCxi(folder: string, truth: Measured, preset: string): string {
  const path = join(folder, 'pt.cxi');
  const { frames, shape, pixelM, distanceM } = truth.instrument;
  writeTree(path, (tree) => {
    tree.array('/entry_1/instrument_1/detector_1/data', truth.all(), [frames, ...shape]);
    tree.put('/entry_1/instrument_1/detector_1/distance', distanceM);
    tree.put('/entry_1/instrument_1/detector_1/y_pixel_size', pixelM[0]);
    tree.put('/entry_1/instrument_1/detector_1/x_pixel_size', pixelM[1]);
  });
  writeFileSync(join(folder, 'pt.geometry.json'), geometryOf(truth, preset));
  return path;
}
