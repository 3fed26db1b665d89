import { basename } from 'node:path';
import { warning, type Warning } from '@contract/errors';
import { beamLists } from '../beam';
import { inEv } from '../motor';
import { moves } from '../moving';
import { pairingWarnings, stoppedWarnings } from '../pairing';
import { filledOf, framesOf, infoAbout, toldBy, type ImageFrame } from '../frame-files';
import type { TiffInfo } from '../tiff';
import type { ScanFacts, ScanRef } from '../types';
import { calibrationOf } from './calibration';
import { chooseScan } from './choose';
import type { SpecEntry, SpecFile } from './file';
import { folderName, type FrameFolder } from './folder';
import { frameFiles, type FrameFiles } from './frames';
import { findImages, type Shelves } from './images';
import { parseScan, type SpecScan } from './scan';
import { statOf } from '@main/files/stat';

export interface SpecInspected {
  readonly facts: ScanFacts;
  readonly frames: readonly ImageFrame[];
  readonly missing: string | undefined;
  readonly scan: SpecScan | undefined;
}

const MILLIMETRE = 1e-3;
const MONITORS = ['Monitor', 'mon', 'Mon', 'mon1', 'exp1'];
const pad = (number: number): string => `S${String(number).padStart(4, '0')}`;

const writtenAt = (path: string | undefined): Date | undefined =>
  path === undefined ? undefined : statOf(path)?.mtime;

/** Frames counted from 1 that are one too few: nobody can tell whether the first or the last one lacks. */
const countedFrom = ({ first, paths }: FrameFiles, rows: number): string =>
  first > 0 && paths.length < rows
    ? `The first frame's number is ${first}; if an earlier one is lost, every frame is a step off.`
    : '';

/** One scan's images and lines, brought together. */
interface Found {
  readonly ref: ScanRef;
  readonly files: FrameFiles;
  readonly info: TiffInfo | undefined;
  readonly scan: SpecScan | undefined;
  readonly shared: readonly string[];
  readonly warnings: readonly Warning[];
  /** What else is known. */
  readonly more: Partial<ScanFacts>;
}

function inspect({ ref, files, info, scan, shared, more, ...found }: Found): SpecInspected {
  const rows = scan?.rows ?? 0;
  const frames = framesOf(files.paths, rows, info);
  const over = scan !== undefined && (scan.ended || scan.unmarked);
  const allocated = Math.min(frames.length, rows);
  const framesPresent = over ? filledOf(frames.slice(0, allocated)) : allocated;
  const warnings: Warning[] = [...found.warnings];
  if (scan && scan.unpaired.length > 0)
    warnings.push(warning('motors-unpaired', `${scan.unpaired.join('; ')}. Left out.`));
  if (scan?.ended)
    warnings.push(
      ...pairingWarnings(frames.length, rows, countedFrom(files, rows)),
      ...stoppedWarnings(scan.taken, scan.points),
    );
  const facts: ScanFacts = {
    ref,
    name: pad(ref.number),
    title: scan?.title ?? '',
    framesExpected: scan?.ended ? rows : Math.max(scan?.points ?? 0, rows),
    framesPresent,
    ...(framesPresent < allocated && { framesEmpty: allocated - framesPresent }),
    whole: over && rows > 0 && framesPresent === rows && frames.length === rows && files.missing === undefined,
    ended: scan?.ended ?? false,
    ...(scan?.unmarked && { unmarked: true }),
    ...(scan?.date && { startedAt: scan.date.toISOString() }),
    beside: toldBy(files.paths),
    shared,
    inPlace: true,
    missing: files.missing === undefined ? [] : [files.missing],
    frameShape: framesPresent > 0 && info ? info.shape : [0, 0],
    positions: {},
    warnings,
    ...(scan && recorded(scan, framesPresent)),
    ...more,
  };
  return { facts, frames, missing: files.missing, scan };
}

/** What a SPEC file and a folder of frames record of one scan. */
export function inspectFolder(folder: FrameFolder): SpecInspected {
  const files = frameFiles(folder.path);
  const info = infoAbout(files.paths);
  const chosen = chooseScan(folder, info?.takenAt ?? writtenAt(files.paths[0]));
  return inspect({
    ref: { format: 'spec-tiff', source: folder.path, number: folder.number },
    files,
    info,
    scan: chosen?.scan,
    shared: chosen ? [chosen.path] : [],
    warnings: chosen?.doubt === undefined ? [] : [warning('scan-ambiguous', chosen.doubt)],
    more: sampleOf(folder.path),
  });
}

const isTiff = ({ paths }: FrameFiles): boolean => /\.tiff?(\.gz)?$/i.test(paths[0] ?? '');

const noImages: FrameFiles = { paths: [], missing: undefined, first: 0 };

/** What a SPEC file, and the images that it says to be a scan's, record of it. */
export function inspectEntry(file: SpecFile, entry: SpecEntry, shelves: Shelves): SpecInspected {
  const scan = parseScan(file, entry);
  const texts = [file.text(entry), entry.header] as const;
  const images = scan.motor === undefined ? undefined : findImages(file.path, scan, texts, shelves);
  const files = images ?? noImages;
  const frameless = images === undefined && scan.ended;
  return inspect({
    ref: { format: isTiff(files) ? 'spec-tiff' : 'spec-edf', source: file.path, number: entry.number },
    files,
    info: infoAbout(files.paths),
    scan,
    shared: [],
    warnings: [],
    more: {
      ...calibrationOf(texts, images?.folder ?? []),
      ...(images?.detector !== undefined && { detectorName: images.detector }),
      ...(frameless && { whole: true, ...(scan.motor !== undefined && { frameless: true }) }),
    },
  });
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

/** The scan's numbers: motors by mnemonic, those that moved as arrays. */
function recorded(scan: SpecScan, frames: number): Partial<ScanFacts> {
  const { motor } = scan;
  const column = motor === undefined ? undefined : scan.motorColumn(motor);
  const moving = Object.entries(scan.lists)
    .filter(([, list]) => moves(list))
    .map(([name, list]) => [name, list.slice(0, frames)] as const);
  const energy = motorOf(scan, ['en', 'energy', 'nrj', 'mononrj', 'emono']);
  const distance = motorOf(scan, ['cam', 'camdist']);
  const monitor = MONITORS.find((name) => scan.column(name));
  return {
    ...(motor !== undefined && { motor }),
    positions: {
      ...scan.motors,
      ...Object.fromEntries(moving),
      ...(motor !== undefined && column && { [motor]: column.slice(0, frames) }),
    },
    ...(energy !== undefined && energy > 0 && { energyEv: inEv(energy) }),
    ...(distance !== undefined && distance > 0 && { distanceM: distance * MILLIMETRE }),
    ...(scan.detector && { detectorName: scan.detector }),
    ...(scan.region && { roiStart: [scan.region[2], scan.region[0]] as const }),
    ...(monitor !== undefined && { monitor: { name: monitor, counts: scan.column(monitor)!.slice(0, frames) } }),
    ...beamLists(scan.columns, (name) => scan.column(name), frames),
  };
}
