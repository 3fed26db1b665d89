import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openLedger, type LedgerRow } from '@main/ledger/ledger';
import { defaultHome } from './options';
import { EXIT, print } from './output';

export interface ExportOptions {
  readonly format: 'csv' | 'json' | 'nexus';
  readonly only?: 'defective' | 'flagged';
  /** Folder for `nexus`. */
  readonly out?: string;
  /** Folder of the ledger. */
  readonly home?: string;
}

const COLUMNS = [
  'scan',
  'source',
  'state',
  'class',
  'defective',
  'perfect',
  'screw',
  'edge',
  'sure',
  'q',
  'd_angstrom',
  'flagged',
  'note',
  'judged_at',
] as const;

/** `export`: the ledger as a table, as JSON lines, or as copies of the scans' NeXus files. */
export function exportLedger(options: ExportOptions): number {
  const ledger = openLedger(join(options.home ?? defaultHome(), 'ledger.sqlite'));
  const rows = ledger.all().filter((row) => wanted(row, options.only));
  ledger.close();
  if (options.format === 'json')
    for (const row of rows) print(JSON.stringify(row.line ?? { scan: row.name, source: row.source, state: row.state }));
  else if (options.format === 'csv') {
    print(COLUMNS.join(','));
    for (const row of rows) print(cells(row).map(quote).join(','));
  } else copyResults(rows, options.out ?? '.');
  return EXIT.done;
}

const wanted = (row: LedgerRow, only: ExportOptions['only']): boolean =>
  only === 'flagged' ? row.flagged !== 0 : only === 'defective' ? (row.verdict?.defective ?? 0) > 0.5 : true;

function cells(row: LedgerRow): (string | number | boolean)[] {
  const { verdict, line } = row;
  const p = verdict?.probabilities;
  return [
    row.name,
    row.source,
    row.state,
    verdict?.class ?? '',
    verdict?.defective ?? '',
    p?.perfect ?? '',
    p?.screw ?? '',
    p?.edge ?? '',
    verdict?.sure ?? '',
    line?.reduction?.q ?? '',
    line?.reduction?.d_angstrom ?? '',
    row.flagged !== 0,
    row.note,
    row.judged_at ?? '',
  ];
}

/** RFC 4180; a leading = + - @ in free text would be run as a formula by spreadsheets. */
function quote(value: string | number | boolean): string {
  const text = typeof value === 'string' && /^[=+\-@]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function copyResults(rows: readonly LedgerRow[], out: string): void {
  mkdirSync(out, { recursive: true });
  for (const row of rows) {
    if (!row.nexus || !existsSync(row.nexus)) continue;
    const target = join(out, `${row.name.replaceAll(/[^\w.-]+/g, '_')}-${basename(row.nexus)}`);
    copyFileSync(row.nexus, target);
    print(target);
  }
}
