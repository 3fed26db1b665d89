import { accessSync, constants, readdirSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import { isWithin, realPath } from '@main/files/roots';
import { belongsTo, claimOf, looksLikeFrames, type Claim, type PathKind } from '@main/scan/formats';
import { targetOf } from './links';
import type { Overlooked } from './overlooked';

/** A file or folder that a reader claims. */
export interface Source {
  readonly path: string;
  readonly format: FormatName;
}

type Claimed = Claim & Pick<Source, 'path'>;

/** What lies below a path, as far as names tell. */
export interface Walked extends Overlooked {
  readonly sources: readonly Source[];
}

/** Deep enough for <proposal>/<beamline>/<date>/RAW_DATA/<sample>/<dataset>. */
const MAX_DEPTH = 10;
/** A folder of frames of a long scan; a tree with more entries is walked no further, and says so. */
const MAX_ENTRIES = 200_000;

/** @throws BraggwatchError path-missing, path-unreadable, format-unknown, not-a-file */
export const findSources = (root: string): readonly Source[] => walk(root).sources;

/**
 * Every source below a path, in name order, then those behind links, and what is passed over. A claimed folder is not entered. Links
 * are followed within the folder and the roots, each place once: loops end, and a link to what is there as itself adds nothing.
 * @param roots other folders into which links may lead
 * @throws BraggwatchError path-missing, path-unreadable, format-unknown, not-a-file
 */
export function walk(root: string, mostEntries = MAX_ENTRIES, roots: readonly string[] = []): Walked {
  const stat = statSync(root, { throwIfNoEntry: false });
  if (!stat) throw new BraggwatchError('path-missing', root);
  if (!stat.isDirectory() && !stat.isFile()) throw new BraggwatchError('not-a-file', root);
  const claimed = claimOf(root, stat.isDirectory() ? 'folder' : 'file');
  if (claimed) return { sources: [{ path: root, format: claimed.format }], strangers: [], closed: [] };
  if (!stat.isDirectory()) throw new BraggwatchError('format-unknown', root);
  assertReadable(root);
  const found: Claimed[] = [];
  const strangers: string[] = [];
  const closed: string[] = [];
  const outside: string[] = [];
  const irregular: string[] = [];
  const links: { readonly path: string; readonly depth: number }[] = [];
  /** Places that were met, links resolved. */
  const met = new Set<string>();
  const may = [root, ...roots].flatMap((folder) => realPath(folder) ?? []);
  let entries = 0;
  let endedAt: string | undefined;
  const take = (path: string, kind: PathKind, real: string, depth: number, beside: readonly string[]): void => {
    if (met.has(real)) return;
    const claim = claimOf(path, kind, beside);
    if (claim) {
      met.add(real);
      found.push({ path, ...claim });
    } else if (kind === 'folder' && depth < MAX_DEPTH && !basename(path).startsWith('.')) enter(path, real, depth + 1);
    else if (kind === 'file' && looksLikeFrames(path)) strangers.push(path);
  };
  const enter = (folder: string, real: string, depth: number): void => {
    met.add(real);
    const listed = list(folder, closed);
    const names = listed.map(({ name }) => name);
    for (const entry of listed) {
      const path = join(folder, entry.name);
      if (endedAt === undefined && ++entries > mostEntries) endedAt = path;
      if (endedAt !== undefined) return;
      if (entry.isSymbolicLink()) links.push({ path, depth });
      else if (entry.isDirectory() || entry.isFile())
        take(path, entry.isDirectory() ? 'folder' : 'file', join(real, entry.name), depth, names);
      else if (mayHoldFrames(path)) irregular.push(path);
    }
  };
  enter(root, may[0] ?? root, 0);
  // Behind everything that is there as itself; what lies behind a link may hold further ones.
  for (const { path, depth } of links) {
    const target = targetOf(path, may);
    if ('real' in target) take(path, target.kind, target.real, depth, []);
    else if (target.kind === 'irregular') {
      if (mayHoldFrames(path)) irregular.push(path);
    } else if (target.folder || mayHoldFrames(path)) outside.push(path);
  }
  // Asked beforehand, a file server may promise more than it gives.
  if (closed.includes(root)) throw new BraggwatchError('path-unreadable', root);
  const formats = new Set(found.map(({ format }) => format));
  return {
    sources: withoutDoubles(found),
    strangers: strangers.filter((path) => ![...formats].some((format) => belongsTo(path, format))),
    closed,
    ...(outside.length > 0 && { outside }),
    ...(irregular.length > 0 && { irregular }),
    ...(endedAt !== undefined && { endedAt }),
  };
}

/** Whether a path is named like a scan, or like frames. */
const mayHoldFrames = (path: string): boolean =>
  claimOf(path, 'file') !== undefined || claimOf(path, 'folder') !== undefined || looksLikeFrames(path);

/**
 * Of sources that tell of the same scans one is left: beside and above those of a line of its format's matches, a source of a later
 * line is none, and what is a part of another format's scans in the same folder (an Eiger's master beside its .fio file) is none.
 */
function withoutDoubles(claimed: readonly Claimed[]): Source[] {
  const folders = new Map<FormatName, Set<string>>();
  for (const { format, path } of claimed) folders.set(format, (folders.get(format) ?? new Set()).add(dirname(path)));
  const isPart = ({ path, format }: Claimed): boolean =>
    [...folders].some(
      ([other, within]) =>
        other !== format &&
        belongsTo(path, other) &&
        [dirname(path), dirname(dirname(path))].some((folder) => within.has(folder)),
    );
  const isTold = ({ path, format, line }: Claimed): boolean =>
    line > 0 &&
    claimed.some((other) => other.format === format && other.line < line && isWithin(dirname(path), other.path));
  return claimed.filter((source) => !isTold(source) && !isPart(source)).map(({ path, format }) => ({ path, format }));
}

/** What is asked for must not look like an empty folder. */
function assertReadable(root: string): void {
  try {
    accessSync(root, constants.R_OK | constants.X_OK);
  } catch (cause) {
    throw new BraggwatchError('path-unreadable', root, { cause });
  }
}

/** @param closed takes the folder where it may not be read, so that this is not silent: a scan could lie in it */
function list(folder: string, closed: string[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
  } catch (error) {
    // One that vanished, or fails right now: the next sweep looks again.
    if (['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) closed.push(folder);
    return [];
  }
}
