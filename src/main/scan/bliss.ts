import { statSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { inspect, type Inspected } from './bliss/facts';
import { masterMask } from './eiger/master';
import { scanGroups, type ScanGroup } from './bliss/group';
import type { FilePool } from '@main/hdf5/link';
import type { FrameStack } from '@main/hdf5/frames';
import { doubledFrames, pairingWarnings, readKept, withoutFrames } from './pairing';
import { askFiles, openStacked, scanMeant } from './stacked';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

interface Finished {
  readonly stamp: string;
  readonly facts: ScanFacts;
}
const finished = new Map<string, Finished>();
const MAX_FINISHED = 5000;
/** Frames stored twice in one scan; more of them are no slip. */
const MOST_DOUBLED = 8;

/** Of a master's scans so many, the last ones, may still get frames that come late. */
const RECENT = 3;

const keyOf = ({ file, path }: ScanGroup): string => `${file.path}:${path}`;

function stampOf({ file, path }: ScanGroup): string {
  const { ino } = statSync(file.path);
  return [ino, ...['start_time', 'end_time'].map((name) => file.text(`${path}/${name}`))].join(' ');
}

/** A master is listed each time it grows, and its finished scans no longer change: what they record is kept. */
function keep(group: ScanGroup, facts: ScanFacts): void {
  const key = keyOf(group);
  finished.delete(key);
  if (facts.whole) finished.set(key, { stamp: stampOf(group), facts });
  if (finished.size > MAX_FINISHED) finished.delete(finished.keys().next().value ?? '');
}

/** What a group records. */
function factsOf(pool: FilePool, group: ScanGroup, recent: boolean): ScanFacts {
  const known = finished.get(keyOf(group));
  if (known?.stamp === stampOf(group) && !(recent && known.facts.frameless)) return known.facts;
  const { facts } = inspect(pool, group, !recent);
  keep(group, facts);
  return facts;
}

/** Every scan of a master, or of the files that it links to. */
const list = (source: string): readonly ScanFacts[] =>
  askFiles((pool) => {
    const groups = scanGroups(pool, pool.open(source));
    if (groups.length === 0) throw new BraggwatchError('scan-empty', source);
    return groups.map((group, i) => factsOf(pool, group, i >= groups.length - RECENT));
  });

/**
 * Where there are more frames than positions because the detector stored some twice, these are left out: what follows them
 * belongs to the angle before.
 */
function withoutDoubled(facts: ScanFacts, frames: FrameStack | undefined): Inspected {
  const surplus = facts.ended && frames ? frames.available - facts.framesPresent : 0;
  if (!frames || surplus <= 0 || surplus > MOST_DOUBLED) return { facts, ...(frames && { frames }) };
  const doubled = doubledFrames((frame) => frames.read(frame, frame + 1), frames.available, surplus);
  if (doubled.length === 0) return { facts, frames };
  const kept = withoutFrames(frames.available, doubled);
  const detail = `Left out as copies of the one before: frame ${doubled.join(', ')}.`;
  const others = facts.warnings.filter(({ code }) => code !== 'points-differ');
  return {
    facts: { ...facts, warnings: [...others, ...pairingWarnings(frames.available, facts.framesPresent, detail)] },
    frames: {
      ...frames,
      read: (from, to) => readKept(frames.read, kept, from, to),
      readRows: (frame, top, bottom) => frames.readRows?.(kept[frame] ?? frames.available, top, bottom),
      print: (frame) => frames.print?.(kept[frame] ?? frames.available),
    },
  };
}

const open = (ref: ScanRef): ScanSource =>
  openStacked((pool) => {
    const group = scanMeant(ref, scanGroups(pool, pool.open(ref.source)), ({ number }) => number);
    const { facts, frames, detector } = inspect(pool, group);
    // Where the file was written anew with the same times, the next list tells of it.
    keep(group, facts);
    const kept = withoutDoubled(facts, frames);
    return { ...kept, ...(detector !== undefined && { masks: masterMask(group.file, kept.facts, detector) }) };
  });

/** ESRF BLISS: an HDF5 master per data set, Lima frame files behind virtual data sets or external links (FORMATS section 2). */
export const blissReader: ScanReader = {
  format: 'bliss',
  list,
  open,
};
