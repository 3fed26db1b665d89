import type { ExportedFile, ExportFormat, ExportRequest } from '@contract/export';
import { exportDocumentSchema, printedScan, type ExportedScan } from '@contract/export';
import { standingOf } from '@contract/standing';
import type { Volume } from '@contract/volume';
import { asTaken, judgedParticles, particlesOf, type JudgedParticle } from '@main/beamtime/particle';
import { rankCandidates } from '@core/screening/candidates';
import { isWithin } from '@main/files/roots';
import type { LedgerRow } from '@main/ledger/row';
import metadata from '../../../package.json' with { type: 'json' };
import { toCsv } from './csv';
import { toMacro } from './macro';
import { exportedParticles, exportedScan, isWanted } from './record';
import type { Placed } from './report/map';
import { reportPage, type Example } from './report/report';
import { sliceImages } from './report/slices';
import { bestExamples } from './report/tally';

export interface ExportTools {
  rows(): readonly LedgerRow[];
  /** The folder that is watched. */
  folder(): string | null;
  /** The volume of a result file. */
  volume(nexus: string): Promise<Volume> | Volume;
  /** Why the model in use is not to be relied on; undefined where none is loaded. */
  provisional?(): Promise<string | null | undefined>;
}

const kinds: Readonly<Record<ExportFormat, readonly [ending: string, mediaType: string]>> = {
  csv: ['csv', 'text/csv; charset=utf-8'],
  json: ['json', 'application/json; charset=utf-8'],
  macro: ['py', 'text/x-python; charset=utf-8'],
  report: ['html', 'text/html; charset=utf-8'],
};

/**
 * Makes one export of the ledger as text; where it is saved is the shell's business.
 * @param signal gives it up between two pictures
 */
export async function makeExport(
  tools: ExportTools,
  { format, only, from, worklist }: ExportRequest,
  signal?: AbortSignal,
): Promise<ExportedFile> {
  // Particles of another sample have no place in this one's counts, and no motor is to move to where they were.
  const folder = from === 'watched' ? tools.folder() : null;
  const all = tools.rows();
  const here = all.filter((row) => isWanted(row, only) && (folder === null || isWithin(folder, row.source)));
  const particles = judgedParticles(all);
  const rows = worklist ? stillToMeasure(here, particles, worklist) : here.toSorted(asTaken);
  const told = exportedParticles(particles);
  const scans = rows.map((row) => exportedScan(row, told.get(row.id)));
  const made = new Date().toISOString();
  const [ending, mediaType] = kinds[format];
  const what = format === 'report' ? 'report' : worklist ? 'next' : only;
  const name = `braggwatch-${what}-${made.slice(0, 19).replaceAll(':', '').replace('T', '-')}.${ending}`;
  const text = async (): Promise<string> => {
    if (format === 'csv') return toCsv(scans);
    if (format === 'macro') return toMacro(scans, { version: metadata.version, made });
    if (format === 'json') return documentOf(scans, only, made);
    return reportPage(scans, await examplesOf(tools, scans, rows, signal), rows.flatMap(placedOf), {
      version: metadata.version,
      made,
      folder,
      provisional: (await tools.provisional?.()) ?? null,
    });
  };
  return { name, mediaType, text: await text() };
}

function documentOf(scans: readonly ExportedScan[], only: ExportRequest['only'], made: string): string {
  const { version } = metadata;
  const document = { program: 'Braggwatch', version, made, only, scans: scans.map(printedScan) };
  return `${JSON.stringify(exportDocumentSchema.parse(document), null, 2)}\n`;
}

/** The worklist's rows, best first; what was done or is to be skipped has no place in it. */
function stillToMeasure(
  rows: readonly LedgerRow[],
  all: readonly JudgedParticle[],
  { ids, wanted, weights }: NonNullable<ExportRequest['worklist']>,
): readonly LedgerRow[] {
  const shown = new Set(ids);
  const byId = new Map(rows.filter(({ id }) => shown.has(id)).map((row) => [row.id, row]));
  const open = particlesOf([...byId.values()], all).filter(({ plan }) => plan === undefined || plan === 'queued');
  return rankCandidates(open, wanted, weights).flatMap(({ id }) => byId.get(id) ?? []);
}

function placedOf(row: LedgerRow): Placed[] {
  const { name: scan, sample, position, flagged } = row;
  const standing = standingOf(row);
  const unsure = standing?.sure === false;
  return position ? [{ scan, sample, position, class: standing?.class, unsure, flagged: flagged !== 0 }] : [];
}

/** The clearest scans with their cuts; one whose result file is gone is left out. */
async function examplesOf(
  tools: ExportTools,
  scans: readonly ExportedScan[],
  rows: readonly LedgerRow[],
  signal?: AbortSignal,
): Promise<Example[]> {
  const nexus = new Map(rows.map((row) => [row.id, row.nexus]));
  const examples: Example[] = [];
  for (const scan of bestExamples(scans.filter(({ id }) => nexus.get(id)))) {
    signal?.throwIfAborted();
    try {
      examples.push({ scan, images: sliceImages(await tools.volume(nexus.get(scan.id)!)) });
    } catch {
      // Moved or damaged since: the report does without its picture.
    }
  }
  return examples;
}
