import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Problem } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { VerdictLine } from '@contract/scan';
import { resultName, scanId } from '@main/beamtime/identity';
import { judgeScan, rejected, type JudgeTools } from '@main/beamtime/judge';
import type { ScanFacts } from '@main/scan/types';
import type { Source } from '@main/beamtime/watch/walk';
import { openBatch, sourcesOf, type Batch } from './batch';
import { modelUsed } from './model-used';
import { checkModel } from './named';
import type { ScanOptions } from './options';
import { openWitness, type Witness } from './witness';
import { complainOf, exitOf, formatLine, print } from './output';

export interface ClassifyCommandOptions extends ScanOptions {
  /** Also look into each crystal: seconds a scan. */
  readonly inside?: boolean;
}

/** `classify PATH...`: a verdict line for every scan in the paths. Returns the exit code. */
export async function classify(paths: readonly string[], options: ClassifyCommandOptions): Promise<number> {
  const model = modelUsed(options.model);
  await checkModel(model);
  const batch = openBatch(paths, { ...options, model });
  const witness = options.inside ? openWitness([...paths, ...(options.allow ?? [])]) : undefined;
  const tally = { done: 0, failed: 0 };
  const tell = (line: VerdictLine): void => {
    if (line.state === 'rejected') tally.failed++;
    else tally.done++;
    print(formatLine(line, options.json ?? false));
  };
  if (options.out) mkdirSync(options.out, { recursive: true });
  const volumes = options.out ?? mkdtempSync(join(tmpdir(), 'braggwatch-volumes-'));
  try {
    const { sources, failed, beside } = sourcesOf(
      paths.map((path) => resolve(path)),
      batch.allowed,
    );
    for (const { path, problem } of failed) tell(unread({ path, format: 'unknown' }, problem));
    let found = 0;
    const judge = async (scans: readonly ScanFacts[]): Promise<void> => {
      found += scans.length;
      for (const facts of scans) {
        if (options.scan !== undefined && facts.ref.number !== options.scan) continue;
        tell(await classifyOne(facts, { ...batch, volumes }, options.out, witness));
      }
    };
    const slow: Source[] = [];
    for (const source of sources) {
      const scans = await listed(source, batch, tell, 'brisk');
      if (scans === 'slow') slow.push(source);
      else await judge(scans);
    }
    for (const source of slow) {
      const scans = await listed(source, batch, tell, 'patient');
      if (scans !== 'slow') await judge(scans);
    }
    if (found === 0) beside.forEach(complainOf);
  } finally {
    batch.close();
    witness?.close();
    if (options.out === undefined) rmSync(volumes, { recursive: true, force: true });
  }
  return exitOf(tally, paths, options.scan);
}

/** A source's scans; one that cannot be read gives a rejected line and none. `slow`: a brisk look took too long. */
async function listed(
  source: Source,
  batch: Batch,
  tell: (line: VerdictLine) => void,
  patience: 'brisk' | 'patient',
): Promise<readonly ScanFacts[] | 'slow'> {
  try {
    return await batch.list(source, patience);
  } catch (error) {
    const problem = problemOf(error, `listing ${source.path}`);
    if (patience === 'brisk' && problem.code === 'timed-out') return 'slow';
    tell(unread(source, problem));
    return [];
  }
}

/** The line of a path that no scan could be read from. */
const unread = ({ path, format }: Pick<VerdictLine, 'format'> & { path: string }, error: Problem): VerdictLine => ({
  scan: basename(path),
  source: path,
  format,
  state: 'rejected',
  error,
  warnings: [],
});

async function classifyOne(
  facts: ScanFacts,
  batch: Batch & Pick<JudgeTools, 'volumes'>,
  out: string | undefined,
  witness: Witness | undefined,
): Promise<VerdictLine> {
  let options;
  try {
    options = batch.optionsFor(facts);
  } catch (error) {
    return rejected(facts, problemOf(error, `options of ${facts.name}`)).line;
  }
  const { line, record } = await judgeScan(facts, options, batch);
  const name = `${resultName({ id: scanId(facts.ref), name: facts.name })}.nxs`;
  const result = out && record ? join(out, name) : undefined;
  if (result !== undefined && record) await batch.scans.call('record', result, record.kept, line);
  return witness && line.verdict ? witness.hear(line, facts, options, result) : line;
}
