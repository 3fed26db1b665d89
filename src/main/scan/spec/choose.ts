import { readdirSync, realpathSync, type Dirent } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { looksLikeSpec, mayBeSpec, openSpec, type SpecEntry, type SpecFile } from './file';
import type { FrameFolder } from './folder';
import { parseScan, type SpecScan } from './scan';
import { isFile } from '@main/files/stat';

/** The scan that belongs to a folder of frames. */
export interface Chosen {
  readonly scan: SpecScan;
  /** The SPEC file it is in. */
  readonly path: string;
  /** Why it might be another one: two that could be, by file and time; undefined where there is no doubt. */
  readonly doubt: string | undefined;
}

interface Candidate {
  readonly file: SpecFile;
  readonly entry: SpecEntry;
  readonly text: string;
  readonly scan: SpecScan;
  /** Letters of the file's name that the folder's holds. */
  readonly fit: number;
}

/** Files of a folder that are looked into; detectors' folders hold thousands that are told by their names. */
const MOST_PEEKS = 100;

function filesIn(folder: string): string[] {
  let found: Dirent[];
  try {
    found = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  const names = found
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && mayBeSpec(entry.name))
    .map(({ name }) => name);
  const named = names.filter((name) => /\.spec$/i.test(name));
  const others = names.filter((name) => !named.includes(name)).slice(0, MOST_PEEKS);
  const there = (all: readonly string[]): string[] => all.map((name) => join(folder, name)).filter(isFile);
  return [...there(named), ...there(others).filter(looksLikeSpec)];
}

/** Every scan of the folder's number in the SPEC files beside it or in it. */
function candidates({ path, number }: FrameFolder): Candidate[] {
  // A linked folder's SPEC file lies beside the link or beside what it leads to.
  return [...new Set([dirname(path), dirname(realpathSync(path)), path])].flatMap(filesIn).flatMap((place) => {
    const file = openSpec(place);
    const stem = basename(place, extname(place));
    const fit = basename(path).includes(stem) ? stem.length : 0;
    return file.entries
      .filter((entry) => entry.number === number)
      .map((entry) => ({ file, entry, text: file.text(entry), scan: parseScan(file, entry), fit }));
  });
}

/** Without copies: of a file and an older state of it, or a second copy, the longer one tells everything. */
function distinct(all: readonly Candidate[]): Candidate[] {
  return all.filter(
    (one, i) =>
      !all.some(
        (other, k) =>
          k !== i &&
          one.file !== other.file &&
          other.text.startsWith(one.text.trimEnd()) &&
          (other.text.length > one.text.length || k > i),
      ),
  );
}

const told = ({ file, scan }: Candidate): string => `${basename(file.path)} (${scan.date?.toISOString() ?? 'no date'})`;

/**
 * The scan of a frame folder: where several SPEC files beside it, or one that counted anew, have a scan of that number, the one
 * whose file is named like the folder, then the one nearest in time to the first frame, then the last.
 * @param framesAt when the first frame was written
 */
export function chooseScan(folder: FrameFolder, framesAt: Date | undefined): Chosen | undefined {
  const all = distinct(candidates(folder));
  const away = ({ scan }: Candidate): number =>
    scan.date && framesAt ? Math.abs(scan.date.getTime() - framesAt.getTime()) : Infinity;
  // A stable sort of the reversed list: of equals the last one comes first.
  const byTime = all.toReversed().sort((a, b) => (away(a) === away(b) ? 0 : away(a) - away(b)));
  const best = byTime.toSorted((a, b) => b.fit - a.fit)[0];
  if (!best) return undefined;
  const rivals = all.filter((one) => one !== best && (one.fit === best.fit || away(one) < away(best)));
  const doubt =
    rivals.length === 0
      ? undefined
      : `Scan ${folder.number} is in ${[best, ...rivals].map(told).join(' and in ')}; ${basename(best.file.path)} was used.`;
  return { scan: best.scan, path: best.file.path, doubt };
}
