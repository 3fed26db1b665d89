import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { refusalOf } from '@main/files/reach';
import { isFile } from '@main/files/stat';
import { openFrames, type FrameStack } from '@main/hdf5/frames';
import { openLinked, type FilePool } from '@main/hdf5/link';
import { joinFrames } from '@main/hdf5/series';
import { framesOf, infoAbout, printOf, readFrames, storedMaximum } from '../frame-files';
import type { SrsScan } from './file';

/** A detector that a file names, and its frames. */
export interface SrsDetector {
  readonly name: string;
  readonly frames: FrameStack;
}

const isHdf5Name = (path: string): boolean => /\.(h5|hdf5?|nxs)$/i.test(path);
/** What a header names outside of what may be read is not there. */
const isReadable = (path: string): boolean => isFile(path) && refusalOf(path) === undefined;
/** Where areaDetector and GDA keep a detector's frames in a file of its own. */
const DATA = ['/entry/instrument/detector/data', '/entry/data/data', '/entry1/instrument/detector/data'];

/** A path that was recorded at the beamline: below the scan's own folder, or where its last names lead from there. */
function placesOf(source: string, path: string): string[] {
  const folder = dirname(source);
  const names = path.split(/[\\/]/).filter((name) => name !== '');
  const tails = [...names.keys()].map((i) => join(folder, ...names.slice(i)));
  return isAbsolute(path) ? [path, ...tails] : tails;
}

const MOST_DIGITS = 12;
/** A template's path for a number: `%05d`, and with the folder before it in C's way, `%s%s%05d.tif`. */
const filled = (template: string, number: number): string =>
  template
    .replaceAll('%s', '')
    .replace(/%(0?)(\d*)d/, (_, zero: string, width: string) =>
      String(number).padStart(Math.min(Number(width), MOST_DIGITS), zero || ' '),
    );

/** The template of a detector's images: `pil3_100k_path_template` in the header. */
function templateOf({ words }: SrsScan): { name: string; template: string } | undefined {
  const key = Object.keys(words).find((name) => /_path_template$/.test(name)) ?? 'path_template';
  const template = words[key];
  return template === undefined ? undefined : { name: key.replace(/_?path_template$/, ''), template };
}

/** Numbers of the images: a column has them, else they count from one, or from zero. */
function numbersOf({ columns, rows }: SrsScan, name: string, template: string, source: string): readonly number[] {
  const column = [`${name}_path`, 'path', 'image_number'].map((each) => columns.get(each)).find((each) => each);
  const counted = column && Array.from(column);
  if (counted?.every((n, i) => Number.isInteger(n) && n >= 0 && (i === 0 || n > counted[i - 1]!))) return counted;
  const first = placesOf(source, filled(template, 0)).some(isReadable) ? 0 : 1;
  return Array.from({ length: rows }, (_, i) => first + i);
}

const lost = (path: string): FrameStack['missing'][number] => ({
  missing: path,
  error: new BraggwatchError('frames-missing', path),
});

/** Images as a stack, up to the first one that is not there. @param ended then that one is to be named */
function imageStack(paths: readonly string[], places: (path: string) => string[], ended: boolean): FrameStack {
  const there = paths.map((path) => places(path).find(isReadable));
  const gap = there.indexOf(undefined);
  const found = there.slice(0, gap < 0 ? undefined : gap).filter((path) => path !== undefined);
  const isLost = gap >= 0 && (ended || there.findLastIndex((path) => path !== undefined) > gap);
  const info = infoAbout(found);
  const frames = framesOf(found, paths.length, info);
  const shape = info?.shape ?? [0, 0];
  return {
    shape,
    allocated: frames.length,
    available: frames.length,
    missing: isLost ? [lost(places(paths[gap]!)[0]!)] : [],
    files: found,
    ...storedMaximum(frames),
    read: (from, to) => {
      if (to > frames.length) throw new BraggwatchError('frames-missing', `${frames.length} frames, ${to} asked for`);
      return readFrames(frames.slice(from, to), shape);
    },
    print: (frame) => printOf(frames, frame),
  };
}

function hdf5Stack(pool: FilePool, source: string, path: string): FrameStack {
  const place = placesOf(source, path).find(isReadable);
  const file = place === undefined ? undefined : openLinked(pool, source, place);
  if (!file || 'missing' in file) {
    const missing = file ?? lost(placesOf(source, path)[0] ?? path);
    const nothing = { shape: [0, 0], allocated: 0, available: 0, missing: [missing], files: [path] } as const;
    return {
      ...nothing,
      read: () => {
        throw missing.error;
      },
    };
  }
  return openFrames(pool, file, DATA.find((data) => file.info(data) !== undefined) ?? DATA[0]!);
}

/**
 * The frames that a scan's header leads to: an image for each point, or HDF5 in its place in the same folder.
 * @param ended the scan has all its points, so that an image that is not there is to be named
 * @returns undefined where it names no detector
 */
export function srsDetector(pool: FilePool, source: string, scan: SrsScan, ended: boolean): SrsDetector | undefined {
  const told = templateOf(scan);
  if (!told) return undefined;
  const { name, template } = told;
  const places = (path: string): string[] => placesOf(source, path);
  if (isHdf5Name(template)) {
    const single = !template.includes('%');
    const paths = single ? [template] : numbersOf(scan, name, template, source).map((n) => filled(template, n));
    return { name, frames: joinFrames(paths.map((path) => hdf5Stack(pool, source, path))) };
  }
  const stem = basename(source, extname(source));
  const together = ['hdf', 'h5', 'hdf5'].map((ending) => join(dirname(template), `${stem}.${ending}`));
  const stack = together.find((path) => places(path).some(isReadable));
  const paths = numbersOf(scan, name, template, source).map((n) => filled(template, n));
  if (stack !== undefined && !places(paths[0] ?? '').some(isReadable))
    return { name, frames: hdf5Stack(pool, source, stack) };
  return { name, frames: imageStack(paths, places, ended) };
}
