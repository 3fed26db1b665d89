import { basename } from 'node:path';
import type { ScanFacts } from '../types';
import { findSpecScan, folderName, frameFiles, type FrameFiles, type FrameFolder } from './folder';
import { parseScan, type SpecScan } from './scan';

export interface SpecInspected {
  readonly facts: ScanFacts;
  readonly files: FrameFiles;
  readonly scan: SpecScan | undefined;
}

const KEV = 1000;
const MILLIMETRE = 1e-3;
const MONITORS = ['Monitor', 'mon', 'Mon'];
const pad = (number: number): string => `S${String(number).padStart(4, '0')}`;

/** What a SPEC file and a folder of frames record of one scan. */
export function inspectFolder(
  folder: FrameFolder,
  frameShape: (path: string) => readonly [number, number],
): SpecInspected {
  const files = frameFiles(folder.path);
  const place = findSpecScan(folder);
  const scan = place && parseScan(place.file, place.entry);
  const rows = scan?.rows ?? 0;
  const framesPresent = Math.min(files.paths.length, rows);
  const facts: ScanFacts = {
    ref: { format: 'spec-tiff', source: folder.path, number: folder.number },
    name: pad(folder.number),
    title: scan?.title ?? '',
    framesExpected: scan?.ended ? rows : (scan?.command.points ?? 0),
    framesPresent,
    whole: scan !== undefined && scan.ended && rows > 0 && files.paths.length === rows && files.missing === undefined,
    ended: scan?.ended ?? false,
    missing: files.missing === undefined ? [] : [files.missing],
    frameShape: framesPresent > 0 ? frameShape(files.paths[0]!) : [0, 0],
    positions: {},
    ...sampleOf(folder.path),
    warnings: [],
    ...(scan && recorded(scan, framesPresent)),
  };
  return { facts, files, scan };
}

/** Users name the frames' prefix by the sample. */
function sampleOf(folder: string): Pick<ScanFacts, 'sample'> {
  const sample = basename(folder).replace(folderName, '');
  return sample === '' ? {} : { sample };
}

/** The scan's numbers: motors by mnemonic, the scanned one as an array. */
function recorded(scan: SpecScan, frames: number): Partial<ScanFacts> {
  const { motor } = scan.command;
  const column = motor === undefined ? undefined : scan.column(scan.label(motor));
  const energy = scan.motors['en'] ?? scan.motors['Energy'];
  const distance = scan.motors['cam'] ?? scan.motors['camdist'];
  const monitor = MONITORS.find((name) => scan.column(name));
  return {
    ...(motor !== undefined && { motor }),
    positions: { ...scan.motors, ...(motor !== undefined && column && { [motor]: column.slice(0, frames) }) },
    ...(energy !== undefined && energy > 0 && { energyEv: energy * KEV }),
    ...(distance !== undefined && distance > 0 && { distanceM: distance * MILLIMETRE }),
    ...(scan.detector && { detectorName: scan.detector }),
    ...(scan.region && { roiStart: [scan.region[2], scan.region[0]] as const }),
    ...(monitor !== undefined && { monitor: { name: monitor, counts: scan.column(monitor)!.slice(0, frames) } }),
  };
}
