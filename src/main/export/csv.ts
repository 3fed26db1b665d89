import type { ExportedScan } from '@contract/export';
import { speltLines } from '@main/files/spelt';
import { listedClasses } from '@vocabulary/listed';
import { classKeys } from '@vocabulary/classes';

type Cell = string | number | boolean | undefined;

type Column = readonly [name: string, of: (scan: ExportedScan) => Cell];

/** The table's columns before the probabilities, and after them; motors follow, one column each. */
const before: readonly Column[] = [
  ['scan', (scan) => scan.scan],
  ['source', (scan) => scan.source],
  ['state', (scan) => scan.state],
  ['class', (scan) => scan.class],
  ['defective', (scan) => scan.defective],
];
const after: readonly Column[] = [
  ['sure', (scan) => scan.sure],
  ['q', (scan) => scan.q],
  ['d_angstrom', (scan) => scan.dAngstrom],
  ['flagged', (scan) => scan.flagged],
  ['note', (scan) => scan.note],
  ['judged_at', (scan) => scan.judgedAt],
  ['overruled', (scan) => scan.overruled?.class],
  ['overruled_by', (scan) => scan.overruled?.by],
  ['overruled_at', (scan) => scan.overruled?.at],
  ['inside', (scan) => scan.inside?.says],
  ['inside_testimony', (scan) => scan.inside?.testimony],
  ['inside_character', (scan) => scan.inside?.character ?? undefined],
  ['inside_free_error', (scan) => scan.inside?.freeError],
  ['defect_sure', (scan) => scan.defectSure],
  ['plan', (scan) => scan.plan],
  ['started_at', (scan) => scan.startedAt],
  ['particle', (scan) => scan.particle?.id],
  ['particle_scans', (scan) => scan.particle?.scans],
  ['particle_class', (scan) => scan.particle?.class],
  ['particle_sure', (scan) => scan.particle?.sure],
  ['id', (scan) => scan.id],
  ['format', (scan) => scan.format],
  ['title', (scan) => scan.title],
  ['sample', (scan) => scan.sample],
  ['preset', (scan) => scan.preset],
  ['hkl', (scan) => scan.hkl?.join(' ')],
  ['oversampling', (scan) => scan.oversampling],
  ['voxel_inv_angstrom', (scan) => scan.voxelInvAngstrom],
  ['frames', (scan) => scan.frames],
  ['peak', (scan) => scan.peak?.join(' ')],
  ['method', (scan) => scan.method],
  ['model', (scan) => scan.model?.name],
  ['model_hash', (scan) => scan.model?.hash],
  ['engine', (scan) => scan.engine],
  ['early', (scan) => scan.early],
  ['novelty', (scan) => scan.novelty],
  ['doubts', (scan) => scan.doubts?.join(' ')],
  ['beside', (scan) => scan.beside?.class],
  ['problem', (scan) => scan.problem?.code],
  ['warnings', (scan) => scan.warnings?.map(({ code }) => code).join(' ')],
  ['seen_at', (scan) => scan.seenAt],
  ['truth', (scan) => scan.truth],
  ['result', (scan) => scan.result],
];

/** A column for each class that any scan has a probability of; those of the paper always, so that tables of before stay as they were. */
const classColumns = (scans: readonly ExportedScan[]): readonly Column[] =>
  listedClasses(classKeys.filter((name) => scans.some(({ probabilities }) => probabilities?.[name] !== undefined))).map(
    (name): Column => [name, ({ probabilities }) => probabilities?.[name]],
  );

/**
 * Scans as a table after RFC 4180: lines end in CR LF, fields with commas, quotes or line breaks are quoted.
 * @param scans with the motors' positions in columns of their own, where they are recorded
 */
export function toCsv(scans: readonly ExportedScan[]): string {
  const motors = [
    ...new Set(scans.flatMap(({ positions }) => positions?.map(({ motor, unit }) => titled(motor, unit)) ?? [])),
  ].sort();
  const columns = [...before, ...classColumns(scans), ...after];
  const lines = scans.map((scan) => {
    const at = new Map(scan.positions?.map(({ motor, unit, value }) => [titled(motor, unit), value]));
    return [...columns.map(([, of]) => of(scan)), ...motors.map((motor) => at.get(motor))];
  });
  return [[...columns.map(([name]) => name), ...motors], ...lines]
    .map((cells) => `${cells.map(field).join(',')}\r\n`)
    .join('');
}

const titled = (motor: string, unit: string): string => (unit ? `${motor} (${unit})` : motor);

/**
 * A field that starts with one of these, also behind a tab or line break, would be run as a formula by spreadsheets: it gets a quote before
 * it. So does what stands behind a semicolon, which is where a field ends in half of the world.
 */
const formula = /(^|;)(?=\s*[=+\-@\t\r\n])/g;

/** Whatever shows the table, a spreadsheet or a terminal, does nothing that a name or a note tells it to. */
const harmless = (text: string): string =>
  text.replaceAll(formula, "$1'").replaceAll(/[^\r]+/g, (part) => speltLines(part));

function field(value: Cell): string {
  const text = typeof value === 'string' ? harmless(value) : String(value ?? '');
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
