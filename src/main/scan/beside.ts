import { basename, dirname, join } from 'node:path';
import { isFile } from '@main/files/stat';
import { geometryNames } from './formats';

/**
 * Where a geometry file may lie beside a scan, the first one first: `<name>.geometry.json`, else `geometry.json`, also in a scan's own
 * folder. A geometry file that stands for the images beside it is its own.
 */
export function geometryPlaces(source: string): readonly string[] {
  if (/(^|[\\/.])geometry\.json$/i.test(source)) return [source];
  return [...new Set([...ownPlaces(source), join(dirname(source), 'geometry.json')])];
}

const ownPlaces = (source: string): readonly string[] =>
  geometryNames(basename(source)).map((name) => join(dirname(source), name));

/** Whether a geometry file beside it belongs to this file alone. */
export const hasOwnGeometry = (source: string): boolean => ownPlaces(source).some(isFile);

/** Of a scan's many files so many are looked at for changes. */
const MOST = 8;

/** A scan's files besides its own one, as far as they are looked at for changes. */
export const othersOf = (files: readonly string[], master: string): readonly string[] =>
  someOf(files.filter((path) => path !== master));

/** Of many files those by which a change shows: spread evenly, the first and the last ones among them. */
function someOf(files: readonly string[]): readonly string[] {
  if (files.length <= MOST) return files;
  const picked = Array.from({ length: MOST }, (_, i) => files[Math.round((i * (files.length - 1)) / (MOST - 1))]!);
  return [...new Set(picked)];
}
