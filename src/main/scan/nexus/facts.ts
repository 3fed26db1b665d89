import { basename, extname, join } from 'node:path';
import { join as at } from 'node:path/posix';
import type { Hdf5File } from '@main/hdf5/file';
import { isFrameStack, openFrames, type FrameStack } from '@main/hdf5/frames';
import type { FilePool } from '@main/hdf5/link';
import { beamLists } from '../beam';
import { parseCommand } from '../command';
import { masterFacts, masterFrames } from '../eiger/master';
import { factsOf, findGeometry } from '../geometry-file';
import { withGeometry } from '../given';
import { moves } from '../moving';
import { framesIn } from '../filled';
import { pairingWarnings } from '../pairing';
import { inEv, isEnergy } from '../motor';
import type { ScanFacts } from '../types';
import { entryOf, instrumentName, instrumentOf, ofClass } from './entry';
import { recordedGeometry } from './geometry';

/** A detector's group and its frames. */
export interface NexusDetector {
  readonly group: string;
  readonly name: string;
  readonly frames: FrameStack;
}

/** The area detector of an entry: a master's files first, else the first group whose data are frames or lead elsewhere. */
export function nexusDetector(pool: FilePool, file: Hdf5File, entry: string): NexusDetector | undefined {
  const instrument = instrumentOf(file, entry) ?? at(entry, 'instrument');
  const groups = ofClass(file, instrument, 'NXdetector');
  const master = masterFrames(pool, file, entry);
  if (groups.length <= 1 && (master.available > 0 || master.missing.length > 0)) {
    const group = groups[0] ?? at(instrument, 'detector');
    return { group, name: basename(group), frames: master };
  }
  const found = groups.flatMap((group): NexusDetector[] => {
    const data = at(group, 'data');
    if (!file.externalLink(data) && !isFrameStack(file.info(data)?.shape)) return [];
    return [{ group, name: basename(group), frames: openFrames(pool, file, data) }];
  });
  return (
    found.find(({ frames }) => frames.available > 0 && isFrameStack([frames.available, ...frames.shape])) ?? found[0]
  );
}

const monochromators = (file: Hdf5File, instrument: string): readonly string[] => [
  ...ofClass(file, instrument, 'NXmonochromator'),
  at(instrument, 'monochromator'),
];

/** Positions beside the transformations: a goniometer's (Dectris), and every positioner's value. */
function otherPositions(file: Hdf5File, entry: string): Record<string, number | Float64Array> {
  const positions: Record<string, number | Float64Array> = {};
  const take = (name: string, path: string): void => {
    const values = name in positions ? undefined : file.numbers(path);
    if (values?.length === 1) positions[name] = values[0]!;
    else if (values && values.length > 1) positions[name] = values;
  };
  const instrument = instrumentOf(file, entry) ?? at(entry, 'instrument');
  for (const group of [at(entry, 'sample/goniometer'), at(instrument, 'detector/goniometer')]) {
    for (const name of file.keys(group).filter((key) => !/_(start|end|range_average|increment)$/.test(key)))
      take(name, at(group, name));
  }
  for (const group of ofClass(file, instrument, 'NXpositioner')) take(basename(group), at(group, 'value'));
  // The photon energy is a position where it was scanned.
  for (const place of monochromators(file, instrument))
    if ((file.info(at(place, 'energy'))?.shape[0] ?? 0) > 1) take('energy', at(place, 'energy'));
  return positions;
}

const text = (file: Hdf5File, places: readonly string[]): string | undefined =>
  places.map((place) => file.text(place)).find((value) => value !== undefined && value !== '');

/** Photon energy in eV, as the monochromator has it where the beam does not. */
function energyOf(file: Hdf5File, entry: string): number | undefined {
  const instrument = instrumentOf(file, entry) ?? at(entry, 'instrument');
  const places = monochromators(file, instrument);
  const energy = [...places.map((place) => at(place, 'energy')), at(instrument, 'beam/incident_energy')]
    .map((place) => file.number(place))
    .find((value) => value !== undefined && value > 0);
  return energy === undefined ? undefined : inEv(energy);
}

/** Of what turns, the circle that goes farthest: a scan in crystal axes may move several. Where none does, the photon energy may. */
function scanned(
  positions: Readonly<Record<string, number | Float64Array>>,
  circles: readonly string[],
): string | undefined {
  const span = (name: string): number => {
    const list = positions[name];
    if (typeof list !== 'object' || !moves(list)) return 0;
    const known = list.filter(Number.isFinite);
    return Math.max(...known) - Math.min(...known);
  };
  const turned = circles.filter((name) => span(name) > 0).sort((a, b) => span(b) - span(a))[0];
  return turned ?? Object.keys(positions).find((name) => isEnergy(name) && span(name) > 0);
}

