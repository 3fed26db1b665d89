import { dirname } from 'node:path';
import { BraggwatchError, warning, type Warning } from '@contract/errors';
import { describeMap } from './describe';
import { almostEqual, isEnough } from './pairing';
import { findCorrection } from './spec/correction';
import { inspectEntry, inspectFolder, type SpecInspected } from './spec/facts';
import { openSpec, type SpecEntry } from './spec/file';
import { foldersOf, frameFolders } from './spec/folder';
import { createShelves } from './spec/images';
import { printOf, readFrames, storedMaximum } from './frame-files';
import { scanMeant } from './stacked';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';
import { isFile } from '@main/files/stat';

/** Whether a SPEC file itself is the source of its scans: there are no folders of frames beside it. */
const isOwnSource = (source: string): boolean => isFile(source) && frameFolders(dirname(source)).length === 0;

/** Where SPEC counted anew, the last one of a number. */
const lastOfEach = (entries: readonly SpecEntry[]): readonly SpecEntry[] =>
  entries.filter(({ number }, i) => !entries.some((other, k) => k > i && other.number === number));

interface Finished {
  readonly stamp: string;
  readonly facts: ScanFacts;
}
const finished = new Map<string, Finished>();
const MAX_FINISHED = 5000;

/** Every scan of a SPEC file. It is listed each time it grows: what its finished scans record is kept. */
function listFile(source: string): readonly ScanFacts[] {
  const file = openSpec(source);
  const shelves = createShelves();
  if (file.entries.length === 0) throw new BraggwatchError('scan-empty', source);
  const facts = lastOfEach(file.entries).map((entry) => {
    const key = `${source}:${entry.number}`;
    const stamp = `${entry.start}:${entry.end}:${file.text(entry).slice(0, 500)}`;
    const known = finished.get(key);
    if (known?.stamp === stamp) return known.facts;
    const { facts } = inspectEntry(file, entry, shelves);
    finished.delete(key);
    if (facts.whole && entry.followed) finished.set(key, { stamp, facts });
    if (finished.size > MAX_FINISHED) finished.delete(finished.keys().next().value ?? '');
    return facts;
  });
  if (facts.some(({ frameless, motor }) => motor !== undefined && !frameless)) return facts;
  const last = facts.at(-1)?.title ?? '';
  const scans = `${facts.length === 1 ? '1 scan' : `${facts.length} scans`} (the last: ${describeMap(last) ?? last})`;
  throw new BraggwatchError(
    'scan-empty',
    `${source} is a SPEC file of ${scans}, none of them of a motor with images that it tells of`,
  );
}

const list = (source: string): readonly ScanFacts[] =>
  isOwnSource(source) ? listFile(source) : foldersOf(source).map((folder) => inspectFolder(folder).facts);

/** A finished scan whose table and frames disagree by more than its last points cannot be put together. */
function checkPoints({ facts, frames, missing, scan }: SpecInspected): void {
  const { source, number } = facts.ref;
  if (!scan) throw new BraggwatchError('points-mismatch', `no SPEC file beside ${source} has scan ${number}`);
  if (!scan.ended) return;
  if (missing !== undefined) throw new BraggwatchError('frames-missing', missing);
  const counted = `${scan.rows} rows, ${frames.length} frames`;
  const bearable = almostEqual(frames.length, scan.rows) || (frames.length > 0 && frames.length === scan.taken);
  if (scan.rows < frames.length && !bearable) throw new BraggwatchError('points-mismatch', counted);
  if (scan.rows > frames.length && !bearable && !(scan.stopped && isEnough(frames.length, scan.rows)))
    throw new BraggwatchError('frames-missing', `${counted} in ${source}`);
}

/** The frames of a scan, read as they are asked for. */
function sourceOf(
  { facts, frames }: SpecInspected,
  more: Pick<ScanSource, 'mask' | 'flat'> = {},
  warnings: readonly Warning[] = [],
): ScanSource {
  return {
    facts: { ...facts, warnings: [...facts.warnings, ...warnings] },
    ...more,
    ...storedMaximum(frames.slice(0, facts.framesPresent)),
    read: (from, to) => {
      if (to > facts.framesPresent)
        throw new BraggwatchError('frames-missing', `${facts.framesPresent} frames of ${facts.ref.source}`);
      return readFrames(frames.slice(from, to), facts.frameShape);
    },
    print: (frame) => printOf(frames, frame),
    close: () => undefined,
  };
}

function openFile(ref: ScanRef): ScanSource {
  const file = openSpec(ref.source);
  const entry = scanMeant(ref, lastOfEach(file.entries), ({ number }) => number);
  const inspected = inspectEntry(file, entry, createShelves());
  if (inspected.facts.frameless)
    throw new BraggwatchError('frames-missing', `${inspected.facts.name} has no area detector`);
  checkPoints(inspected);
  return sourceOf(inspected);
}

function openFolder(ref: ScanRef): ScanSource {
  const folders = foldersOf(ref.source);
  const folder = folders.find(({ number }) => number === ref.number);
  if (!folder) {
    throw new BraggwatchError(
      'scan-not-found',
      `scan ${ref.number}; there are ${folders.map(({ number }) => number).join(', ')}`,
    );
  }
  const inspected = inspectFolder(folder);
  checkPoints(inspected);
  const { facts, scan } = inspected;
  const { frameShape, detectorName: detector } = facts;
  const correction = findCorrection({
    folder: folder.path,
    detector,
    date: scan?.date,
    frameShape,
    region: scan?.region,
  });
  const lacking = (['dark', 'white'] as const).filter((field) => correction[field] === undefined);
  return sourceOf(
    inspected,
    { mask: correction.mask, ...(correction.white !== undefined && { flat: correction.flat }) },
    lacking.length > 0 ? [warning('correction-missing', `Missing: ${lacking.join(' and ')} field.`)] : [],
  );
}

const open = (ref: ScanRef): ScanSource => (isOwnSource(ref.source) ? openFile(ref) : openFolder(ref));

/** APS 34-ID-C: a folder of TIFF frames per scan, a SPEC file beside it, dark and white fields (FORMATS section 5). */
export const specTiffReader: ScanReader = { format: 'spec-tiff', list, open };

/** ESRF ID01 before BLISS, and BM02: a SPEC file that says where the images of its scans are (FORMATS section 1). */
export const specEdfReader: ScanReader = { format: 'spec-edf', list, open };
