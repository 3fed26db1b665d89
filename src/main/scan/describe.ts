import { join } from 'node:path/posix';
import type { Hdf5File } from '@main/hdf5/file';
import { isReciprocal, mapIn } from './command';
import { entryOf, instrumentName, instrumentOf, ofClass } from './nexus/entry';

const text = (file: Hdf5File, places: readonly string[]): string | undefined =>
  places.map((place) => file.text(place)?.trim()).find((value) => value !== undefined && value !== '');

/** Complex values, as phase retrieval makes them: neither numbers nor text to HDF5. */
const isComplex = (file: Hdf5File, path: string): boolean =>
  file.info(path)?.numeric === false && file.text(path) === undefined;

/** Reconstructions of phase retrieval: `Run*.cxi` and `modes*.h5` of PyNX, and results made of them. */
function reconstruction(file: Hdf5File): string | undefined {
  const images = ['/entry_1/image_1/data', '/entry_last/image_1/data', '/entry_1/data_1/data', '/entry_1/data1/data'];
  const found = images.some((path) => isComplex(file, path));
  const marked = file.info('/entry_1/image_1/is_fft_shifted') !== undefined;
  if (!found && !marked) return undefined;
  const program = text(file, [
    '/entry_1/image_1/process_1/program',
    '/entry_1/process_1/program',
    '/entry_1/program_name',
    '/creator',
  ]);
  return `a reconstruction${program === undefined ? '' : ` of ${program}`} (complex density), not counts`;
}

/** Where a NeXus file was measured: facility and beamline, as far as it says. */
function placeOf(file: Hdf5File, entry: string): string | undefined {
  const instrument = instrumentOf(file, entry) ?? join(entry, 'instrument');
  const sources = [...ofClass(file, instrument, 'NXsource'), ...ofClass(file, entry, 'NXsource')];
  const named = sources.map(
    (source) => file.attribute(join(source, 'name'), 'short_name') ?? file.text(join(source, 'name')),
  );
  const parts = [
    ...sources.map((source) => file.text(join(source, 'facility_name'))),
    ...named,
    ...sources.map((source) => file.text(join(source, 'facility_beamline'))),
    instrumentName(file, entry),
  ];
  const known = parts.map((part) => part?.trim() ?? '').filter((part) => part !== '');
  return known.length === 0 ? undefined : [...new Set(known)].slice(0, 3).join(' ');
}

const commandOf = (file: Hdf5File, entry: string): string | undefined =>
  text(
    file,
    ['diamond_scan/scan_command', 'scan_command', 'description', 'title'].map((name) => join(entry, name)),
  );

/** A map in words, by its command. */
export function describeMap(command: string): string | undefined {
  const map = mapIn(command);
  return map && `a map of ${map.motors.join(' and ')}, ${map.points.join(' x ')} points`;
}

/** What moved where it was no single motor: a scan of more than one dimension, or one through reciprocal space. */
function mapOf(file: Hdf5File, entry: string): string | undefined {
  const command = commandOf(file, entry) ?? '';
  if (isReciprocal(command)) return 'a scan through reciprocal space, by several circles at once';
  const told = describeMap(command);
  if (told !== undefined) return told;
  const shape =
    file.numbers(join(entry, 'diamond_scan/scan_shape')) ?? file.numbers(join(entry, 'solstice_scan/scan_shape'));
  return shape && shape.length > 1 ? `a map, ${Array.from(shape).join(' x ')} points` : undefined;
}

/** Whether a file says that it holds a map, or what else is no scan of one motor. */
export function isMap(file: Hdf5File): boolean {
  const entry = entryOf(file);
  return entry !== undefined && mapOf(file, entry) !== undefined;
}

/** A fluorescence detector has a handful of elements, each of many channels. */
const FEWEST_ROWS = 16;
const MANY_CHANNELS = 500;

function framesOf(file: Hdf5File, entry: string): string | undefined {
  const instrument = instrumentOf(file, entry) ?? join(entry, 'instrument');
  const places = [
    join(entry, 'data/data'),
    ...ofClass(file, instrument, 'NXdetector').map((group) => join(group, 'data')),
    ...file.keys(instrument).map((name) => join(instrument, name, 'data')),
  ];
  const shape = places.map((place) => file.info(place)).find((info) => info?.numeric && info.shape.length >= 2)?.shape;
  if (!shape) return undefined;
  const [rows = 0, cols = 0] = shape.slice(-2);
  if (rows < FEWEST_ROWS && cols > MANY_CHANNELS) return `${shape[0]} spectra of ${cols} channels, no images`;
  return shape.length === 2
    ? `one image of ${shape.join(' x ')} pixels`
    : `${shape[0]} frames of ${shape.slice(-2).join(' x ')} pixels`;
}

/**
 * What an HDF5 file is that holds no rocking scan: of which program or beamline, and what is in it. Read from its names and
 * attributes alone, for whoever wonders why nothing comes of it.
 */
export function whatItIs(file: Hdf5File): string {
  const made = reconstruction(file);
  if (made !== undefined) return made;
  const entry = entryOf(file);
  if (entry !== undefined) {
    const definition = file.text(join(entry, 'definition'))?.trim();
    const place = placeOf(file, entry);
    const command = commandOf(file, entry);
    const kind = definition === undefined ? 'a NeXus file' : `an ${definition} file`;
    const holds = mapOf(file, entry) ?? framesOf(file, entry) ?? 'without detector frames';
    const said = command === undefined ? '' : ` ('${command.slice(0, 80)}')`;
    const at = file.attribute(instrumentOf(file, entry) ?? entry, 'short_name');
    const measured = at === undefined || place?.includes(at) ? '' : `, measured at ${at}`;
    return `${kind}${place === undefined ? '' : ` of ${place}`}: ${holds}${measured}${said}`;
  }
  const names = file.keys('/');
  const shown = names.slice(0, 4).join(', ');
  return names.length === 0
    ? 'an empty HDF5 file'
    : `HDF5 in a layout that is not known, with ${shown}${names.length > 4 ? ', ...' : ''}`;
}
