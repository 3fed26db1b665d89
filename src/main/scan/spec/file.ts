import { readFileSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { beginning } from '@main/files/beginning';
import { signatureOf } from '@main/files/signature';
import { statOf } from '@main/files/stat';

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
const LINE_END = 10;
const CARRIAGE_RETURN = 13;

/** Never SPEC files, and many: they are not looked into. */
const otherwise =
  /\.(?:tiff?|h5|hdf5?|nxs|edf|gz|bz2|zip|cbf|np[yz]|cxi|mat|json|xml|html?|pdf|png|jpe?g|gif|svg|py|log|spec~|swp|tmp|part)$/i;

/** Whether a file could be SPEC's by its name, which may have any ending or none. */
export const mayBeSpec = (name: string): boolean => !otherwise.test(name);

/** Whether a file begins as SPEC's do, whatever its name. Not more than its first bytes are read. */
export const looksLikeSpec = (path: string): boolean => /^(?:\xef\xbb\xbf)?\s*#(?:F +\S|S +\d)/.test(beginning(path));

/** Offsets of the lines that begin with a mark. */
function lineOffsets(bytes: Buffer, mark: string): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(mark, 0, 'latin1'); at >= 0; at = bytes.indexOf(mark, at + 1, 'latin1')) {
    if (at === 0 || bytes[at - 1] === LINE_END) found.push(at);
  }
  return found;
}

/** Whether an empty line stands before an offset. */
function afterEmptyLine(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 2] === CARRIAGE_RETURN ? at - 3 : at - 2;
  return before >= 0 && bytes[before] === LINE_END;
}

/**
 * Where file headers begin. One comes again when SPEC was started anew, and may then lack its `#F`; it ends the scan before it.
 */
function headerOffsets(bytes: Buffer, scans: readonly number[]): number[] {
  const named = lineOffsets(bytes, '#F ');
  const scanBetween = (from: number, to: number): boolean => scans.some((scan) => scan > from && scan < to);
  const nameless = lineOffsets(bytes, '#E ').filter((at) => {
    const former = named.findLast((mark) => mark < at);
    return former === undefined || (scanBetween(former, at) && afterEmptyLine(bytes, at));
  });
  return [...named, ...nameless].sort((a, b) => a - b);
}

function index(path: string, bytes: Buffer): SpecFile {
  const scans = lineOffsets(bytes, '#S ');
  const headers = headerOffsets(bytes, scans);
  const marks = [...scans, ...headers, bytes.length].sort((a, b) => a - b);
  const text = (start: number, end: number): string => bytes.toString('latin1', start, end);
  const ends = new Map(marks.map((mark, i) => [mark, marks[i + 1] ?? bytes.length]));
  const headerTexts = new Map(headers.map((start) => [start, text(start, ends.get(start)!)]));
  const entries = scans.flatMap((start): SpecEntry[] => {
    const end = ends.get(start)!;
    const number = Number(/^#S +(\d{1,9})\b/.exec(text(start, Math.min(end, start + 40)))?.[1]);
    const before = headers.filter((mark) => mark < start);
    const named = before.findLast((mark) => /^#O/m.test(headerTexts.get(mark)!)) ?? before.at(-1);
    const header = named === undefined ? '' : headerTexts.get(named)!;
    return Number.isInteger(number) ? [{ number, start, end, header, followed: end < bytes.length }] : [];
  });
  return { path, entries, text: (entry) => text(entry.start, entry.end) };
}

interface Cached {
  readonly signature: string;
  readonly file: SpecFile;
}
const cache = new Map<string, Cached>();
const MAX_CACHED = 8;

/**
 * Indexes a SPEC file, once for each state it is in: every scan of a beamtime goes into the same one.
 * @throws BraggwatchError path-missing, scan-unreadable
 */
export function openSpec(path: string): SpecFile {
  const stat = statOf(path);
  if (!stat) throw new BraggwatchError('path-missing', path);
  if (!stat.isFile() || stat.size > MAX_FILE_BYTES)
    throw new BraggwatchError('scan-unreadable', `${path} is no SPEC file`);
  const signature = signatureOf(path);
  const known = cache.get(path);
  if (known?.signature === signature) return known.file;
  const file = index(path, readFileSync(path));
  cache.delete(path);
  cache.set(path, { signature, file });
  for (const oldest of [...cache.keys()].slice(0, -MAX_CACHED)) cache.delete(oldest);
  return file;
}
