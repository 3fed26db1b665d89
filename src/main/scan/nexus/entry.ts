import { join } from 'node:path/posix';
import type { Hdf5File } from '@main/hdf5/file';

/** Groups of a group that are of a NeXus class. */
export const ofClass = (file: Hdf5File, group: string, nxClass: string): readonly string[] =>
  file
    .keys(group)
    .map((name) => join(group, name))
    .filter((path) => file.kind(path) === 'group' && file.attribute(path, 'NX_class') === nxClass);

/** The first entry of a NeXus file; undefined where it has none. */
export const entryOf = (file: Hdf5File): string | undefined =>
  ofClass(file, '/', 'NXentry')[0] ?? ['/entry', '/entry1'].find((path) => file.kind(path) === 'group');

/** The instrument's group of an entry. */
export const instrumentOf = (file: Hdf5File, entry: string): string | undefined =>
  ofClass(file, entry, 'NXinstrument')[0] ?? [join(entry, 'instrument')].find((path) => file.kind(path) === 'group');

/** What a file calls its beamline: the instrument's name, or where the source says it. */
export function instrumentName(file: Hdf5File, entry: string): string | undefined {
  const instrument = instrumentOf(file, entry);
  const places = [
    ...(instrument === undefined ? [] : [join(instrument, 'beamline'), join(instrument, 'name')]),
    join(entry, 'beamline'),
  ];
  return places.map((place) => file.text(place)?.trim()).find((name) => name !== undefined && name !== '');
}

/** Whether a file has an entry with an instrument or frames, as NeXus files and the masters of Dectris' detectors do. */
export function holdsNexus(file: Hdf5File): boolean {
  const entry = entryOf(file);
  return (
    entry !== undefined && (instrumentOf(file, entry) !== undefined || file.kind(join(entry, 'data')) !== 'absent')
  );
}
