import { readFileSync } from 'node:fs';
import { BraggwatchError, warning } from '@contract/errors';
import { claimedFormat } from './claims';
import { findCorrection } from './spec/correction';
import { inspectFolder, type SpecInspected } from './spec/facts';
import { foldersOf } from './spec/folder';
import { readTiff } from './tiff';
import type { Counts, ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

const shapeOf = (path: string): readonly [number, number] => readTiff(readFileSync(path), path).shape;

const list = (source: string): readonly ScanFacts[] =>
  foldersOf(source).map((folder) => inspectFolder(folder, shapeOf).facts);

/** A finished scan whose table and frames disagree cannot be put together. */
function checkPoints({ facts, files, scan }: SpecInspected): void {
  if (!scan)
    throw new BraggwatchError(
      'points-mismatch',
      `no SPEC file beside ${facts.ref.source} has scan ${facts.ref.number}`,
    );
  if (!scan.ended) return;
  if (files.missing !== undefined) throw new BraggwatchError('frames-missing', files.missing);
  if (scan.rows < files.paths.length) {
    throw new BraggwatchError('points-mismatch', `${scan.rows} rows, ${files.paths.length} frames`);
  }
  if (scan.rows > files.paths.length) {
    throw new BraggwatchError(
      'frames-missing',
      `${scan.rows} rows, ${files.paths.length} frames in ${facts.ref.source}`,
    );
  }
}

/** Frames as one array of the first one's type. */
function readFrames(paths: readonly string[], [rows, cols]: readonly [number, number]): Counts {
  const pixels = rows * cols;
  let out: Counts | undefined;
  paths.forEach((path, k) => {
    const { shape, data } = readTiff(readFileSync(path), path);
    if (shape[0] !== rows || shape[1] !== cols) {
      throw new BraggwatchError('frame-size-mismatch', `${path}: ${shape.join(' x ')} instead of ${rows} x ${cols}`);
    }
    out ??= new (data.constructor as new (length: number) => Counts)(pixels * paths.length);
    out.set(data, k * pixels);
  });
  return out ?? new Float32Array(0);
}

function open(ref: ScanRef): ScanSource {
  const folders = foldersOf(ref.source);
  const folder = folders.find(({ number }) => number === ref.number);
  if (!folder) {
    throw new BraggwatchError(
      'scan-not-found',
      `scan ${ref.number}; there are ${folders.map(({ number }) => number).join(', ')}`,
    );
  }
  const inspected = inspectFolder(folder, shapeOf);
  checkPoints(inspected);
  const { facts, files, scan } = inspected;
  const { frameShape, detectorName: detector } = facts;
  const correction = findCorrection({
    folder: folder.path,
    detector,
    date: scan?.date,
    frameShape,
    region: scan?.region,
  });
  const lacking = (['dark', 'white'] as const).filter((field) => correction[field] === undefined);
  const warnings = [...facts.warnings];
  if (lacking.length > 0) warnings.push(warning('correction-missing', `Missing: ${lacking.join(' and ')} field.`));
  return {
    facts: { ...facts, warnings },
    mask: correction.mask,
    ...(correction.white !== undefined && { flat: correction.flat }),
    read: (from, to) => {
      if (to > facts.framesPresent)
        throw new BraggwatchError('frames-missing', `${facts.framesPresent} frames in ${folder.path}`);
      return readFrames(files.paths.slice(from, to), frameShape);
    },
    close: () => undefined,
  };
}

/** APS 34-ID-C: a folder of TIFF frames per scan, a SPEC file beside it, dark and white fields (FORMATS section 5). */
export const specTiffReader: ScanReader = {
  format: 'spec-tiff',
  claims: (path, kind) => claimedFormat(path, kind) === 'spec-tiff',
  list,
  open,
};
