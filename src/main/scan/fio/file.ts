import { readFileSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { statOf } from '@main/files/stat';

/** What an .fio file of DESY's Online says of its one scan. */
export interface FioScan {
  /** The first comment: the command. */
  readonly title: string;
  /** Whose account measured it: `P10` of `user p10user`. */
  readonly beamline?: string;
  /** Positions and settings at the scan's start, by name; what is no number is left out. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Columns of the table by name, as far as its lines are whole. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly rows: number;
  /** When the acquisition began, in the words of C's `ctime`, by the beamline's clock. */
  readonly startedAt?: string;
  /** The file says that the acquisition has ended. */
  readonly ended: boolean;
}

const MAX_BYTES = 2 ** 26;
const MOST_COLUMNS = 4096;
const column = /^\s*Col\s+(\d+)\s+(\S+)\s+\w+/;

/**
 * Reads an .fio file: sections of comments (%c), parameters (%p) and data (%d), parted by lines that begin with `!`.
 * @throws BraggwatchError path-missing, scan-unreadable, scan-empty where it has no table
 */
export function readFio(path: string): FioScan {
  const stat = statOf(path);
  if (!stat) throw new BraggwatchError('path-missing', path);
  if (!stat.isFile() || stat.size > MAX_BYTES) throw new BraggwatchError('scan-unreadable', `${path} is no .fio file`);
  return parseFio(readFileSync(path, 'latin1'), path);
}

function parseFio(text: string, path: string): FioScan {
  // A last line without its end may be half written.
  const lines = text.split(/\r?\n/).slice(0, -1);
  let section = '';
  const comments: string[] = [];
  const parameters: Record<string, number> = {};
  const names: string[] = [];
  const table: number[][] = [];
  let ended = false;
  for (const line of lines) {
    if (/^\s*%[a-z]\s*$/i.test(line)) section = line.trim().toLowerCase();
    else if (line.startsWith('!')) ended ||= /acquisition ended/i.test(line);
    else if (section === '%c' && line.trim() !== '') comments.push(line.trim());
    else if (section === '%p') setting(line, parameters);
    else if (section === '%d') row(line, names, table);
  }
  if (section === '') throw new BraggwatchError('scan-empty', `${path} has none of the sections of an .fio file`);
  const columns = new Map(
    // A damaged list may leave a column out: that one has no name, and keeps its place.
    [...names.entries()].flatMap(([c, name]: [number, string | undefined]) =>
      name === undefined ? [] : [[name, Float64Array.from(table, (values) => values[c] ?? NaN)] as const],
    ),
  );
  const beamline = /\buser\s+(p\d{2})user\b/i.exec(comments.join(' '))?.[1]?.toUpperCase();
  const startedAt = /acquisition started at\s+(.+)$/im.exec(comments.join('\n'))?.[1]?.trim();
  return {
    title: comments[0] ?? '',
    ...(beamline !== undefined && { beamline }),
    ...(startedAt !== undefined && { startedAt }),
    parameters,
    columns,
    rows: table.length,
    ended,
  };
}

function setting(line: string, parameters: Record<string, number>): void {
  const [, name, value = ''] = /^\s*(\S+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
  if (name !== undefined && value !== '' && Number.isFinite(Number(value))) parameters[name] = Number(value);
}

/** A column's name, or a point: as many numbers as there are columns. A garbled one keeps its place, there is a frame of it. */
function row(line: string, names: string[], table: number[][]): void {
  const [, number, name] = column.exec(line) ?? [];
  if (number !== undefined && name !== undefined) {
    if (Number(number) >= 1 && Number(number) <= MOST_COLUMNS) names[Number(number) - 1] = name;
  } else if (line.trim() !== '') {
    const values = line.trim().split(/\s+/).map(Number);
    table.push(values.length === names.length ? values : Array.from(names, () => NaN));
  }
}
