import { parseCommand, type ScanCommand } from '../command';
import { scannedMotor } from '../moving';
import type { SpecEntry, SpecFile } from './file';
import { first, words } from './lines';
import { readMotors } from './motors';
import { readTable } from './table';

/** One scan of a SPEC file. */
export interface SpecScan {
  readonly number: number;
  /** The `#S` line without mark and number. */
  readonly title: string;
  /** Points that the command takes; 0 where it does not say. */
  readonly points: number;
  /** Labels of the table. */
  readonly columns: readonly string[];
  /** Mnemonic of the motor that the scan moves. */
  readonly motor: string | undefined;
  /** `#D`. */
  readonly date: Date | undefined;
  /** Motors at the start of the scan, by mnemonic (by name where the file has no mnemonics). */
  readonly motors: Readonly<Record<string, number>>;
  /** Lines of motor positions that belong to no line of names, in words. */
  readonly unpaired: readonly string[];
  /** Columns of the table that motors have, by mnemonic. */
  readonly lists: Readonly<Record<string, Float64Array>>;
  /** Column of a motor by its mnemonic; undefined where the table has none. */
  motorColumn(motor: string): Float64Array | undefined;
  /** A column, as far as its lines are whole; undefined where there is no such label. */
  column(label: string): Float64Array | undefined;
  readonly rows: number;
  /** Rows up to the last in which the motor has a position: an aborted scan may have been filled up with rows of nothing. */
  readonly taken: number;
  /** The announced points are there, the scan was stopped, or another one follows. */
  readonly ended: boolean;
  /** Stopped before its end. */
  readonly stopped: boolean;
  /** Neither the command nor the file so far tells when the scan has ended. */
  readonly unmarked: boolean;
  readonly detector: string | undefined;
  /** First column, columns, first row, rows of the image region that the frames hold. */
  readonly region: readonly [number, number, number, number] | undefined;
}

/** A date as SPEC writes it, or seconds since 1970 as Sardana does. */
function dateOf(text: string | undefined): Date | undefined {
  const date = /^\d{9,10}(?:\.\d+)?$/.test(text ?? '') ? new Date(Number(text) * 1000) : new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Whether the scan was stopped, and not gone on with: SPEC notes both, Sardana notes the end of every scan. */
function wasStopped(text: string): boolean {
  const behind = text.slice(Math.max(0, text.search(/^#L/m)));
  const notes = [...behind.matchAll(/^#C .*?(abort|interrupted|acquisition ended|\bcontinued\b|\bresumed?\b)/gim)];
  const last = notes.at(-1)?.[1];
  return last !== undefined && !/^continued|^resume/i.test(last);
}

function regionOf(text: string): SpecScan['region'] {
  const [left, width, top, height] = words(first(text, 'UIMR5') ?? '').map(Number);
  const possible = (n: number | undefined): n is number => Number.isInteger(n) && n! >= 0;
  return possible(left) && possible(width) && possible(top) && possible(height)
    ? [left, width, top, height]
    : undefined;
}

/** Points that a macro nobody knows may take, where it is called like a step scan: motor, start, stop, intervals. */
function intervalsAfter({ words: said }: ScanCommand, names: readonly (string | undefined)[]): number {
  const at = said.findIndex((word) => names.includes(word));
  const intervals = at < 0 ? NaN : Number(said[at + 3]);
  return Number.isInteger(intervals) && intervals > 0 ? intervals : 0;
}

/** Reads one scan's lines. Whatever is missing or garbled is absent from the result; nothing is thrown. */
export function parseScan(file: SpecFile, entry: SpecEntry): SpecScan {
  const text = file.text(entry);
  const title = (/^#S +\d+ *(.*)$/m.exec(text)?.[1] ?? '').trim();
  const command = parseCommand(title);
  const { positions, labels, unpaired } = readMotors(entry.header, text);
  const { columns, rows } = readTable(text);
  const column = (label: string): Float64Array | undefined => {
    const at = columns.indexOf(label);
    return at < 0 ? undefined : Float64Array.from(rows, (row) => row[at]!);
  };
  const motorColumn = (motor: string): Float64Array | undefined => column(motor) ?? column(labels.get(motor) ?? motor);
  const lists = [...labels.keys()].flatMap((key): [string, Float64Array][] => {
    const list = motorColumn(key);
    return list ? [[key, list]] : [];
  });
  const motor = scannedMotor(command, lists, (key) => labels.get(key) ?? key);
  const moved = motor === undefined ? undefined : motorColumn(motor);
  const guessed = command.unknown ? intervalsAfter(command, [motor, motor && labels.get(motor)]) : 0;
  const points = command.points || (guessed > 0 ? guessed + 1 : 0);
  const stopped = wasStopped(text);
  const ended = entry.followed || stopped || (points > 0 && rows.length >= points);
  return {
    number: entry.number,
    title,
    points,
    columns,
    motor,
    date: dateOf(first(text, 'D')),
    motors: positions,
    unpaired,
    lists: Object.fromEntries(lists),
    motorColumn,
    column,
    rows: rows.length,
    taken: moved ? moved.findLastIndex(Number.isFinite) + 1 : rows.length,
    ended,
    stopped: stopped || (ended && rows.length < points),
    // A macro nobody knows may take as many points as it names, and not one more.
    unmarked: !ended && command.unknown && rows.length > 0 && rows.length >= guessed,
    detector: first(text, 'UIMDET')?.replace(/:$/, ''),
    region: regionOf(text),
  };
}
