import { basename, extname } from 'node:path';
import { warning } from '@contract/errors';
import type { Hdf5File } from '@main/hdf5/file';
import type { FrameStack } from '@main/hdf5/frames';
import type { FilePool } from '@main/hdf5/link';
import { beamLists } from './beam';
import { parseCommand } from './command';
import { masterFacts, masterMask } from './eiger/master';
import { readFio } from './fio/file';
import { fioDetectors, fioFrames } from './fio/frames';
import { scannedMotor } from './moving';
import { framesIn } from './filled';
import { pairingWarnings, stoppedWarnings } from './pairing';
import { askFiles, numberOf, openStacked, scanMeant } from './stacked';
import type { ScanFacts, ScanReader } from './types';

interface Inspected {
  readonly facts: ScanFacts;
  readonly frames?: FrameStack;
  readonly master?: Hdf5File;
}

const MONITORS = ['curpetra', 'ipetra'];
const numbered = /_(\d{1,9})\.fio$/i;
/** Some periods noted the distance in millimetres. */
const metres = (value: number): number => (value > 20 ? value / 1000 : value);

function inspect(pool: FilePool, source: string): Inspected {
  const scan = readFio(source);
  const { title, rows, columns, parameters } = scan;
  const command = parseCommand(title);
  const motor = scannedMotor(command, columns);
  const ended = scan.ended || (command.points > 0 && rows >= command.points);
  const [detector, ...others] = fioDetectors(pool, source).toSorted(
    (a, b) => Number(b.master !== undefined) - Number(a.master !== undefined),
  );
  const frames = detector && fioFrames(detector, Math.max(command.points, rows));
  const there = framesIn(frames, rows, source);
  const { framesPresent } = there;
  const moved = [...columns].filter(([name]) => name in parameters || name === motor);
  const positions = {
    ...parameters,
    ...Object.fromEntries(moved.map(([name, list]) => [name, list.slice(0, framesPresent)])),
  };
  const monitor = MONITORS.find((name) => columns.has(name));
  const energyEv = parameters['fmbenergy'];
  const distanceM = parameters['_distance'];
  const recorded = detector?.master ? masterFacts(detector.master) : {};
  const stem = basename(source, extname(source));
  const facts: ScanFacts = {
    ref: { format: 'fio', source, number: Number(numbered.exec(source)?.[1] ?? 1) },
    name: stem,
    title,
    ...(motor !== undefined && { motor }),
    framesExpected: ended ? rows : Math.max(command.points, rows),
    ...there,
    whole: ended && framesPresent > 0 && framesPresent === rows && frames?.missing.length === 0,
    ended,
    ...(scan.startedAt !== undefined && { startedAt: scan.startedAt }),
    missing: frames?.missing.map(({ missing }) => missing) ?? [],
    frameShape: frames?.shape ?? [0, 0],
    positions,
    sample: stem.replace(/_\d+$/, ''),
    ...(scan.beamline !== undefined && { instrument: scan.beamline }),
    ...recorded,
    ...(energyEv !== undefined && energyEv > 0 && { energyEv }),
    ...(distanceM !== undefined && distanceM > 0 && { distanceM: metres(distanceM) }),
    ...(detector && detector.name !== '' && { detectorName: detector.name }),
    ...(monitor !== undefined && { monitor: { name: monitor, counts: columns.get(monitor)!.slice(0, framesPresent) } }),
    ...beamLists(columns.keys(), (name) => columns.get(name), framesPresent),
    warnings: [
      ...(detector && others.length > 0
        ? [
            warning(
              'detector-chosen',
              `Used: ${detector.name}; not used: ${others.map(({ name }) => name).join(', ')}.`,
            ),
          ]
        : []),
      ...(ended && frames?.missing.length === 0 ? pairingWarnings(frames.available, rows) : []),
      ...(ended ? stoppedWarnings(rows, command.points) : []),
    ],
  };
  return { facts, ...(frames && { frames }), ...(detector?.master && { master: detector.master }) };
}

/** PETRA III P10: an .fio file per scan, an Eiger's master and data files in a folder beside it (FORMATS section 4). */
export const fioReader: ScanReader = {
  format: 'fio',
  list: (source) => askFiles((pool) => [inspect(pool, source).facts]),
  open: (ref) =>
    openStacked((pool) => {
      const { facts, frames, master } = scanMeant(ref, [inspect(pool, ref.source)], numberOf);
      const absent = `no detector's folder beside ${ref.source}`;
      return { facts, frames, absent, masks: master && masterMask(master, facts) };
    }),
};
