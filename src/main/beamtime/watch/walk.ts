import { accessSync, constants, readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import { claimedFormat, looksLikeFrames } from '@main/scan/claims';
import type { Overlooked } from './overlooked';

/** A file or folder that a reader claims. */
export interface Source {
  readonly path: string;
  readonly format: FormatName;
}

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
  const claimed = claimedFormat(root, stat.isDirectory() ? 'folder' : 'file');
  if (claimed) return { sources: [{ path: root, format: claimed }], strangers: [], closed: [] };
  if (!stat.isDirectory()) throw new BraggwatchError('format-unknown', root);
  assertReadable(root);
  const found: Source[] = [];
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
      const format = kind && claimedFormat(path, kind);
      if (format) found.push({ path, format });
      else if (kind === 'folder' && depth < MAX_DEPTH && !entry.name.startsWith('.')) enter(path, depth + 1);
      else if (kind === 'file' && looksLikeFrames(path)) strangers.push(path);
    }
  };
  enter(root, 0);
  // Asked beforehand, a file server may promise more than it gives.
  if (closed.includes(root)) throw new BraggwatchError('path-unreadable', root);
  // Beside SPEC files lie frames and corrections in folders of any name; the scans themselves say where one is missing.
  const spec = found.some(({ format }) => format === 'spec-tiff');
  return {
    sources: withoutDoubles(found),
    strangers: spec ? strangers.filter((path) => !/\.tiff?$/i.test(path)) : strangers,
    closed,
    ...(endedAt !== undefined && { endedAt }),
  };
}

/** A SPEC file and the frame folders beside it tell of the same scans: where both are claimed, the folders win. */
function withoutDoubles(sources: Source[]): Source[] {
  const folders = sources.filter(({ path, format }) => format === 'spec-tiff' && !/\.spec$/i.test(path));
  return folders.length === 0 ? sources : sources.filter(({ path }) => !/\.spec$/i.test(path));
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
