import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { openSpec, type SpecEntry, type SpecFile } from './file';

/** A folder of frames, `<prefix>_S%04d`. */
export interface FrameFolder {
  readonly path: string;
  readonly number: number;
}

export const folderName = /_S(\d{4,9})$/;
const frameName = /_(\d{5,9})\.tiff?$/i;
const MAX_FRAMES = 100_000;

/** Names in a folder, or none where it cannot be read. */
function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The folders of frames below a folder. */
export function frameFolders(folder: string): readonly FrameFolder[] {
  const found = names(folder).flatMap((name): FrameFolder[] => {
    const number = folderName.exec(name)?.[1];
    const path = join(folder, name);
    return number !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory()
      ? [{ path, number: Number(number) }]
      : [];
  });
  return found.sort((a, b) => a.number - b.number);
}

/** The frames of a folder, and how many of them stand without a gap from the first. */
export interface FrameFiles {
  readonly paths: readonly string[];
  /** The first frame that is not there although later ones are. */
  readonly missing: string | undefined;
}

/** The frame files of a folder by their index, from 0 up to the first gap. */
export function frameFiles(folder: string): FrameFiles {
  const byIndex = new Map<number, string>();
  for (const name of names(folder)) {
    const index = Number(frameName.exec(name)?.[1] ?? -1);
    if (index >= 0 && index < MAX_FRAMES) byIndex.set(index, join(folder, name));
  }
  const paths: string[] = [];
  for (let path = byIndex.get(0); path !== undefined; path = byIndex.get(paths.length)) paths.push(path);
  if (paths.length === byIndex.size) return { paths: withoutUnfinished(paths), missing: undefined };
  const pattern = basename([...byIndex.values()][0] ?? '');
  const index = String(paths.length).padStart(5, '0');
  return { paths, missing: join(folder, pattern.replace(frameName, `_${index}.tif`)) };
}

/** Without a last frame that is still shorter than the first. */
function withoutUnfinished(paths: readonly string[]): readonly string[] {
  const size = (path: string | undefined): number => (path && statSync(path, { throwIfNoEntry: false })?.size) || 0;
  return size(paths.at(-1)) < size(paths[0]) ? paths.slice(0, -1) : paths;
}

/** SPEC files that could tell of a frame folder: beside it or in it, those first whose name is part of the folder's. */
function specFiles(folder: string): string[] {
  const files = [dirname(folder), folder].flatMap((place) =>
    names(place)
      .filter((name) => /\.spec$/i.test(name))
      .map((name) => join(place, name)),
  );
  const fit = (path: string): number => {
    const stem = basename(path, extname(path));
    return basename(folder).includes(stem) ? stem.length : 0;
  };
  return files.sort((a, b) => fit(b) - fit(a));
}

/** The scan of a frame folder in the SPEC file that tells of it; the last one where SPEC counted anew. */
export function findSpecScan({ path, number }: FrameFolder): { file: SpecFile; entry: SpecEntry } | undefined {
  for (const candidate of specFiles(path)) {
    const file = openSpec(candidate);
    const entry = file.entries.findLast((scan) => scan.number === number);
    if (entry) return { file, entry };
  }
  return undefined;
}

/**
 * The frame folders that a path stands for: itself, those beside a SPEC file, or those in a folder.
 * @throws BraggwatchError path-missing, scan-empty
 */
export function foldersOf(source: string): readonly FrameFolder[] {
  const stat = statSync(source, { throwIfNoEntry: false });
  if (!stat) throw new BraggwatchError('path-missing', source);
  const own = folderName.exec(basename(source))?.[1];
  if (stat.isDirectory() && own !== undefined) return [{ path: source, number: Number(own) }];
  const folders = frameFolders(stat.isDirectory() ? source : dirname(source));
  if (folders.length === 0) throw new BraggwatchError('scan-empty', source);
  return folders;
}
