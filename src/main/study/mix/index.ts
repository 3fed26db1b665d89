/**
 * The paper's study of training sets (Table 1): rows that differ in how their crystals are relaxed, of what elements they are and where
 * their dislocations lie; a network trained alike on each, and judged on every row's test set and on scans of another world.
 */
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { openDataSet } from '@main/learn/dataset';
import { indicesOf } from '@main/learn/patterns';
import { openStudy } from './folder';
import { asMarkdown } from './markdown';
import { reduceMeasured } from './measured';
import { createOutlook, type Kind, type Left, type Outlook } from './outlook';
import { planStudy, type StudyWork, type Task } from './plan';
import { assemble, type Findings, type Report } from './report';
import type { StudySettings } from './settings';
import type { StudyTools } from './tasks';

export interface StudyOptions extends StudyTools, Pick<StudyWork, 'rows' | 'raw'> {
  /** Measured scans to judge too: files and folders. */
  readonly measured?: readonly string[];
  onProgress?(progress: StudyProgress): void;
  /** Told of measured scans that cannot be reduced. */
  onRefused?(scan: string, why: Error): void;
}

export interface StudyProgress extends Left {
  /** What is being done, and which of how many tasks that is, from 1. */
  readonly task: string;
  readonly number: number;
  readonly tasks: number;
  readonly kind: Kind;
  readonly done: number;
  readonly of: number;
}

/** Test patterns of raw scans that are there. */
async function countRaw(folder: string): Promise<number> {
  const set = await openDataSet(folder);
  await set.close();
  return indicesOf(set, 'test').length;
}

/** Writes `dataset-mix.json` and `dataset-mix.md`. */
async function write(folder: string, report: Report): Promise<void> {
  await writeFileAtomic(join(folder, 'dataset-mix.json'), `${JSON.stringify(report, null, 1)}\n`);
  await writeFileAtomic(join(folder, 'dataset-mix.md'), asMarkdown(report));
}

/** @returns whether anything was left to do */
async function runTask({ name, kind, run }: Task, outlook: Outlook, tell: (done: number) => void): Promise<boolean> {
  let [told, worked] = [false, false];
  outlook.begin(name, 0);
  tell(0);
  await run((done) => {
    // Judging is told of when it is done; of other work the first word is what a former run has done.
    const fresh = told || kind === 'judged patterns';
    if (fresh) outlook.advance(name, done);
    else outlook.begin(name, done);
    worked ||= fresh;
    told = true;
    tell(done);
  });
  outlook.finish(name);
  return worked;
}

/**
 * Makes, trains and judges the rows, or what a former run left of that, and writes the table after every task that did something.
 * @returns what is in the table; undefined when it was stopped: the same call goes on
 * @throws BraggwatchError study-differs, and what simulating, training and reading throw
 */
export async function runStudy(
  folder: string,
  settings: StudySettings,
  options: StudyOptions,
): Promise<Report | undefined> {
  const { raw, rows, measured = [], signal, onProgress, onRefused } = options;
  const rawPatterns = typeof raw === 'string' ? await countRaw(raw) : raw;
  await openStudy(folder, settings);
  const scans = reduceMeasured(measured, (scan, why) => onRefused?.(scan, why));
  const found: Findings = { sets: new Map(), trainings: new Map(), raw: null, judgements: [], measured: [] };
  const tasks = planStudy({ folder, settings, tools: options, rows, raw, rawPatterns, scans }, found);
  const outlook = createOutlook();
  for (const { name, kind, units } of tasks) outlook.add(name, kind, units);
  try {
    for (const [n, task] of tasks.entries()) {
      signal?.throwIfAborted();
      const { name, kind, units: of } = task;
      const place = { task: name, number: n + 1, tasks: tasks.length, kind, of };
      const worked = await runTask(task, outlook, (done) => onProgress?.({ ...place, done, ...outlook.left() }));
      if (worked) await write(folder, assemble(settings, rows, found));
    }
    const report = assemble(settings, rows, found);
    await write(folder, report);
    return report;
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}
