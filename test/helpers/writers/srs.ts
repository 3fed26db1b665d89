import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tiff } from '../../main/scan/write-spec';
import { writeTree } from '../hdf5';
import type { Measured } from '../truth';

export interface SrsOptions {
  /** Frames in one HDF5 file instead of an image each. */
  readonly hdf5?: true;
  readonly detector?: string;
  /** Points in the table so far; all where left out. */
  readonly rows?: number;
  /** Images on disk so far; all where left out. */
  readonly images?: number;
}

/** A scan of Diamond I16 as GDA writes it besides NeXus: a `.dat` file, its images in a folder beside it; the file's path. */
export function writeSrs(folder: string, truth: Measured, options: SrsOptions = {}): string {
  const { instrument, positions, still } = truth;
  const { shape, frames, rocks, energyEv } = instrument;
  const { hdf5, detector = 'pil3_100k', rows = frames, images = frames } = options;
  const place = `1109527-${detector}-files`;
  mkdirSync(join(folder, place), { recursive: true });
  if (hdf5)
    writeTree(join(folder, place, '1109527.hdf'), (tree) =>
      tree.array('/entry/instrument/detector/data', truth.all(), [frames, ...shape]),
    );
  else
    for (let f = 0; f < images; f++)
      writeFileSync(
        join(folder, place, `${String(f + 1).padStart(5, '0')}.tif`),
        tiff(Int32Array.from(truth.frame(f)), ...shape),
      );
  const step = (positions.at(-1)! - positions[0]!) / (frames - 1);
  const text = [
    ' &SRS',
    ' SRSRUN=1109527,SRSDAT=20250922,SRSTIM=113229,',
    " SRSSTN='BASE',SRSPRJ='GDA_BASE',SRSEXP='Emulator',",
    '<MetaDataAtStart>',
    `cmd='scan ${rocks} ${positions[0]} ${positions.at(-1)} ${step} ${detector} 0.1 roi1'`,
    "date='Mon Sep 22 11:32:29 2025'",
    `${detector}_path_template='${place}/%05d.tif'`,
    "filename='1109527.nxs'",
    ...Object.entries({ ...still, en: energyEv / 1000, kap: -130.1 }).map(([name, value]) => `${name}=${value}`),
    '</MetaDataAtStart>',
    ' &END',
    [rocks, 'kap_', 'TimeSec', 'ic1monitor', 'count_time', 'roi1_sum'].join('\t'),
    ...Array.from(positions.subarray(0, rows), (at, f) => [at, -130.1, 10 + f, 860, 0.1, 5000 + f].join('\t')),
    '',
  ];
  const path = join(folder, '1109527.dat');
  writeFileSync(path, text.join('\n'));
  return path;
}
