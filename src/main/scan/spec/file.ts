import { readFileSync, statSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';

/** Where one scan's lines lie in a SPEC file. */
export interface SpecEntry {
  readonly number: number;
  /** Byte offsets of its `#S` line and of what follows its last line. */
  readonly start: number;
  readonly end: number;
  /** Motor names and mnemonics (`#O`, `#o`) of the file header in force. */
  readonly header: string;
  /** Another scan follows, so this one has ended. */
  readonly followed: boolean;
}

/** A SPEC file and where its scans are. */
export interface SpecFile {
  readonly path: string;
  readonly entries: readonly SpecEntry[];
  /** The lines of one scan. */
  text(entry: SpecEntry): string;
}

const MAX_FILE_BYTES = 2 ** 28;
const SCAN = '\n#S ';
const FILE = '\n#F ';

/** Offsets of the lines that begin with a mark; a newline is thought before the first one. */
function lineOffsets(bytes: Buffer, mark: string): number[] {
  const found: number[] = bytes.subarray(0, mark.length - 1).toString('latin1') === mark.slice(1) ? [0] : [];
  for (let at = bytes.indexOf(mark, 0, 'latin1'); at >= 0; at = bytes.indexOf(mark, at + 1, 'latin1'))
    found.push(at + 1);
  return found;
}

function index(path: string, bytes: Buffer): SpecFile {
  const scans = lineOffsets(bytes, SCAN);
  const headers = lineOffsets(bytes, FILE);
  // A file header may come again, when SPEC was started anew; it ends the scan before it.
  const marks = [...scans, ...headers, bytes.length].sort((a, b) => a - b);
  const text = (start: number, end: number): string => bytes.toString('latin1', start, end);
  const headerTexts = new Map(
    headers.map((start) => [
      start,
      text(
        start,
        marks.find((mark) => mark > start)!,
      ),
    ]),
  );
  let next = 0;
  const entries = scans.flatMap((start): SpecEntry[] => {
    while (marks[next]! <= start) next++;
    const end = marks[next]!;
    const number = Number(/^#S +(\d{1,9})\b/.exec(text(start, Math.min(end, start + 40)))?.[1]);
    const header = headerTexts.get(headers.findLast((mark) => mark < start) ?? -1) ?? '';
    return Number.isInteger(number) ? [{ number, start, end, header, followed: end < bytes.length }] : [];
  });
  return { path, entries, text: (entry) => text(entry.start, entry.end) };
}

interface Cached {
  readonly size: number;
  readonly mtimeMs: number;
  readonly file: SpecFile;
}
const cache = new Map<string, Cached>();
const MAX_CACHED = 4;

/**
 * Indexes a SPEC file, once for each state it is in: every scan of a beamtime goes into the same one.
 * @throws BraggwatchError path-missing, scan-unreadable
 */
export function openSpec(path: string): SpecFile {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new BraggwatchError('path-missing', path);
  if (!stat.isFile() || stat.size > MAX_FILE_BYTES)
    throw new BraggwatchError('scan-unreadable', `${path} is no SPEC file`);
  const { size, mtimeMs } = stat;
  const known = cache.get(path);
  if (known && known.size === size && known.mtimeMs === mtimeMs) return known.file;
  const file = index(path, readFileSync(path));
  cache.delete(path);
  cache.set(path, { size, mtimeMs, file });
  for (const oldest of [...cache.keys()].slice(0, -MAX_CACHED)) cache.delete(oldest);
  return file;
}
