import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { claimOf, isOwnResult, isTold, looksLikeFrames, type Claim, type PathKind } from '@main/scan/formats';
import { listing, STEP } from './listing';

/** What a walk has to do with an entry of a folder, as far as its name tells; a claimed one is a source. */
export type Noted = Claim | 'folder' | 'link' | 'stranger' | 'other' | 'irregular';

/** What lies in one folder; what nobody has to do with is counted only, for there may be a hundred thousand of it. */
export interface FolderLook {
  readonly entries: number;
  /** Results of this program. */
  readonly results: number;
  /** In name order, each with its place among all entries. */
  readonly noted: readonly { readonly name: string; readonly place: number; readonly is: Noted }[];
}

/** Whether a path is named like a scan, or like frames. */
export const mayHoldFrames = (path: string): boolean =>
  claimOf(path, 'file') !== undefined || claimOf(path, 'folder') !== undefined || looksLikeFrames(path);

/** @param beside what lies in its folder. @returns undefined for what nobody has to do with */
export function noteOf(path: string, kind: PathKind, beside: readonly string[]): Noted | 'result' | undefined {
  const claim = claimOf(path, kind, beside);
  if (claim) return claim;
  if (kind === 'folder') return 'folder';
  if (looksLikeFrames(path)) return 'stranger';
  if (isOwnResult(path)) return 'result';
  return isTold(path) ? 'other' : undefined;
}

function noteOfEntry(path: string, entry: Dirent, beside: readonly string[]): Noted | 'result' | undefined {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory() || entry.isFile()) return noteOf(path, entry.isDirectory() ? 'folder' : 'file', beside);
  return mayHoldFrames(path) ? 'irregular' : undefined;
}

/**
 * Looks into one folder; between two steps something else may be done.
 * @param closed takes the folder where it may not be read
 * @returns undefined where it could not be read
 */
export function* lookInto(folder: string, closed: string[]): Generator<void, FolderLook | undefined> {
  const entries = yield* listing(folder, closed);
  if (!entries) return undefined;
  const names = entries.map(({ name }) => name);
  const noted: FolderLook['noted'][number][] = [];
  let results = 0;
  for (const [place, entry] of entries.entries()) {
    if (place % STEP === 0) yield;
    const is = noteOfEntry(join(folder, entry.name), entry, names);
    if (is === 'result') results++;
    else if (is) noted.push({ name: entry.name, place, is });
  }
  return { entries: entries.length, results, noted };
}
