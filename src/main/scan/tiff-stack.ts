import { statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { isUnmarked } from './formats';
import {
  filledOf,
  framesOf,
  infoAbout,
  printOf,
  readFrames,
  storedMaximum,
  toldBy,
  type ImageFrame,
} from './frame-files';
import { factsOf, findGeometry } from './geometry-file';
import { withGeometry } from './given';
import { imageFile } from './formats';
import { checkPositions, pairedFromFirst } from './pairing';
import { entries, frameFiles, type FrameFiles } from './spec/frames';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';
import { statOf } from '@main/files/stat';

/** A geometry file stands for the images of its folder, or of the folder beside it that has its name. */
const geometryFile = /^(?:(.+)\.)?geometry\.json$/i;

/** The images that a source stands for: itself, or those in a folder. */
function imagesOf(source: string): FrameFiles {
  const [named, stem] = geometryFile.exec(basename(source)) ?? [];
  if (named === undefined && !statSync(source).isDirectory()) return { paths: [source], missing: undefined, first: 0 };
  const folder = named === undefined ? source : join(dirname(source), stem ?? '');
  const series = frameFiles(folder);
  if (series.paths.length > 0) return series;
  // A stack whose name has no number.
  const only = entries(folder).filter((name) => imageFile.test(name));
  return { paths: only.length === 1 ? [join(folder, only[0]!)] : [], missing: undefined, first: 0 };
}

function nameOf(source: string): string {
  const [named, stem] = geometryFile.exec(basename(source)) ?? [];
  if (named === undefined) return basename(source, extname(source)).replace(/\.(edf|tiff?)$/i, '');
  return stem ?? basename(dirname(source));
}

interface Inspected {
  readonly facts: ScanFacts;
  readonly frames: readonly ImageFrame[];
}

function inspect(source: string): Inspected {
  if (!statOf(source)) throw new BraggwatchError('path-missing', source);
  const files = imagesOf(source);
  const info = infoAbout(files.paths);
  const geometry = findGeometry(source);
  const { motor, positions } = factsOf(geometry);
  const listed = motor === undefined ? undefined : positions[motor];
  const points = typeof listed === 'object' ? listed.length : 0;
  if (info && files.paths.length === 1 && info.pages === 1 && points <= 1) {
    const what = `one image of ${info.shape.join(' x ')} pixels`;
    throw new BraggwatchError('not-a-scan', `${source} is ${what}; a scan is a stack of them, or a folder`);
  }
  if (!info) throw new BraggwatchError('scan-empty', `${source}: no images`);
  const frames = framesOf(files.paths, Math.max(points, files.paths.length + 1), info);
  const framesPresent = filledOf(frames);
  const name = nameOf(source);
  const facts: ScanFacts = {
    ref: { format: 'tiff', source, number: 1 },
    name,
    title: name,
    framesExpected: Math.max(points, frames.length),
    framesPresent,
    ...(framesPresent < frames.length && { framesEmpty: frames.length - framesPresent }),
    whole: framesPresent > 0 && framesPresent === frames.length && framesPresent >= points && !files.missing,
    unmarked: isUnmarked('tiff'),
    beside: toldBy(files.paths),
    inPlace: true,
    missing: files.missing === undefined ? [] : [files.missing],
    frameShape: info.shape,
    positions: {},
    warnings: [],
  };
  return { facts: pairedFromFirst(withGeometry(facts, geometry), frames.length, true), frames };
}

function open(ref: ScanRef): ScanSource {
  if (ref.number !== 1) throw new BraggwatchError('scan-not-found', `scan ${ref.number} of ${ref.source}; there is 1`);
  const { facts, frames } = inspect(ref.source);
  const [missing] = facts.missing ?? [];
  if (missing !== undefined) throw new BraggwatchError('frames-missing', missing);
  checkPositions(facts, frames.length);
  return {
    facts,
    ...storedMaximum(frames.slice(0, facts.framesPresent)),
    read: (from, to) => {
      if (to > facts.framesPresent)
        throw new BraggwatchError('frames-missing', `${facts.framesPresent} frames of ${ref.source}`);
      return readFrames(frames.slice(from, to), facts.frameShape);
    },
    print: (frame) => printOf(frames, frame),
    close: () => undefined,
  };
}

/** Images without a record of their own, TIFF or EDF: a stack in one file, or a folder of them, with a geometry file. */
export const tiffStackReader: ScanReader = {
  format: 'tiff',
  list: (source) => [inspect(source).facts],
  open,
};
