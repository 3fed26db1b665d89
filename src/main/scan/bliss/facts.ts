import { join } from 'node:path/posix';
import { defectClassSchema } from '@contract/verdict';
import { warning } from '@contract/errors';
import { parseCommand } from '../command';
import { othersOf } from '../beside';
import { filledFrames, framesFrom } from '../filled';
import { scannedMotor } from '../moving';
import { pairingWarnings, stoppedWarnings } from '../pairing';
import type { FilePool } from '@main/hdf5/link';
import type { FrameStack } from '@main/hdf5/frames';
import type { ScanFacts } from '../types';
import { findDetector } from './detector';
import type { ScanGroup } from './group';
import {
  movedPositioners,
  readBeam,
  readDetectorFacts,
  readEnergy,
  readMonitor,
  readPositions,
  readSample,
  readUnits,
  scannedPositions,
} from './recorded';

export interface Inspected {
  readonly facts: ScanFacts;
  readonly frames?: FrameStack;
  /** The detector's group in the file. */
  readonly detector?: string;
}

/**
 * What a BLISS scan group records. Only scans of a motor with an area detector are looked into: a beamtime's master holds
 * hundreds of alignment scans, and a hundred positioners in each.
 * @param settled a scan that ended long ago: its last frame is not read to see whether it is there
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function inspect(pool: FilePool, group: ScanGroup, settled = false): Inspected {
  const { file, path, number, name } = group;
  const title = file.text(join(path, 'title')) ?? '';
  const ended = Boolean(file.text(join(path, 'end_time')));
  const command = parseCommand(title);
  const ref = { format: 'bliss', source: file.path, number } as const;
  const startedAt = file.text(join(path, 'start_time'));
  const plain = {
    ...({ ref, name, title, framesPresent: 0, frameShape: [0, 0], positions: {}, warnings: [] } as const),
    ...(startedAt && { startedAt }),
  };

  const motor = command.unknown ? scannedMotor(command, movedPositioners(group)) : command.motor;
  const found = motor === undefined ? undefined : findDetector(pool, group);
  const detector = found?.detector;
  if (motor === undefined || (ended && !detector))
    return {
      facts: {
        ...plain,
        framesExpected: command.points,
        whole: ended,
        ...(motor !== undefined && { frameless: true }),
      },
    };

  const scanned = scannedPositions(group, motor);
  const readable = Math.min(detector?.frames.available ?? 0, scanned.length);
  // Lima allocates ahead, and may have written less than the master tells when that has ended.
  const framesPresent =
    detector && !(ended && settled) ? filledFrames(framesFrom(detector.frames), readable) : readable;
  const room = Math.min(detector?.frames.allocated ?? 0, scanned.length);
  // A scan that was stopped early has ended with fewer points than its command announced.
  const framesExpected = ended ? scanned.length : Math.max(command.points, scanned.length);
  const positions = { ...readPositions(group, framesPresent), [motor]: scanned.slice(0, framesPresent) };
  const energyEv = readEnergy(group, positions, detector?.group);
  const sample = readSample(group);
  const instrument = file.text(join(path, 'instrument/name'));
  const truth = defectClassSchema.safeParse(file.text(join(path, 'sample/simulated_defect'))).data;
  const monitor = readMonitor(group, framesPresent, scanned.length);
  const facts: ScanFacts = {
    ...plain,
    motor,
    framesExpected,
    framesPresent,
    ...(ended && room > framesPresent && { framesEmpty: room - framesPresent }),
    whole: ended && framesPresent > 0 && framesPresent === framesExpected && detector?.frames.missing.length === 0,
    ended,
    beside: othersOf(detector?.frames.files ?? [], file.path),
    missing: detector?.frames.missing.map(({ missing }) => missing) ?? [],
    frameShape: detector?.frames.shape ?? [0, 0],
    positions,
    units: readUnits(group, positions),
    ...(sample !== undefined && { sample }),
    ...(instrument && { instrument }),
    ...(energyEv !== undefined && { energyEv }),
    ...(detector && { detectorName: detector.name, ...readDetectorFacts(group, detector.group) }),
    ...(monitor && { monitor }),
    ...readBeam(group, framesPresent),
    ...(truth && { truth }),
    warnings: [
      ...(found && found.others.length > 0
        ? [warning('detector-chosen', `Used: ${found.detector.name}; not used: ${found.others.join(', ')}.`)]
        : []),
      ...(ended && detector?.frames.missing.length === 0
        ? pairingWarnings(detector.frames.available, scanned.length)
        : []),
      ...(ended ? stoppedWarnings(scanned.length, command.points) : []),
    ],
  };
  return detector ? { facts, frames: detector.frames, detector: detector.group } : { facts };
}
