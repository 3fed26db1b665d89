import { BraggwatchError, warning } from '@contract/errors';
import { readRegular } from '@main/files/regular';
import { almostEqual, isEnough } from './pairing';
import { findCorrection } from './spec/correction';
import { inspectFolder, type SpecFrame, type SpecInspected } from './spec/facts';
import { foldersOf } from './spec/folder';
import { readTiff } from './tiff';
import type { Counts } from '@main/files/counts';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

const list = (source: string): readonly ScanFacts[] => foldersOf(source).map((folder) => inspectFolder(folder).facts);

/** A finished scan whose table and frames disagree by more than its last points cannot be put together. */
function checkPoints({ facts, frames, missing, scan }: SpecInspected): void {
  const { source, number } = facts.ref;
  if (!scan) throw new BraggwatchError('points-mismatch', `no SPEC file beside ${source} has scan ${number}`);
  if (!scan.ended) return;
  if (missing !== undefined) throw new BraggwatchError('frames-missing', missing);
  const counted = `${scan.rows} rows, ${frames.length} frames`;
  const bearable = almostEqual(frames.length, scan.rows);
  if (scan.rows < frames.length && !bearable) throw new BraggwatchError('points-mismatch', counted);
  if (scan.rows > frames.length && !bearable && !(scan.stopped && isEnough(frames.length, scan.rows)))
    throw new BraggwatchError('frames-missing', `${counted} in ${source}`);
}

/** Frames as one array of the first one's type, or of one that holds all of them. */
function readFrames(wanted: readonly SpecFrame[], [rows, cols]: readonly [number, number]): Counts {
  const pixels = rows * cols;
  let out: Counts | undefined;
  wanted.forEach(({ path, page }, k) => {
    const { shape, data } = readTiff(readRegular(path), path, page);
    if (shape[0] !== rows || shape[1] !== cols) {
      throw new BraggwatchError('frame-size-mismatch', `${path}: ${shape.join(' x ')} instead of ${rows} x ${cols}`);
    }
    out ??= new (data.constructor as new (length: number) => Counts)(pixels * wanted.length);
    if (out.constructor !== data.constructor) out = Float64Array.from(out);
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
  const inspected = inspectFolder(folder);
  checkPoints(inspected);
  const { facts, frames, scan } = inspected;
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
      return readFrames(frames.slice(from, to), frameShape);
    },
    close: () => undefined,
  };
}

/** APS 34-ID-C: a folder of TIFF frames per scan, a SPEC file beside it, dark and white fields (FORMATS section 5). */
export const specTiffReader: ScanReader = {
  format: 'spec-tiff',
  list,
  open,
};
