import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTree } from '../hdf5';
import type { Measured } from '../truth';

/** How an Eiger's frames are shared out among files: all in one, so many in each, or a file for each point with several exposures. */
export type Share = { readonly perFile: number } | { readonly exposures: number };

export interface P10Options {
  readonly share?: Share;
  readonly detector?: string;
  readonly master?: boolean;
  readonly ended?: boolean;
  /** Points in the table, frames on disk; all where left out. */
  readonly rows?: number;
  readonly frames?: number;
  /** Pixels that the master's mask leaves out. */
  readonly masked?: Uint32Array;
  readonly command?: string;
  readonly user?: string;
}

const STEM = 'align_00012';

/** The text of an .fio file as DESY's Online writes it at P10. */
function fioText({ instrument, positions, still }: Measured, options: P10Options): string {
  const { rocks, energyEv } = instrument;
  const rows = options.rows ?? positions.length;
  const last = positions.length - 1;
  const command =
    options.command ?? `ascan ${rocks} ${positions[0]!.toFixed(4)} ${positions[last]!.toFixed(4)} ${last} 1.0`;
  const parameters = {
    ...still,
    [rocks]: positions[0]!,
    fmbenergy: energyEv,
    _distance: instrument.distanceM,
    petracurrent: 101.2,
  };
  return [
    '!',
    '! Comments',
    '%c',
    command,
    ` user ${options.user ?? 'p10user'} Acquisition started at Sat Nov 28 21:04:11 2026`,
    '!',
    '! Parameter',
    '%p',
    ...Object.entries(parameters).map(([name, value]) => ` ${name} = ${value}`),
    ` _ccd = ${options.detector ?? 'e4m'}`,
    '!',
    '! Data',
    '%d',
    ` Col 1 ${rocks} DOUBLE`,
    ' Col 2 curpetra DOUBLE',
    ' Col 3 e4m_sum DOUBLE',
    ...Array.from({ length: rows }, (_, i) => ` ${positions[i]} 100.5 ${1000 + i}`),
    ...((options.ended ?? rows === positions.length) ? ['! Acquisition ended at Sat Nov 28 21:06:12 2026'] : []),
    '',
  ].join('\n');
}

/** A scan of P10: the .fio file's path. */
export function writeP10(folder: string, truth: Measured, options: P10Options = {}): string {
  const { instrument } = truth;
  const { share = { perFile: 2000 }, detector = 'e4m' } = options;
  const place = join(folder, STEM);
  const eiger = join(place, detector);
  mkdirSync(eiger, { recursive: true });
  const path = join(place, `${STEM}.fio`);
  writeFileSync(path, fioText(truth, options));
  const [rows, cols] = instrument.shape;
  const frames = options.frames ?? instrument.frames;
  const files: Uint32Array[] = [];
  if ('exposures' in share) {
    // Exposures of one point add up to its counts.
    for (let f = 0; f < frames; f++) {
      const counts = truth.frame(f);
      const parts = new Uint32Array(share.exposures * counts.length);
      for (let e = 0; e < share.exposures; e++)
        counts.forEach((value, p) => {
          const each = Math.floor(value / share.exposures);
          parts[e * counts.length + p] =
            value === 2 ** 32 - 1 ? value : e === 0 ? value - each * (share.exposures - 1) : each;
        });
      files.push(parts);
    }
  } else {
    for (let f = 0; f < frames; f += share.perFile) {
      const count = Math.min(share.perFile, frames - f);
      const parts = new Uint32Array(count * rows * cols);
      for (let k = 0; k < count; k++) parts.set(truth.frame(f + k), k * rows * cols);
      files.push(parts);
    }
  }
  const nameOf = (i: number): string => `${STEM}_data_${String(i + 1).padStart(6, '0')}.h5`;
  files.forEach((data, i) =>
    writeTree(join(eiger, nameOf(i)), (tree) =>
      tree.array('/entry/data/data', data, [data.length / rows / cols, rows, cols]),
    ),
  );
  if (options.master ?? true)
    writeTree(join(eiger, `${STEM}_master.h5`), (tree) => {
      tree.group('/entry', { NX_class: 'NXentry' });
      tree.group('/entry/instrument', { NX_class: 'NXinstrument' });
      tree.group('/entry/instrument/detector', { NX_class: 'NXdetector' });
      files.forEach((_, i) =>
        tree.link(`/entry/data/data_${String(i + 1).padStart(6, '0')}`, nameOf(i), '/entry/data/data'),
      );
      tree.put('/entry/instrument/detector/x_pixel_size', instrument.pixelM[1], { units: 'm' });
      tree.put('/entry/instrument/detector/y_pixel_size', instrument.pixelM[0], { units: 'm' });
      tree.put('/entry/instrument/detector/beam_center_x', instrument.beam[1]);
      tree.put('/entry/instrument/detector/beam_center_y', instrument.beam[0]);
      tree.put('/entry/instrument/detector/detector_distance', 0, { units: 'm' });
      tree.put('/entry/instrument/detector/detectorSpecific/countrate_correction_count_cutoff', 1_270_000);
      const mask = options.masked ?? new Uint32Array(rows * cols);
      tree.array('/entry/instrument/detector/detectorSpecific/pixel_mask', mask, [rows, cols]);
    });
  return path;
}
