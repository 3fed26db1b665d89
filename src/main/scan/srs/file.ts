import { readFileSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { beginning } from '@main/files/beginning';
import { statOf } from '@main/files/stat';

/** What a `.dat` file of GDA (Diamond) says of its one scan. */
export interface SrsScan {
  readonly run?: number;
  readonly command: string;
  /** The header's numbers and words by name. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly words: Readonly<Record<string, string>>;
  /** Columns of the table by name, as far as its lines are whole. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly rows: number;
}

const MAX_BYTES = 2 ** 26;

/** Whether a file begins as those of Daresbury's SRS did, which GDA writes to this day. */
export const looksLikeSrs = (path: string): boolean => /^\s*&SRS\b/.test(beginning(path));

const setting = /^\s*([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$/;
const unquoted = (text: string): string => /^(['"])(.*)\1$/.exec(text)?.[2]?.trim() ?? text;

/** A column's motor: that of a fly scan is called `eta_fly`. */
export const motorOf = (name: string): string => name.replace(/(_fly)+$/i, '');

/**
 * Reads a file of SRS's kind: a header of settings as far as `&END`, the columns' names, a line of numbers for each point.
 * @throws BraggwatchError path-missing, scan-unreadable, scan-truncated where its header has no end yet
 */
export function readSrs(path: string): SrsScan {
  const stat = statOf(path);
  if (!stat) throw new BraggwatchError('path-missing', path);
  if (!stat.isFile() || stat.size > MAX_BYTES) throw new BraggwatchError('scan-unreadable', `${path} is no .dat file`);
  // A last line without its end may be half written.
  const lines = readFileSync(path, 'latin1').split(/\r?\n/).slice(0, -1);
  const end = lines.findIndex((line) => /^\s*&END\b/.test(line));
  if (end < 0) throw new BraggwatchError('scan-truncated', `${path} has no &END`);
  const numbers: Record<string, number> = {};
  const words: Record<string, string> = {};
  for (const line of lines.slice(0, end)) {
    const [, name, value = ''] = setting.exec(line) ?? [];
    if (name === undefined || value === '' || value.includes('\0')) continue;
    if (Number.isFinite(Number(value))) numbers[name] = Number(value);
    else words[name] = unquoted(value);
  }
  const [names = [], ...table] = lines
    .slice(end + 1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '');
  // A garbled line keeps its place: there is a frame of it.
  const points = table.map((line) => (line.length === names.length ? line.map(Number) : names.map(() => NaN)));
  const run = /SRSRUN=(\d{1,9})/.exec(lines.slice(0, end).join('\n'))?.[1];
  return {
    ...(run !== undefined && { run: Number(run) }),
    command: words['cmd'] ?? '',
    numbers,
    words,
    columns: new Map(names.map((name, c) => [name, Float64Array.from(points, (line) => line[c]!)])),
    rows: points.length,
  };
}

const number = '([-+]?[\\d.]+(?:e[-+]?\\d+)?)';
const range = new RegExp(`^\\w+\\s+\\S+\\s+${number}\\s+${number}\\s+${number}(?=\\s|$)`, 'i');
const secondMotor = new RegExp(`^\\s+([A-Za-z_]\\S*)\\s+${number}\\s+${number}\\s+${number}(?=\\s|$)`, 'i');

const steps = (from: number, to: number, step: number): number =>
  step === 0 ? 0 : Math.floor(Math.abs((to - from) / step) + 1e-6) + 1;

/**
 * How many points a command of GDA takes, 0 where it does not say: `scan eta 17 18 0.01`, `scan eta (17, 17.1, 17.2)`, `scancn eta 0.01 61`.
 * Several numbers where it goes through several motors: a map.
 */
export function pointsOf(command: string): readonly number[] {
  const listed = /^scan\s+\S+\s+\(([^)]*)\)/.exec(command)?.[1];
  if (listed !== undefined) return [listed.split(',').filter((each) => each.trim() !== '').length];
  const [, , count] = new RegExp(`^scancn\\s+\\S+\\s+${number}\\s+(\\d+)(?=\\s|$)`).exec(command) ?? [];
  if (count !== undefined) return [Number(count)];
  const first = /^r?scan\b/.test(command) ? range.exec(command) : null;
  if (!first) return [0];
  const points = [steps(Number(first[1]), Number(first[2]), Number(first[3]))];
  const next = secondMotor.exec(command.slice(first[0].length));
  return next ? [...points, steps(Number(next[2]), Number(next[3]), Number(next[4]))] : points;
}
