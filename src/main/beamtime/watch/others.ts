import { dirname } from 'node:path';
import { belongsTo, imageFile } from '@main/scan/formats';
import type { Recognised } from '@main/scan/recognise';
import type { Overlooked } from './overlooked';
import type { Source, Walked } from './walk';

/** Files of one folder, and of all, that are looked into at one look; detectors' and programs' folders hold thousands. */
const MOST_IN_FOLDER = 100;
const MOST = 500;
/** Images are told by their names; a few are looked into only to say how large they are. */
const MOST_IMAGES = 3;

/** Of the files that no reader claims by name, those to be looked into. */
export function worthLooking({ strangers, others }: Pick<Walked, 'strangers' | 'others'>): readonly string[] {
  const looked = new Map<string, number>();
  const few = (paths: readonly string[], most: number): string[] =>
    paths.filter((path) => {
      const folder = dirname(path);
      const count = (looked.get(folder) ?? 0) + 1;
      looked.set(folder, count);
      return count <= most;
    });
  const isImage = (path: string): boolean => imageFile.test(path) || /\.cbf$/i.test(path);
  const images = few(strangers.filter(isImage), MOST_IMAGES);
  looked.clear();
  const rest = few([...strangers.filter((path) => !isImage(path)), ...others], MOST_IN_FOLDER);
  return [...images, ...rest].slice(0, MOST);
}

/** What a look at a folder found, with the files that were recognised by their first bytes. */
export interface Found {
  readonly sources: readonly Source[];
  readonly overlooked: Overlooked;
  /** Files of no kind that a scan has: told of only where nothing is a scan. */
  readonly others: readonly string[];
}

export function withRecognised(walked: Walked, known: ReadonlyMap<string, Recognised>): Found {
  const { sources, strangers, others, ...rest } = walked;
  const more = [...known].flatMap(([path, { format }]): Source[] => (format ? [{ path, format }] : []));
  const taken = new Set(more.map(({ path }) => path));
  const formats = new Set(more.map(({ format }) => format));
  const isPart = (path: string): boolean => [...formats].some((format) => belongsTo(path, format));
  const left = (paths: readonly string[]): string[] => paths.filter((path) => !taken.has(path) && !isPart(path));
  // Frames in HDF5 beside what leads to them are no scan of their own.
  const folders = new Set(more.map(({ path }) => dirname(path)));
  const isBeside = (path: string): boolean => [dirname(path), dirname(dirname(path))].some((each) => folders.has(each));
  const what = new Map([...known].map(([path, each]) => [path, each.what]));
  return {
    sources: [...sources.filter(({ path }) => !isPart(path) || !isBeside(path)), ...more],
    overlooked: { ...rest, strangers: left(strangers), what },
    others: rest.resultsAlone === undefined ? left(others) : [],
  };
}

/** The same where nothing in the sources is a scan. */
export const withOthers = ({ overlooked, others }: Pick<Found, 'overlooked' | 'others'>): Overlooked => ({
  ...overlooked,
  strangers: [...overlooked.strangers, ...others],
});
