import { accessSync, constants, readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import { claimedFormat } from '@main/scan/claims';

/** A file or folder that a reader claims. */
export interface Source {
  readonly path: string;
  readonly format: FormatName;
}

/** Deep enough for <proposal>/<beamline>/<date>/RAW_DATA/<sample>/<dataset>. */
const MAX_DEPTH = 10;
/** A folder of frames of a long scan; a tree with more entries is walked no further, and says so. */
const MAX_ENTRIES = 200_000;

/**
 * Every source below a path, in name order. A claimed folder is not entered; links are not followed,
 * so that neither a loop nor somebody else's tree is walked.
 * @throws BraggwatchError path-missing, path-unreadable
 */
export function findSources(root: string): Source[] {
  const stat = statSync(root, { throwIfNoEntry: false });
  if (!stat) throw new BraggwatchError('path-missing', root);
  const claimed = claimedFormat(root, stat.isDirectory() ? 'folder' : 'file');
  if (claimed) return [{ path: root, format: claimed }];
  if (!stat.isDirectory()) throw new BraggwatchError('format-unknown', root);
  assertReadable(root);
  const found: Source[] = [];
  let entries = 0;
  const enter = (folder: string, depth: number): void => {
    for (const entry of list(folder)) {
      if (++entries > MAX_ENTRIES) return;
      const path = join(folder, entry.name);
      const kind = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : undefined;
      const format = kind && claimedFormat(path, kind);
      if (format) found.push({ path, format });
      else if (kind === 'folder' && depth < MAX_DEPTH && !entry.name.startsWith('.')) enter(path, depth + 1);
    }
  };
  enter(root, 0);
  return withoutDoubles(found);
}

/** A SPEC file and the frame folders beside it tell of the same scans: where both are claimed, the folders win. */
function withoutDoubles(sources: Source[]): Source[] {
  const folders = sources.filter(({ path, format }) => format === 'spec-tiff' && !/\.spec$/i.test(path));
  return folders.length === 0 ? sources : sources.filter(({ path }) => !/\.spec$/i.test(path));
}

/** What is asked for must not look like an empty folder; below it, what may not be read is nobody's scan. */
function assertReadable(root: string): void {
  try {
    accessSync(root, constants.R_OK | constants.X_OK);
  } catch (cause) {
    throw new BraggwatchError('path-unreadable', root, { cause });
  }
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
  } catch {
    // A folder that vanished or cannot be read right now: the next sweep looks again.
    return [];
  }
}
