import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpz } from '@main/files/npy';
import { writeTree } from '../hdf5';
import type { Measured } from '../truth';

/** Cut out of the whole detector from this row and column on. */
const ROI = [100, 80] as const;

/** A voxel that is masked in one frame only, as alien removal does. */
export const ALIEN = [30, 54, 57] as const;

/**
 * What cdiutils makes of a scan of ID01: the preprocessed file, and the pair of counts and mask for PyNX below it, both called data.
 * @returns the CXI file, the pair's counts
 */
export function writeCdiutils(folder: string, truth: Measured): { cxi: string; npz: string } {
  const { instrument, positions, still } = truth;
  const { frames, shape, beam, pixelM, distanceM, energyEv } = instrument;
  const counts = Float32Array.from(truth.all());
  const cxi = join(folder, 'S7_preprocessed_data.cxi');
  writeTree(cxi, (tree) => {
    tree.put('/creator', 'cdiutils');
    tree.array('/entry_1/image_1/data', counts, [frames, ...shape]);
    const mask = truth.mask?.();
    if (mask) tree.array('/entry_1/image_1/mask', mask, [frames, ...shape]);
    else tree.array('/entry_1/image_1/mask', new Uint8Array(shape[0] * shape[1]), shape);
    tree.softLink('/entry_1/cropped_detector_data', '/entry_1/image_1');
    tree.put('/entry_1/geometry_1/name', 'ID01');
    tree.put('/entry_1/geometry_1/angles/sample_outofplane_angle', positions);
    tree.put('/entry_1/geometry_1/angles/sample_inplane_angle', still['phi']!);
    tree.put('/entry_1/geometry_1/angles/detector_outofplane_angle', still['delta']!);
    tree.put('/entry_1/geometry_1/angles/detector_inplane_angle', still['nu']!);
    const calibration = '/entry_1/detector_1/calibration';
    tree.put('/entry_1/detector_1/description', 'mpx1x4');
    tree.put(`${calibration}/cch1`, beam[0] + ROI[0]);
    tree.put(`${calibration}/cch2`, beam[1] + ROI[1]);
    tree.put(`${calibration}/pwidth1`, pixelM[0]);
    tree.put(`${calibration}/pwidth2`, pixelM[1]);
    tree.put(`${calibration}/distance`, distanceM);
    tree.put('/entry_1/source_1/energy', energyEv);
    tree.put('/entry_1/result_1/roi', Float64Array.of(0, frames, ROI[0], ROI[0] + shape[0], ROI[1], ROI[1] + shape[1]));
    tree.put('/entry_1/sample_1/sample_name', 'Pt');
  });
  const pair = join(folder, 'pynx_phasing');
  mkdirSync(pair, { recursive: true });
  const npz = join(pair, 'S7_pynx_input_data.npz');
  writeFileSync(npz, encodeNpz({ data: { shape: [frames, ...shape], data: counts } }));
  const mask = truth.mask?.() ?? new Uint8Array(counts.length);
  mask[(ALIEN[0] * shape[0] + ALIEN[1]) * shape[1] + ALIEN[2]] = 1;
  writeFileSync(join(pair, 'S7_pynx_input_mask.npz'), encodeNpz({ data: { shape: [frames, ...shape], data: mask } }));
  return { cxi, npz };
}

/** What bcdi makes of one: counts and mask in two archives whose names tell shape and binning, and a geometry file as a user adds it. */
export function writeBcdi(folder: string, truth: Measured, geometry: string): string {
  const { frames, shape } = truth.instrument;
  const tail = `norm_${frames}_${shape[0]}_${shape[1]}_1_1_1`;
  const path = join(folder, `S7_pynx_${tail}.npz`);
  const counts = truth.all();
  writeFileSync(path, encodeNpz({ data: { shape: [frames, ...shape], data: Float32Array.from(counts) } }));
  const mask = truth.mask?.() ?? new Uint8Array(counts.length);
  mask[(ALIEN[0] * shape[0] + ALIEN[1]) * shape[1] + ALIEN[2]] = 1;
  writeFileSync(
    join(folder, `S7_maskpynx_${tail}.npz`),
    encodeNpz({ mask: { shape: [frames, ...shape], data: mask } }),
  );
  writeFileSync(join(folder, 'geometry.json'), geometry);
  return path;
}
