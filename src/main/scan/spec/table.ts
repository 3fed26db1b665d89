import { namesOf, numbered, toNumber, words } from './lines';

/** The table of a SPEC scan. */
export interface SpecTable {
  readonly columns: readonly string[];
  /** One list of numbers for each point; what cannot be read is NaN, so that later points keep their place. */
  readonly rows: readonly (readonly number[])[];
}

/** Where a point's line begins: with a number, also one that is none. */
const point = /^\s*(?:[+-]?[\d.,]|[+-]?nan\b|[+-]?inf)/i;

/**
 * The lines that are points of the table: no comments, no spectra (`@A`) with their continuation lines. The last line of a
 * file that is being written may lack its end and does not count.
 */
function pointLines(scan: string): string[] {
  let spectrum = false;
  return scan
    .split('\n')
    .slice(0, -1)
    .filter((line) => {
      const text = line.trimEnd();
      const within = spectrum;
      spectrum = (within || text.startsWith('@')) && text.endsWith('\\');
      return !within && !text.startsWith('@') && point.test(text);
    });
}

/** Reads the table. Points whose line is garbled stay, as a row of NaN: there is a frame for each of them. */
export function readTable(scan: string): SpecTable {
  const wanted = Number(/^#N\s+(\d+)/m.exec(scan)?.[1] ?? NaN);
  const columns = namesOf(numbered(scan, 'L').get(0) ?? '', wanted);
  if (columns.length === 0) return { columns, rows: [] };
  const spoiled = columns.map(() => NaN);
  const rows = pointLines(scan).map((line) => {
    const row = words(line).map(toNumber);
    return row.length === columns.length ? row : spoiled;
  });
  // The last line may have been cut when SPEC ended.
  return { columns, rows: rows.slice(0, rows.findLastIndex((row) => row !== spoiled) + 1) };
}
