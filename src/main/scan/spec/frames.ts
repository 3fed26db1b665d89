import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The frames of a folder, and how many of them stand without a gap from the first. */
export interface FrameFiles {
  readonly paths: readonly string[];
  /** The first frame that is not there although later ones are. */
  readonly missing: string | undefined;
  /** The number in the first frame's name. */
  readonly first: number;
}

/** A number at the end of the name, of any digits: areaDetector leaves template and first number to the beamline. */
const frameName = /^(.*?)(\d{1,9})\.((?:tiff?|edf)(?:\.gz)?)$/i;
/** Corrections that lie with the frames. */
const correction = /dark|white|flat/i;
const MAX_FRAMES = 100_000;

interface Numbered {
  readonly index: number;
  readonly digits: number;
  readonly extension: string;
  readonly path: string;
}

/** Names in a folder, or none where it cannot be read. */
export function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The frame files by what stands before their number: another detector, or a preview, may write into the same folder. */
function series(folder: string): Map<string, Numbered[]> {
  const found = new Map<string, Numbered[]>();
  for (const name of entries(folder)) {
    const [, prefix, digits, extension = ''] = frameName.exec(name) ?? [];
    if (prefix === undefined || digits === undefined || correction.test(prefix)) continue;
    const frames = found.get(prefix) ?? [];
    frames.push({ index: Number(digits), digits: digits.length, extension, path: join(folder, name) });
    found.set(prefix, frames);
  }
  return found;
}

/** The series named like the folder, else the longest one. */
function chosen(folder: string): { prefix: string; frames: Numbered[] } {
  const name = basename(folder);
  const all = [...series(folder)].map(([prefix, frames]) => ({ prefix, frames }));
  const score = ({ prefix, frames }: { prefix: string; frames: Numbered[] }): number => {
    const stem = prefix.replace(/[_-]+$/, '');
    return frames.length + (stem !== '' && (stem.includes(name) || name.endsWith(stem)) ? MAX_FRAMES : 0);
  };
  return all.toSorted((a, b) => score(b) - score(a))[0] ?? { prefix: '', frames: [] };
}

/** The frame files of a folder by the number in their names, up to the first gap. */
export function frameFiles(folder: string): FrameFiles {
  const { prefix, frames } = chosen(folder);
  const sorted = frames.toSorted((a, b) => a.index - b.index).slice(0, MAX_FRAMES);
  const first = sorted[0]?.index ?? 0;
  const gap = sorted.findIndex(({ index }, k) => index !== first + k);
  const whole = gap < 0 ? sorted : sorted.slice(0, gap);
  const last = whole.at(-1);
  if (gap < 0 || !last) return { paths: sorted.map(({ path }) => path), missing: undefined, first };
  const next = String(first + gap).padStart(last.digits, '0');
  return { paths: whole.map(({ path }) => path), missing: join(folder, `${prefix}${next}.${last.extension}`), first };
}
