import { constants, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ExportFormat } from '@contract/export';
import type { Volume } from '@contract/volume';
import { makeExport } from '@main/export';
import { nameInFiles } from '@main/beamtime/identity';
import { isWanted } from '@main/export/record';
import { defaultHome } from '@main/files/home';
import { openLedger } from '@main/ledger/ledger';
import type { LedgerRow } from '@main/ledger/row';
import { complain, complainOf, EXIT, formatLine, print } from './output';

export interface ExportOptions {
  readonly format: ExportFormat | 'nexus';
  readonly only?: 'defective' | 'flagged';
  /** Folder for `nexus`. */
  readonly out?: string;
  /** Folder of the ledger. */
  readonly home?: string;
}

/**
 * `export`: the ledger as a table, as JSON lines, as a BLISS macro, as a printable report, or as copies of the scans' NeXus
 * files. Everything but the copies goes to the standard output, so that the shell decides where it is kept.
 */
export async function exportLedger(options: ExportOptions): Promise<number> {
  const { format, only = 'all' } = options;
  const home = options.home ?? defaultHome();
  const all = rowsOf(home);
  const rows = all.filter((row) => isWanted(row, only));
  if (rows.length === 0) complain(whyNothing(home, all.length, only));
  if (format === 'nexus') return copyResults(rows, options.out ?? '.');
  if (format === 'json')
    for (const row of rows)
      print(
        row.line
          ? formatLine(row.line, true)
          : JSON.stringify({ scan: row.name, source: row.source, state: row.state }),
      );
  else {
    // HDF5 is loaded for the report's pictures only: every command starts by reading this file.
    const volume = async (path: string): Promise<Volume> => (await import('@main/nexus/read')).readVolume(path);
    const tools = { rows: () => all, folder: () => null, volume };
    process.stdout.write((await makeExport(tools, { format, only, from: 'everywhere' })).text);
  }
  return EXIT.done;
}

/** The rows of a home's ledger; asking for them makes neither. */
export function rowsOf(home: string): readonly LedgerRow[] {
  const path = join(home, 'ledger.sqlite');
  if (!existsSync(path)) return [];
  const ledger = openLedger(path);
  for (const notice of ledger.notices) complainOf(notice.toProblem());
  const rows = ledger.all();
  ledger.close();
  return rows;
}

const whyNothing = (home: string, scans: number, only: string): string =>
  scans === 0
    ? `Nothing was judged yet in ${home}: braggwatch watch FOLDER and braggwatch serve keep there what they judge (classify keeps nothing). --home names another ledger, such as the folder given to them with --out.`
    : `None of the ${scans} scans in ${home} is ${only}; without --only all of them are told.`;

/** Copies results into a folder; a file that is there already stays as it is, and is named. */
function copyResults(rows: readonly LedgerRow[], out: string): number {
  mkdirSync(out, { recursive: true });
  let kept = 0;
  for (const row of rows) {
    if (!row.nexus || !existsSync(row.nexus)) continue;
    const own = basename(row.nexus);
    // Results of before were named by their ids alone.
    const target = join(out, own.startsWith(nameInFiles(row.name)) ? own : `${nameInFiles(row.name)}-${own}`);
    try {
      copyFileSync(row.nexus, target, constants.COPYFILE_EXCL);
      print(target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      kept++;
      complain(`${target} is there already and was left as it is`);
    }
  }
  return kept > 0 ? EXIT.someFailed : EXIT.done;
}