export interface NexusInspected {
  readonly facts: ScanFacts;
  readonly detector?: NexusDetector;
}

/** What a NeXus file records of its one scan. */
export function inspectNexus(pool: FilePool, file: Hdf5File): NexusInspected {
  const source = file.path;
  const entry = entryOf(file) ?? '/entry';
  const detector = nexusDetector(pool, file, entry);
  const frames = detector?.frames;
  const geometry = findGeometry(source);
  const given = factsOf(geometry);
  const recorded = detector && recordedGeometry(file, entry, detector.group);
  const own = { ...otherPositions(file, entry), ...recorded?.positions };
  const positions = { ...own, ...given.positions };
  const command =
    text(file, [at(entry, 'diamond_scan/scan_command'), at(entry, 'scan_command'), at(entry, 'title')]) ?? '';
  const circles = recorded?.transformations?.sample.map(({ motor }) => motor) ?? Object.keys(positions);
  const motor = given.motor ?? scanned(positions, circles) ?? parseCommand(command).motor;
  const list = motor === undefined ? undefined : positions[motor];
  const points = typeof list === 'object' ? list.length : 0;
  const announced = announcedFrames(file, detector?.group);
  const ended = Boolean(file.text(at(entry, 'end_time'))) || file.number(at(entry, 'diamond_scan/scan_finished')) === 1;
  const available = frames?.available ?? 0;
  const there = framesIn(frames, points > 0 ? points : Infinity, source);
  const { framesPresent } = there;
  const framesExpected = Math.max(points, announced ?? 0, available);
  const name = basename(source, extname(source));
  const energyEv = energyOf(file, entry);
  const instrument = instrumentName(file, entry);
  const sample = text(file, [at(entry, 'sample/name')]);
  const armed = at(detector?.group ?? at(entry, 'instrument/detector'), 'detectorSpecific/data_collection_date');
  const startedAt = text(file, [at(entry, 'start_time'), armed]);
  const facts: ScanFacts = {
    ref: { format: 'nexus', source, number: Number(/(\d{1,9})(?!.*\d)/.exec(name)?.[1] ?? 1) },
    name,
    title: command || name,
    ...(motor !== undefined && { motor }),
    framesExpected,
    ...there,
    whole: framesPresent > 0 && framesPresent >= framesExpected && frames?.missing.length === 0,
    ended,
    ...(!ended && { unmarked: true }),
    missing: frames?.missing.map(({ missing }) => missing) ?? [],
    frameShape: frames?.shape ?? [0, 0],
    ...(detector && { detectorName: detector.name }),
    ...(instrument !== undefined && { instrument }),
    ...(sample !== undefined && { sample }),
    ...(startedAt !== undefined && { startedAt }),
    ...(detector && masterFacts(file, detector.group)),
    ...(energyEv !== undefined && { energyEv }),
    ...recorded,
    ...exposedAs(file, entry, detector?.group, framesPresent),
    positions: own,
    warnings: ended && frames?.missing.length === 0 && points > 0 ? pairingWarnings(available, points) : [],
  };
  const whole = withGeometry(facts, geometry);
  return detector ? { facts: whole, detector } : { facts: whole };
}

/** Counters of the measurement, and the detector's own counting times, that tell how the frames were exposed. */
function exposedAs(
  file: Hdf5File,
  entry: string,
  detector: string | undefined,
  frames: number,
): Pick<ScanFacts, 'beam'> {
  const groups = [at(entry, 'measurement'), ...(detector === undefined ? [] : [detector])];
  const places = new Map(groups.flatMap((group) => file.keys(group).map((name) => [name, at(group, name)] as const)));
  const read = (name: string): Float64Array | undefined => {
    const place = places.get(name) ?? '';
    return file.info(place)?.shape.length === 1 ? file.numbers(place) : undefined;
  };
  return beamLists(places.keys(), read, frames);
}

/** Frames that the detector was armed for, where its master says so. */
function announcedFrames(file: Hdf5File, detector: string | undefined): number | undefined {
  if (detector === undefined) return undefined;
  const images = file.number(join(detector, 'detectorSpecific/nimages'));
  return images === undefined
    ? undefined
    : images * Math.max(1, file.number(join(detector, 'detectorSpecific/ntrigger')) ?? 1);
}
