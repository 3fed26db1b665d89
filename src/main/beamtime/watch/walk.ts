import { accessSync, constants, readdirSync, statSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import { belongsTo, claimOf, looksLikeFrames, type Claim } from '@main/scan/formats';
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

/** @throws BraggwatchError path-missing, path-unreadable, format-unknown */
export const findSources = (root: string): readonly Source[] => walk(root).sources;

/**
 * Every source below a path, in name order, and what is passed over. A claimed folder is not entered; links are not followed,
 * so that neither a loop nor somebody else's tree is walked.
 * @throws BraggwatchError path-missing, path-unreadable, format-unknown
 */
export function walk(root: string, mostEntries = MAX_ENTRIES): Walked {
  const stat = statSync(root, { throwIfNoEntry: false });
  if (!stat) throw new BraggwatchError('path-missing', root);
  const claimed = claimOf(root, stat.isDirectory() ? 'folder' : 'file');
  if (claimed) return { sources: [{ path: root, format: claimed.format }], strangers: [], closed: [] };
  if (!stat.isDirectory()) throw new BraggwatchError('format-unknown', root);
  assertReadable(root);
  const found: Claimed[] = [];
  const strangers: string[] = [];
  const closed: string[] = [];
  let entries = 0;
  let endedAt: string | undefined;
  const enter = (folder: string, depth: number): void => {
    for (const entry of list(folder, closed)) {
      const path = join(folder, entry.name);
      if (endedAt === undefined && ++entries > mostEntries) endedAt = path;
      if (endedAt !== undefined) return;
      const kind = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : undefined;
      const claim = kind && claimOf(path, kind);
      if (claim) found.push({ path, ...claim });
      else if (kind === 'folder' && depth < MAX_DEPTH && !entry.name.startsWith('.')) enter(path, depth + 1);
      else if (kind === 'file' && looksLikeFrames(path)) strangers.push(path);
    }
  };
  enter(root, 0);
  // Asked beforehand, a file server may promise more than it gives.
  if (closed.includes(root)) throw new BraggwatchError('path-unreadable', root);
  const formats = new Set(found.map(({ format }) => format));
  return {
    sources: withoutDoubles(found),
    strangers: strangers.filter((path) => ![...formats].some((format) => belongsTo(path, format))),
    closed,
    ...(endedAt !== undefined && { endedAt }),
  };
}

/**
 * Of sources that tell of the same scans one is left: of one format those of the first line of its matches, and what is a part of
 * another format's scans in the same folder (an Eiger's master beside its .fio file) is none.
 */
function withoutDoubles(claimed: readonly Claimed[]): Source[] {
  const first = new Map<FormatName, number>();
  for (const { format, line } of claimed) first.set(format, Math.min(line, first.get(format) ?? line));
  const folders = new Map<FormatName, Set<string>>();
  for (const { format, path } of claimed) folders.set(format, (folders.get(format) ?? new Set()).add(dirname(path)));
  const isPart = ({ path, format }: Claimed): boolean =>
    [...folders].some(
      ([other, within]) =>
        other !== format &&
        belongsTo(path, other) &&
        [dirname(path), dirname(dirname(path))].some((folder) => within.has(folder)),
    );
  return claimed
    .filter((source) => source.line === first.get(source.format) && !isPart(source))
    .map(({ path, format }) => ({ path, format }));
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
