import { basename, extname } from 'node:path';
import { follow, type FilePool, type Place } from '@main/hdf5/link';
import type { Hdf5File } from '@main/hdf5/file';

/** One scan's group: `3.1` in a dataset's file, `sample_0001_3.1` where a sample's file links to it. */
export interface ScanGroup extends Place {
  readonly number: number;
  readonly name: string;
}

// `n.2` is the second timer of the same scan.
const groupName = /(?:^|_)(\d{1,6})\.1$/;

/** Whether a file is BLISS's: its scans are numbered like that. */
export const holdsBliss = (file: Hdf5File): boolean => file.keys('/').some((key) => groupName.test(key));

/** The scans' groups of a master, in order of their numbers; links to files that are not there (yet) are left out. */
export function scanGroups(pool: FilePool, master: Hdf5File): readonly ScanGroup[] {
  const found = master.keys('/').flatMap((key): ScanGroup[] => {
    const number = groupName.exec(key)?.[1];
    if (number === undefined) return [];
    const place = follow(pool, master, `/${key}`);
    if ('missing' in place || place.file.kind(place.path) !== 'group') return [];
    const inner = groupName.exec(place.path)?.[1] ?? number;
    const stem = basename(place.file.path, extname(place.file.path));
    return [{ ...place, number: Number(inner), name: `${stem} #${Number(inner)}` }];
  });
  return found.sort((a, b) => (a.file.path === b.file.path ? a.number - b.number : a.file.path < b.file.path ? -1 : 1));
}
