import type { ExportedScan } from '@contract/export';

type Cell = string | number | boolean | undefined;

/** The table's columns; motors follow, one column each. */
const columns: readonly (readonly [name: string, of: (scan: ExportedScan) => Cell])[] = [
  ['scan', (scan) => scan.scan],
  ['source', (scan) => scan.source],
  ['state', (scan) => scan.state],
  ['class', (scan) => scan.class],
  ['defective', (scan) => scan.defective],
  ['perfect', (scan) => scan.probabilities?.perfect],
  ['screw', (scan) => scan.probabilities?.screw],
  ['edge', (scan) => scan.probabilities?.edge],
  ['sure', (scan) => scan.sure],
  ['q', (scan) => scan.q],
  ['d_angstrom', (scan) => scan.d_angstrom],
  ['flagged', (scan) => scan.flagged],
  ['note', (scan) => scan.note],
  ['judged_at', (scan) => scan.judgedAt],
  ['overruled', (scan) => scan.overruled?.class],
  ['overruled_by', (scan) => scan.overruled?.by],
  ['overruled_at', (scan) => scan.overruled?.at],
];

/**
 * Scans as a table after RFC 4180: lines end in CR LF, fields with commas, quotes or line breaks are quoted.
 * @param scans with the motors' positions in columns of their own, where they are recorded
 */
export function toCsv(scans: readonly ExportedScan[]): string {
  const motors = [
    ...new Set(scans.flatMap(({ positions }) => positions?.map(({ motor, unit }) => titled(motor, unit)) ?? [])),
  ].sort();
  const lines = scans.map((scan) => {
    const at = new Map(scan.positions?.map(({ motor, unit, value }) => [titled(motor, unit), value]));
    return [...columns.map(([, of]) => of(scan)), ...motors.map((motor) => at.get(motor))];
  });
  return [[...columns.map(([name]) => name), ...motors], ...lines]
    .map((cells) => `${cells.map(field).join(',')}\r\n`)
    .join('');
}

const titled = (motor: string, unit: string): string => (unit ? `${motor} (${unit})` : motor);

/** A field that starts with one of these, also behind a tab or line break, would be run as a formula by spreadsheets: it gets a quote before it. */
const formula = /^[\t\r\n]*[=+\-@\t\r\n]/;

function field(value: Cell): string {
  const text = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
