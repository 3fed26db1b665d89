import { dirname } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { isWithin, realPath } from './roots';
import { isFile } from './stat';

/**
 * What a file may have this process read besides itself. A scan file names others (links, virtual data sets, raw storage), and whoever
 * wrote it could name any file of the user: only what lies in its own folder, or in the folders that the user named, is opened.
 */
let named: readonly string[] | undefined;
let own: readonly string[] = [];

/** Folders that the user named: the watched one, `--allow`. Until they are told everything is within reach, as in tests of one reader. */
export const reachInto = (folders: readonly string[] | undefined): void =>
  void (named = folders?.flatMap((folder) => realPath(folder) ?? []));

/** What was told by {@link reachInto}, for another thread. */
export const toldReach = (): readonly string[] | undefined => named;

/** From now on the files of this source are read: its folder is within reach, where a link leads to it both folders. */
export const readingFrom = (source: string): void =>
  void (own = [dirname(source), dirname(realPath(source) ?? source)].flatMap((folder) => realPath(folder) ?? []));

/**
 * Why a file that another one names is not opened; undefined where it may be.
 * @returns BraggwatchError links-outside, or not-a-file for a pipe, a device, a folder
 */
export function refusalOf(path: string): BraggwatchError | undefined {
  const place = realPath(path);
  // Nobody can read what is not there.
  if (place === undefined) return undefined;
  if (!isFile(place)) return new BraggwatchError('not-a-file', path);
  if (named === undefined || [...own, ...named].some((root) => isWithin(root, place))) return undefined;
  return new BraggwatchError('links-outside', path);
}
