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
  const ledger = openLedger(join(options.home ?? defaultHome(), 'ledger.sqlite'));
  for (const notice of ledger.notices) complainOf(notice.toProblem());
  const all = ledger.all();
  ledger.close();
  const rows = all.filter((row) => isWanted(row, only));
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

/** Copies results into a folder; a file that is there already stays as it is, and is named. */
function copyResults(rows: readonly LedgerRow[], out: string): number {
  mkdirSync(out, { recursive: true });
  let kept = 0;
  for (const row of rows) {
    if (!row.nexus || !existsSync(row.nexus)) continue;
    const target = join(out, `${nameInFiles(row.name)}-${basename(row.nexus)}`);
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
