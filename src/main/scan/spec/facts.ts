import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { BraggwatchError, warning, type Warning } from '@contract/errors';
import { readRegular } from '@main/files/regular';
import { pairingWarnings } from '../pairing';
import { filledFrames } from '../filled';
import { readTiff, tiffInfo, type TiffInfo } from '../tiff';
import type { ScanFacts } from '../types';
import { chooseScan } from './choose';
import { folderName, type FrameFolder } from './folder';
import { frameFiles, type FrameFiles } from './frames';
import type { SpecScan } from './scan';

/** One frame: an image of a file. */
export interface SpecFrame {
  readonly path: string;
  readonly page: number;
}

export interface SpecInspected {
  readonly facts: ScanFacts;
  readonly frames: readonly SpecFrame[];
  readonly missing: string | undefined;
  readonly scan: SpecScan | undefined;
}

const KEV = 1000;
const MILLIMETRE = 1e-3;
const MONITORS = ['Monitor', 'mon', 'Mon'];
const pad = (number: number): string => `S${String(number).padStart(4, '0')}`;

const writtenAt = (path: string | undefined): Date | undefined =>
  path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.mtime;

const infoOf = (path: string): TiffInfo => tiffInfo(readRegular(path), path);

/** A last frame that is still being written ends before what its own directory points to. */
function isWhole(path: string): boolean {
  try {
    return infoOf(path).whole;
  } catch (error) {
    if (error instanceof BraggwatchError) return false;
    throw error;
  }
}

/**
 * The frames in order: a file each, or the pages of fewer files than there are points. The last file is left out while it
 * is being written.
 */
function framesOf({ paths }: FrameFiles, rows: number, info: TiffInfo | undefined): readonly SpecFrame[] {
  const last = paths.at(-1);
  const files = last !== undefined && !isWhole(last) ? paths.slice(0, -1) : paths;
  const single = (path: string): SpecFrame => ({ path, page: 0 });
  if ((info?.pages ?? 1) <= 1 || files.length >= rows) return files.map(single);
  return files.flatMap((path) => Array.from({ length: infoOf(path).pages }, (_, page) => ({ path, page })));
}

/** Of frames that are allocated ahead, those that hold something. One that cannot be read is told by who reads it. */
const filledOf = (frames: readonly SpecFrame[]): number =>
  filledFrames((frame) => {
    const { path, page } = frames[frame]!;
    return readTiff(readRegular(path), path, page).data;
  }, frames.length);

/** The files by which it shows that a folder's frames are others: a new file beside them changes the folder itself. */
const toldBy = ({ paths }: FrameFiles): readonly string[] => [
  ...new Set([0, Math.floor(paths.length / 2), paths.length - 1].flatMap((k) => paths[k] ?? [])),
];

/** Frames counted from 1 that are one too few: nobody can tell whether the first or the last one lacks. */
const countedFrom = ({ first, paths }: FrameFiles, rows: number): string =>
  first > 0 && paths.length < rows
    ? `The first frame's number is ${first}; if an earlier one is lost, every frame is a step off.`
    : '';

/** What a SPEC file and a folder of frames record of one scan. */
export function inspectFolder(folder: FrameFolder): SpecInspected {
  const files = frameFiles(folder.path);
  const [firstFrame] = files.paths;
  // A single frame may still be on its way; a damaged one before others is to be told.
  const readable = firstFrame !== undefined && (files.paths.length > 1 || isWhole(firstFrame));
  const info = readable ? infoOf(firstFrame) : undefined;
  const chosen = chooseScan(folder, info?.takenAt ?? writtenAt(firstFrame));
  const scan = chosen?.scan;
  const rows = scan?.rows ?? 0;
  const frames = framesOf(files, rows, info);
  const over = scan !== undefined && (scan.ended || scan.unmarked);
  const allocated = Math.min(frames.length, rows);
  const framesPresent = over ? filledOf(frames.slice(0, allocated)) : allocated;
  const warnings: Warning[] = [];
  if (chosen?.doubt !== undefined) warnings.push(warning('scan-ambiguous', chosen.doubt));
  if (scan && scan.unpaired.length > 0)
    warnings.push(warning('motors-unpaired', `${scan.unpaired.join('; ')}. Left out.`));
  if (scan?.ended) warnings.push(...pairingWarnings(frames.length, rows, countedFrom(files, rows)));
  const facts: ScanFacts = {
    ref: { format: 'spec-tiff', source: folder.path, number: folder.number },
    name: pad(folder.number),
    title: scan?.title ?? '',
    framesExpected: scan?.ended ? rows : Math.max(scan?.points ?? 0, rows),
    framesPresent,
    ...(framesPresent < allocated && { framesEmpty: allocated - framesPresent }),
    whole: over && rows > 0 && framesPresent === rows && frames.length === rows && files.missing === undefined,
    ended: scan?.ended ?? false,
    ...(scan?.unmarked && { unmarked: true }),
    ...(scan?.date && { startedAt: scan.date.toISOString() }),
    beside: toldBy(files),
    shared: chosen ? [chosen.path] : [],
    inPlace: true,
    missing: files.missing === undefined ? [] : [files.missing],
    frameShape: framesPresent > 0 && info ? info.shape : [0, 0],
    positions: {},
    ...sampleOf(folder.path),
    warnings,
    ...(scan && recorded(scan, framesPresent)),
  };
  return { facts, frames, missing: files.missing, scan };
}

/** Users name the frames' prefix by the sample. */
function sampleOf(folder: string): Pick<ScanFacts, 'sample'> {
  const sample = basename(folder).replace(folderName, '');
  return sample === '' ? {} : { sample };
}

/** A motor whatever the capitals. */
function motorOf(scan: SpecScan, names: readonly string[]): number | undefined {
  const found = names.map((name) => Object.keys(scan.motors).find((key) => key.toLowerCase() === name));
  const key = found.find((name) => name !== undefined);
  return key === undefined ? undefined : scan.motors[key];
}

/** The scan's numbers: motors by mnemonic, the scanned one as an array. */
function recorded(scan: SpecScan, frames: number): Partial<ScanFacts> {
  const { motor } = scan;
  const column = motor === undefined ? undefined : scan.motorColumn(motor);
  const energy = motorOf(scan, ['en', 'energy', 'nrj', 'mononrj']);
  const distance = motorOf(scan, ['cam', 'camdist']);
  const monitor = MONITORS.find((name) => scan.column(name));
  return {
    ...(motor !== undefined && { motor }),
    positions: { ...scan.motors, ...(motor !== undefined && column && { [motor]: column.slice(0, frames) }) },
    ...(energy !== undefined && energy > 0 && { energyEv: energy < 200 ? energy * KEV : energy }),
    ...(distance !== undefined && distance > 0 && { distanceM: distance * MILLIMETRE }),
    ...(scan.detector && { detectorName: scan.detector }),
    ...(scan.region && { roiStart: [scan.region[2], scan.region[0]] as const }),
    ...(monitor !== undefined && { monitor: { name: monitor, counts: scan.column(monitor)!.slice(0, frames) } }),
  };
}
