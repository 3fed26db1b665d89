import { HC_EV_ANGSTROM } from '@core/geometry/q';
import { basename, extname } from 'node:path';
import { join } from 'node:path/posix';
import type { Hdf5File } from '@main/hdf5/file';
import { isFrameStack, openFrames, type FrameStack } from '@main/hdf5/frames';
import type { FilePool } from '@main/hdf5/link';
import { beamLists } from '../beam';
import { moves } from '../moving';
import { framesIn } from '../filled';
import { pairingWarnings } from '../pairing';
import { inEv } from '../motor';
import type { ScanFacts } from '../types';
import { instrumentOf, shortName } from './names';

export interface SoleilInspected {
  readonly facts: ScanFacts;
  readonly frames?: FrameStack;
}

/** Heights of the area detectors that see a Bragg peak: of several images theirs is taken. */
const HEIGHTS = [512, 515, 516];
/** By long name at SixS; CRISTAL's has none. */
const MONITORS = ['imon0', 'imon1', 'imon', 'intensity', 'data_04'];
/** Some files hold the mini-goniometer's angles in millionths of a degree. */
const MILLIONTHS = 1e6;
const MOST_DEPTH = 4;

/** Groups of a file that hold a scan. */
export const soleilScans = (file: Hdf5File): readonly string[] =>
  file
    .keys('/')
    .map((name) => `/${name}`)
    .filter((root) => file.kind(root) === 'group' && file.kind(join(root, 'scan_data')) === 'group');

/** Whether a file is one of SOLEIL's. */
export const holdsSoleil = (file: Hdf5File): boolean => soleilScans(file).length > 0;

/** Degrees; what no circle can stand at was stored in millionths. */
const degrees = (value: number): number => (Math.abs(value) > 360 ? value / MILLIONTHS : value);

/** One dataset of a scan: what it measures, by its long name where its own is anonymous. */
interface Column {
  readonly path: string;
  readonly name: string;
  readonly longName: string;
  readonly shape: readonly number[];
}

function columnsOf(file: Hdf5File, root: string): readonly Column[] {
  const group = join(root, 'scan_data');
  return file.keys(group).flatMap((key): Column[] => {
    const path = join(group, key);
    const info = file.info(path);
    if (!info?.numeric) return [];
    const longName = (file.attribute(path, 'long_name') ?? '').trim();
    return [{ path, name: longName === '' ? key.toLowerCase() : shortName(longName), longName, shape: info.shape }];
  });
}

function imagesOf(columns: readonly Column[]): Column | undefined {
  const stacks = columns.filter(({ shape }) => isFrameStack(shape));
  return stacks.find(({ shape }) => HEIGHTS.includes(shape.at(-2)!)) ?? stacks[0];
}

/** Detector by the device that took the images, else by their height. */
function detectorName({ longName, name, shape }: Column): string | undefined {
  const said = /merlin|maxipix|mpx|xpad|eiger/i.exec(`${longName} ${name}`)?.[0].toLowerCase();
  if (said !== undefined) return said === 'mpx' ? 'maxipix' : said;
  return { 512: 'merlin', 515: 'merlin', 516: 'maxipix', 240: 'xpad', 120: 'xpad' }[shape.at(-2)!];
}

interface Still {
  readonly positions: Record<string, number>;
  readonly energyEv?: number;
  readonly instrument?: string;
}

/** What stands still during a scan, and the beam: everything beside the scan's own data, by its devices' names. */
function stillOf(file: Hdf5File, root: string): Still {
  const positions: Record<string, number> = {};
  let energyEv: number | undefined;
  let instrument: string | undefined;
  const visit = (group: string, depth: number): void => {
    for (const key of file.keys(group)) {
      const path = join(group, key);
      if (depth === 0 && key === 'scan_data') continue;
      if (depth === 0) instrument ??= /^(sixs|cristal)$/i.exec(key)?.[0];
      instrument = instrumentOf(path) ?? instrument;
      if (file.kind(path) === 'group') {
        if (depth < MOST_DEPTH) visit(path, depth + 1);
        continue;
      }
      const value = file.number(path);
      if (value === undefined) continue;
      const beam = /mono/i.test(path) && /^(energy|lambda|wavelength)$/i.test(key);
      if (beam) energyEv ??= energyOf(key, value);
      else if (!/position_post$/i.test(key)) positions[shortName(path)] ??= degrees(value);
    }
  };
  visit(root, 0);
  return {
    positions,
    ...(energyEv !== undefined && { energyEv }),
    ...(instrument !== undefined && { instrument }),
  };
}

