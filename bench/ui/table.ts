/** One measurement beside what is wanted of it. */
export interface Row {
  readonly what: string;
  readonly measured: number;
  readonly wanted: number;
  readonly unit: string;
  /** Whether more is better, as of frames per second. */
  readonly more?: boolean;
  /** What else was seen. */
  readonly besides?: Readonly<Record<string, number | string>>;
}

/** How many times better than wanted; below 1 the target is missed. */
export const ratioOf = ({ measured, wanted, more = false }: Row): number =>
  more ? measured / wanted : wanted / measured;

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** Measured, wanted and their ratio in columns. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [
    ['', 'measured', 'wanted', 'ratio', ''],
    ...rows.map((row) => [
      row.what,
      `${short(row.measured)} ${row.unit}`,
      `${row.more ? '>=' : '<'} ${row.wanted} ${row.unit}`,
      short(ratioOf(row)),
      ratioOf(row) >= 1 ? 'met' : 'missed',
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
