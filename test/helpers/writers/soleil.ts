import { join } from 'node:path';
import { writeTree } from '../hdf5';
import type { Measured } from '../truth';

export interface SixsOptions {
  readonly geometry: 'med-h' | 'med-v' | 'uhv';
  readonly kind?: 'step' | 'fly';
  /** Where the static positions of a file of 2019 are, or of 2022. */
  readonly year?: 2019 | 2022;
  /** Writes an end. */
  readonly ended?: boolean;
}

/** A scan of SixS, its image as the detector of that diffractometer stores it: the file's path. */
export function writeSixs(folder: string, truth: Measured, options: SixsOptions): string {
  const { instrument, positions, still } = truth;
  const { frames, shape, rocks, energyEv } = instrument;
  const { geometry, kind = 'step', year = 2022 } = options;
  const path = join(folder, `particle_ascan_${rocks}_00345.nxs`);
  const group = geometry === 'uhv' ? 'i14-c-cx2/ex/uhv-dif-group' : `i14-c-cx1/ex/${geometry}-dif-group.1`;
  const pitch =
    geometry === 'med-h'
      ? 'i14-c-cx1/ex/diff-med-tpp/pitch'
      : 'i14-c-cx1/ex/i14-c-cx1-ex-diff-med-tpp/TPP/Orientation/pitch';
  const longName = (motor: string): string => (motor === 'beta' ? pitch : `${group}/${motor}`);
  const asGroup = (device: string): string => device.replaceAll('/', '-');
  const constant = (value: number): Float64Array => new Float64Array(frames).fill(value);
  const motors = Object.keys(still).filter((motor) => motor !== rocks);
  const entry = kind === 'fly' ? 'scan_00345' : 'com';
  writeTree(path, (tree) => {
    tree.group(`/${entry}`, { NX_class: 'NXentry' });
    tree.put(`/${entry}/SIXS/i14-c-c02-op-mono/energy`, energyEv / 1000);
    tree.put(`/${entry}/SIXS/i14-c-cx1-ex-fent_h.1/position`, 0.2);
    const data = `/${entry}/scan_data`;
    if (kind === 'fly') {
      tree.put(`${data}/${rocks}`, positions);
      tree.put(`${data}/gamma`, constant(still['gamma'] ?? 0));
      tree.put(
        `${data}/epoch`,
        Float64Array.from(positions, (_, i) => 1.7e9 + i),
      );
      tree.array(`${data}/merlin_image`, truth.all(), [frames, ...shape]);
    } else {
      tree.put(`${data}/actuator_1_1`, positions);
      tree.put(
        `${data}/sensors_timestamps`,
        Float64Array.from(positions, (_, i) => i),
      );
      tree.array(`${data}/data_01`, truth.all(), [frames, ...shape], { long_name: 'i14-c-c00/dt/merlin-quad/image' });
      tree.put(`${data}/data_02`, constant(5000), { long_name: 'i14-c-c00/ex/imon0' });
      tree.put(`${data}/data_07`, positions, { long_name: longName(rocks) });
    }
    for (const motor of motors) {
      const value = still[motor]!;
      if (kind === 'step' && motor === 'delta')
        tree.put(`${data}/data_08`, constant(value), { long_name: longName(motor) });
      else if (motor === 'beta') tree.put(`/${entry}/SIXS/${asGroup(pitch.replace(/\/pitch$/, ''))}/pitch`, value);
      else if (year === 2022) tree.put(`/${entry}/SIXS/${asGroup(group)}/${motor}/position`, value);
      else tree.put(`/${entry}/SIXS/${asGroup(group)}-${motor}/position_pre`, value);
    }
    if (options.ended ?? true) tree.put(`/${entry}/end_time`, '2026-11-22T10:02:00');
  });
  return path;
}

export interface CristalOptions {
  /** Stores the mini-goniometer's angles in millionths of a degree, as files before 2019 do. */
  readonly millionths?: boolean;
}

/** A file of CRISTAL with one scan. */
export function writeCristal(folder: string, truth: Measured, { millionths }: CristalOptions = {}): string {
  const { instrument, positions, still } = truth;
  const { frames, shape, rocks, energyEv } = instrument;
  const path = join(folder, 'pt_2026.nxs');
  const factor = millionths ? 1e6 : 1;
  const device = (motor: string): string => `i06-c-c07-ex-${motor.replace(/^mg/, 'mg_')}`;
  writeTree(path, (tree) => {
    tree.group('/exp_0123', { NX_class: 'NXentry' });
    tree.put('/exp_0123/CRISTAL/Monochromator/energy', energyEv / 1000);
    for (const [motor, value] of Object.entries(still)) {
      if (motor.startsWith('mg')) tree.put(`/exp_0123/CRISTAL/${device(motor)}/position`, value * factor);
      else tree.put(`/exp_0123/CRISTAL/Diffractometer/I06-C-C07-EX-DIF-${motor.toUpperCase()}/position`, value);
    }
    tree.put('/exp_0123/scan_config/name', `${device(rocks)}`);
    tree.put(
      '/exp_0123/scan_data/actuator_1_1',
      positions.map((at) => at * factor),
    );
    tree.put('/exp_0123/scan_data/data_04', new Float64Array(frames).fill(1e5));
    tree.array('/exp_0123/scan_data/data_06', truth.all(), [frames, ...shape]);
    tree.put('/exp_0123/end_time', '2026-11-22T10:02:00');
  });
  return path;
}