function energyOf(key: string, value: number): number | undefined {
  if (!(value > 0)) return undefined;
  if (!/^energy$/i.test(key)) return HC_EV_ANGSTROM / value;
  return inEv(value);
}

const numberIn = (root: string, source: string): number => {
  const own = /(\d{1,9})$/.exec(root)?.[1] ?? /(\d{1,9})(?!.*\d)/.exec(basename(source, extname(source)))?.[1];
  return Number(own ?? 1);
};

/** What one scan's group records. */
export function inspectSoleil(pool: FilePool, file: Hdf5File, root: string): SoleilInspected {
  const source = file.path;
  const columns = columnsOf(file, root);
  const images = imagesOf(columns);
  const frames = images && openFrames(pool, file, images.path);
  const still = stillOf(file, root);
  const title = file.text(join(root, 'scan_config/name'))?.trim() ?? '';
  const stem = basename(source, extname(source));
  // The actuator of a step scan is anonymous: the scan's own name, or its file's, says which motor it is.
  const named = /(?:ascan|dscan|fly)_([a-z]+)/i.exec(stem)?.[1]?.toLowerCase();
  const actuator = title === '' ? named : shortName(title);
  const lists = columns
    .filter(({ shape, path }) => shape.length === 1 && !/sensors_timestamps|epoch/i.test(path))
    .map(({ name, longName, path }): [string, Float64Array] => {
      const values = (file.numbers(path) ?? new Float64Array(0)).map(degreesOf(name));
      return [longName === '' && /^actuator/.test(name) ? (actuator ?? name) : name, values];
    });
  const moving = lists.filter(([, values]) => moves(values)).map(([name]) => name);
  const motor =
    actuator !== undefined && moving.includes(actuator)
      ? actuator
      : moving.find((name) => name in still.positions || isCircle(name));
  const points = lists.find(([name]) => name === motor)?.[1].length ?? 0;
  const available = frames?.available ?? 0;
  const there = framesIn(frames, points, source);
  const { framesPresent } = there;
  const positions = {
    ...still.positions,
    ...Object.fromEntries(lists.map(([name, values]) => [name, values.slice(0, framesPresent)])),
  };
  const monitor = MONITORS.find((name) => lists.some(([other]) => other === name));
  const ended = Boolean(file.text(join(root, 'end_time')));
  const startedAt = file.text(join(root, 'start_time'));
  const instrument =
    columns.map(({ longName }) => instrumentOf(longName)).find((name) => name !== undefined) ?? still.instrument;
  const detector = images && detectorName(images);
  const facts: ScanFacts = {
    ref: { format: 'soleil', source, number: numberIn(root, source) },
    name: soleilScans(file).length > 1 ? `${stem} ${root.slice(1)}` : stem,
    title: title || stem,
    ...(motor !== undefined && { motor }),
    framesExpected: Math.max(points, available),
    ...there,
    whole: framesPresent > 0 && framesPresent === points && frames?.missing.length === 0,
    ended,
    ...(startedAt && { startedAt }),
    ...(!ended && { unmarked: true }),
    missing: frames?.missing.map(({ missing }) => missing) ?? [],
    frameShape: frames?.shape ?? [0, 0],
    positions,
    ...(instrument !== undefined && { instrument }),
    ...(still.energyEv !== undefined && { energyEv: still.energyEv }),
    ...(detector !== undefined && { detectorName: detector }),
    ...(monitor !== undefined && {
      monitor: { name: monitor, counts: lists.find(([name]) => name === monitor)![1].slice(0, framesPresent) },
    }),
    ...beamLists(
      lists.map(([name]) => name),
      (name) => lists.find(([other]) => other === name)?.[1],
      framesPresent,
    ),
    warnings: ended && frames?.missing.length === 0 ? pairingWarnings(available, points) : [],
  };
  return frames ? { facts, frames } : { facts };
}

const isCircle = (name: string): boolean =>
  shortName(name) === name && /^(mg)?(mu|omega|gamma|delta|phi|chi|theta)$/.test(name);

/** Angles are mended, counters are not touched. */
const degreesOf =
  (name: string) =>
  (value: number): number =>
    name.startsWith('mg') || /^actuator/.test(name) ? degrees(value) : value;
