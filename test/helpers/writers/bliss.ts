import { join } from 'node:path';
import { writeTree } from '../hdf5';
import type { Measured } from '../truth';

export interface BlissOptions {
  /** What the file calls its instrument; left out where it says nothing. */
  readonly instrument?: string;
  readonly detector?: string;
  /** The detector's distance as it is written, and its units; metres without units where left out. */
  readonly distance?: readonly [number, string | undefined];
}

/** A BLISS master with one scan, its frames in Lima's file behind an external link: the master's path. */
export function writeBliss(folder: string, truth: Measured, options: BlissOptions = {}): string {
  const { instrument, positions, still } = truth;
  const { detector = 'mpx1x4', instrument: name } = options;
  const { frames, shape } = instrument;
  const ofEnergy = instrument.rocks === 'energy';
  const [rocks, moved] = ofEnergy ? ['mononrj', positions.map((ev) => ev / 1000)] : [instrument.rocks, positions];
  writeTree(join(folder, `scan0003/${detector}_0000.h5`), (tree) =>
    tree.array('/entry_0000/measurement/data', truth.all(), [frames, ...shape]),
  );
  const master = join(folder, 'pt_0001.h5');
  writeTree(master, (tree) => {
    tree.put('/3.1/title', `ascan ${rocks} ${moved[0]} ${moved.at(-1)} ${frames - 1} 1`);
    tree.put('/3.1/start_time', '2026-11-22T10:00:00+01:00');
    tree.put('/3.1/end_time', '2026-11-22T10:02:00+01:00');
    if (name !== undefined) tree.put('/3.1/instrument/name', name);
    for (const [motor, value] of Object.entries({ ...still, mononrj: instrument.energyEv / 1000 }))
      tree.put(`/3.1/instrument/positioners/${motor}`, motor === rocks ? moved : value);
    const group = `/3.1/instrument/${detector}`;
    const [distance, units] = options.distance ?? [still['distance'] ?? instrument.distanceM, undefined];
    tree.put(`${group}/distance`, distance, units === undefined ? {} : { units });
    tree.put(`${group}/beam_center_y`, instrument.beam[0]);
    tree.put(`${group}/beam_center_x`, instrument.beam[1]);
    tree.put(`${group}/y_pixel_size`, instrument.pixelM[0]);
    tree.put(`${group}/x_pixel_size`, instrument.pixelM[1]);
    tree.link(`${group}/data`, `scan0003/${detector}_0000.h5`, '/entry_0000/measurement/data');
    tree.put(`/3.1/measurement/${rocks}`, moved);
  });
  return master;
}
