import { parseCommand, type ScanCommand } from '../command';
import type { SpecEntry, SpecFile } from './file';

/** One scan of a SPEC file. */
export interface SpecScan {
  readonly number: number;
  /** The `#S` line without mark and number. */
  readonly title: string;
  readonly command: ScanCommand;
  /** `#D`. */
  readonly date: Date | undefined;
  /** Motors at the start of the scan, by mnemonic (by name where the file has no mnemonics). */
  readonly motors: Readonly<Record<string, number>>;
  /** Column label of a motor's mnemonic. */
  label(motor: string): string;
  /** A column, as far as its lines are whole; undefined where there is no such label. */
  column(label: string): Float64Array | undefined;
  readonly rows: number;
  /** The announced points are there, the scan was aborted, or another one follows. */
  readonly ended: boolean;
  readonly detector: string | undefined;
  /** First column, columns, first row, rows of the image region that the frames hold. */
  readonly region: readonly [number, number, number, number] | undefined;
}

/** SPEC parts names by two spaces, so that a name may hold one. */
const names = (line: string): string[] =>
  line
    .trim()
    .split(/ {2,}|\t/)
    .filter((name) => name !== '');
const words = (line: string): string[] => line.trim().split(/\s+/);

/** What follows every line that starts with a mark, whose number (`#P3`) is left out. */
const after = (text: string, mark: string): string[] =>
  [...text.matchAll(new RegExp(`^#${mark}\\d* (.*)$`, 'gm'))].map((match) => match[1] ?? '');

function motorPositions(header: string, scan: string): { motors: Record<string, number>; labels: Map<string, string> } {
  const full = after(header, 'O').flatMap(names);
  const mnemonics = after(header, 'o').flatMap(words);
  const keys = mnemonics.length >= full.length ? mnemonics : full;
  const values = after(scan, 'P').flatMap(words).map(Number);
  const motors: Record<string, number> = {};
  keys.forEach((key, i) => {
    if (Number.isFinite(values[i])) motors[key] = values[i]!;
  });
  return { motors, labels: new Map(keys.map((key, i) => [key, full[i] ?? key])) };
}

/** Whole data lines; the last line of a file that is being written may lack its end. */
function dataRows(scan: string, columns: number): number[][] {
  const lines = scan.split('\n').slice(0, -1);
  return lines
    .filter((line) => /^[\s\d.+-]/.test(line) && line.trim() !== '')
    .flatMap((line) => {
      const row = words(line).map(Number);
      return row.length === columns ? [row] : [];
    });
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Reads one scan's lines. Whatever is missing or garbled is absent from the result; nothing is thrown. */
export function parseScan(file: SpecFile, entry: SpecEntry): SpecScan {
  const text = file.text(entry);
  const title = (/^#S +\d+ *(.*)$/m.exec(text)?.[1] ?? '').trim();
  const command = parseCommand(title);
  const { motors, labels } = motorPositions(entry.header, text);
  const columns = names(after(text, 'L')[0] ?? '');
  const rows = dataRows(text, columns.length);
  const region = after(text, 'UIMR5')
    .map((line) => words(line).map(Number))[0]
    ?.slice(0, 4);
  const aborted = /^#C .*abort/im.test(text);
  return {
    number: entry.number,
    title,
    command,
    date: dateOf(after(text, 'D')[0]),
    motors,
    label: (motor) => (columns.includes(motor) ? motor : (labels.get(motor) ?? motor)),
    column: (label) => {
      const at = columns.indexOf(label);
      return at < 0 ? undefined : Float64Array.from(rows, (row) => row[at]!);
    },
    rows: rows.length,
    ended: entry.followed || aborted || (command.points > 0 && rows.length >= command.points),
    detector: after(text, 'UIMDET')[0]?.trim().replace(/:$/, ''),
    region:
      region?.length === 4 && region.every((n) => Number.isInteger(n) && n >= 0)
        ? (region as unknown as SpecScan['region'])
        : undefined,
  };
}
