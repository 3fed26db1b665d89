import { basename, extname } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { Hdf5File } from '@main/hdf5/file';
import { isFrameStack, openFrames, type FrameStack } from '@main/hdf5/frames';
import type { FilePool } from '@main/hdf5/link';
import { beamLists } from './beam';
import { parseCommand } from './command';
import { describeMap } from './describe';
import { framesIn } from './filled';
import { scannedMotor } from './moving';
import { pairingWarnings } from './pairing';
import { askFiles, numberOf, openStacked, scanMeant, type StackedScan } from './stacked';
import { inEv } from './motor';
import type { ScanFacts, ScanReader } from './types';

const MEASUREMENT = '/entry/measurement';
/** Motors at rest, by the years' names of their group; what was before the scan comes first. */
const SNAPSHOTS = ['/entry/snapshots/pre_scan', '/entry/snapshots/post_scan', '/entry/snapshot'];
const DETECTORS = ['merlin', 'eiger500k', 'eiger4M', 'eiger', 'pilatus'];

/** Whether a file is NanoMAX's: measurement and snapshots in one entry. */
export const holdsNanomax = (file: Hdf5File): boolean =>
  file.kind(MEASUREMENT) === 'group' && SNAPSHOTS.some((group) => file.kind(group) === 'group');

/** The detector whose frames the measurement holds or leads to. */
function findFrames(pool: FilePool, file: Hdf5File): { name: string; frames: FrameStack } | undefined {
  const names = file.keys(MEASUREMENT);
  const rank = (name: string): number => {
    const known = DETECTORS.findIndex((detector) => detector.toLowerCase() === name.toLowerCase());
    return known < 0 ? DETECTORS.length : known;
  };
  for (const name of names.toSorted((a, b) => rank(a) - rank(b))) {
    for (const path of ['frames', 'data'].map((key) => `${MEASUREMENT}/${name}/${key}`)) {
      if (isFrameStack(file.info(path)?.shape) || (file.externalLink(path) && rank(name) < DETECTORS.length))
        return { name, frames: openFrames(pool, file, path) };
    }
  }
  return undefined;
}

function inspect(pool: FilePool, source: string): StackedScan {
  const file = pool.open(source);
  const title = file.text('/entry/description')?.trim() ?? file.text('/entry/title')?.trim() ?? '';
  const command = parseCommand(title);
  const positions: Record<string, number | Float64Array> = {};
  for (const group of SNAPSHOTS) {
    for (const name of file.keys(group)) {
      const value = file.number(`${group}/${name}`);
      if (value !== undefined) positions[name] ??= value;
    }
  }
  const lists = file.keys(MEASUREMENT).flatMap((name): [string, Float64Array][] => {
    const path = `${MEASUREMENT}/${name}`;
    const values = file.info(path)?.shape.length === 1 ? file.numbers(path) : undefined;
    return values && values.length > 1 ? [[name, values]] : [];
  });
  const motors = lists.filter(([name]) => name in positions);
  const motor = scannedMotor(
    { ...command, unknown: command.unknown || !motors.some(([name]) => name === command.motor) },
    motors,
  );
  const found = findFrames(pool, file);
  const frames = found?.frames;
  const points = lists.find(([name]) => name === motor)?.[1].length ?? 0;
  const there = framesIn(frames, points, source);
  const { framesPresent } = there;
  const startedAt = file.text('/entry/start_time');
  const after = file.kind('/entry/snapshots/post_scan') === 'group';
  const beam = positions['energy'];
  const monitor = ['alba2/1', 'alba2']
    .map((name) => file.numbers(`${MEASUREMENT}/${name}`))
    .find((counts) => counts !== undefined);
  const name = basename(source, extname(source));
  const facts: ScanFacts = {
    ref: { format: 'nanomax', source, number: Number(/(\d{1,9})$/.exec(name)?.[1] ?? 1) },
    name,
    title,
    ...(motor !== undefined && { motor }),
    framesExpected: Math.max(command.points, points),
    ...there,
    whole: framesPresent > 0 && framesPresent === points && points >= command.points && frames?.missing.length === 0,
    ended: after,
    ...(startedAt && { startedAt }),
    ...(!after && { unmarked: true }),
    missing: frames?.missing.map(({ missing }) => missing) ?? [],
    frameShape: frames?.shape ?? [0, 0],
    positions: {
      ...positions,
      ...Object.fromEntries(motors.map(([key, list]) => [key, list.slice(0, framesPresent)])),
    },
    instrument: 'NanoMAX',
    ...(found && { detectorName: found.name }),
    ...(typeof beam === 'number' && beam > 0 && { energyEv: inEv(beam) }),
    ...(monitor && { monitor: { name: 'alba2', counts: monitor.slice(0, framesPresent) } }),
    ...beamLists(
      lists.map(([key]) => key),
      (key) => lists.find(([other]) => other === key)?.[1],
      framesPresent,
    ),
    warnings: after && frames?.missing.length === 0 ? pairingWarnings(frames.available, points) : [],
  };
  return frames ? { facts, frames } : { facts };
}

/** MAX IV NanoMAX: a file per scan with measurement and snapshots, frames behind external links (FORMATS section 6). */
export const nanomaxReader: ScanReader = {
  format: 'nanomax',
  list: (source) =>
    askFiles((pool) => {
      const { facts } = inspect(pool, source);
      const map = describeMap(facts.title);
      if (map !== undefined)
        throw new BraggwatchError('not-a-scan', `${source} is NanoMAX's: ${map} ('${facts.title}')`);
      return [facts];
    }),
  open: (ref) => openStacked((pool) => scanMeant(ref, [inspect(pool, ref.source)], numberOf)),
};
