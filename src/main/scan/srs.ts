import { basename, extname } from 'node:path';
import { BraggwatchError, warning } from '@contract/errors';
import type { FilePool } from '@main/hdf5/link';
import { beamLists } from './beam';
import { parseCommand } from './command';
import { framesIn } from './filled';
import { inEv, isEnergy } from './motor';
import { moves, scannedMotor } from './moving';
import { pairingWarnings } from './pairing';
import { motorOf, pointsOf, readSrs } from './srs/file';
import { srsDetector } from './srs/frames';
import { i16Geometry, PILATUS_PIXEL } from './srs/i16';
import { askFiles, numberOf, openStacked, scanMeant, type StackedScan } from './stacked';
import type { ScanFacts, ScanReader } from './types';

const MONITORS = ['ic1monitor', 'ic1', 'monitor'];
/** Diamond's beamlines, by where they keep their data. */
const beamline = /[\\/]dls[\\/]([bik]\d\d(?:-\d)?)[\\/]/i;

function inspect(pool: FilePool, source: string): StackedScan {
  const scan = readSrs(source);
  const { numbers, words, columns, rows } = scan;
  const title = scan.command;
  const points = pointsOf(title);
  if (points.length > 1)
    throw new BraggwatchError('not-a-scan', `${source} is a file of GDA: a map, ${points.join(' x ')} points`);
  const expected = points[0] ?? 0;
  const ended = expected > 0 && rows >= expected;
  const named = [...columns].map(([name, list]) => [motorOf(name), list] as const);
  const motors = named.filter(([name], i) => name in numbers || i === 0);
  const command = parseCommand(title.replaceAll(/(_fly)+\b/gi, ''));
  const motor = scannedMotor({ ...command, unknown: true }, motors);
  const detector = srsDetector(pool, source, scan, ended);
  if (!detector)
    throw new BraggwatchError(
      'not-a-scan',
      `${source} is a file of GDA of ${rows} points ('${title.slice(0, 80)}') that names no detector's images`,
    );
  const { name, frames } = detector;
  const there = framesIn(frames, rows, source);
  const { framesPresent } = there;
  const monitor = MONITORS.find((each) => columns.has(each));
  const energy = Object.keys(numbers).find(isEnergy);
  const transformations = i16Geometry([...Object.keys(numbers), ...motors.map(([each]) => each)], name);
  const instrument = beamline.exec(words['filepath'] ?? source)?.[1] ?? (transformations && 'i16');
  const stem = basename(source, extname(source));
  const facts: ScanFacts = {
    ref: { format: 'srs', source, number: scan.run ?? Number(/(\d{1,9})$/.exec(stem)?.[1] ?? 1) },
    name: stem,
    title,
    ...(motor !== undefined && { motor }),
    framesExpected: ended ? rows : Math.max(expected, rows),
    ...there,
    whole:
      framesPresent > 0 &&
      framesPresent === rows &&
      rows >= expected &&
      frames.available === rows &&
      frames.missing.length === 0,
    ended,
    ...(!ended && { unmarked: true }),
    ...(words['date'] !== undefined && { startedAt: words['date'] }),
    inPlace: true,
    missing: frames.missing.map(({ missing }) => missing),
    frameShape: frames.shape,
    positions: {
      ...numbers,
      ...Object.fromEntries(
        motors
          .filter(([each, list]) => each === motor || moves(list))
          .map(([each, list]) => [each, list.slice(0, framesPresent)]),
      ),
    },
    ...(words['crystal_name'] !== undefined && { sample: words['crystal_name'] }),
    ...(instrument !== undefined && { instrument }),
    detectorName: name,
    ...(energy !== undefined && numbers[energy]! > 0 && { energyEv: inEv(numbers[energy]!) }),
    ...(monitor !== undefined && { monitor: { name: monitor, counts: columns.get(monitor)!.slice(0, framesPresent) } }),
    ...beamLists(columns.keys(), (each) => columns.get(each), framesPresent),
    ...(transformations && { transformations, pixelM: [PILATUS_PIXEL, PILATUS_PIXEL] as const }),
    warnings: [
      ...(transformations ? [warning('circles-assumed')] : []),
      ...(ended && frames.missing.length === 0 ? pairingWarnings(frames.available, rows) : []),
    ],
  };
  return { facts, frames };
}

/** Diamond's GDA: a `.dat` file per scan, with a header of SRS's kind, that leads to TIFF or HDF5 (FORMATS section 8). */
export const srsReader: ScanReader = {
  format: 'srs',
  list: (source) => askFiles((pool) => [inspect(pool, source).facts]),
  open: (ref) => openStacked((pool) => scanMeant(ref, [inspect(pool, ref.source)], numberOf)),
};
