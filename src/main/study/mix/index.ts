/**
 * The paper's study of training sets (Table 1): rows that differ in how their crystals are relaxed, of what elements they are and where
 * their dislocations lie; a network trained alike on each, and judged on every row's test set and on scans of another world.
 */
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { openDataSet } from '@main/learn/dataset';
import { indicesOf } from '@main/learn/patterns';
import { judgementPath, modelFolder, openStudy, partsOf, rawFolder, setFolder, stepsOf } from './folder';
import { judgeOnce } from './judgement';
import { asMarkdown } from './markdown';
import { judgeMeasured, reduceMeasured, type MeasuredScan } from './measured';
import { createOutlook, type Kind, type Left } from './outlook';
import { assemble, type Report, type SetFacts, type TrainingFacts } from './report';
import type { RowId } from './rows';
import type { StudySettings } from './settings';
import { makeRaw, makeSet, trainRow, type Advance, type StudyTools } from './tasks';

export interface StudyOptions extends StudyTools {
  readonly rows: readonly RowId[];
  /** A set of raw scans that is there, or how many to make; 0 for none. */
  readonly raw: string | number;
  /** Measured scans to judge too: files and folders. */
  readonly measured?: readonly string[];
  onProgress?(progress: StudyProgress): void;
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

interface Task {
  readonly name: string;
  readonly kind: Kind;
  readonly units: number;
  run(advance: Advance): Promise<void>;
}

/** Test patterns of raw scans that are there. */
async function countRaw(folder: string): Promise<number> {
  const set = await openDataSet(folder);
  await set.close();
  return indicesOf(set, 'test').length;
}

/** All that is to be done, in order: a row's network is judged on what there is as soon as it is trained. */
function plan(
  folder: string,
  settings: StudySettings,
  options: StudyOptions,
  rawPatterns: number,
  found: Found,
): Task[] {
  const { rows, raw, engine } = options;
  const { test } = partsOf(settings);
  const rawSet = typeof raw === 'string' ? raw : rawFolder(folder);
  const judging = (by: RowId, on: RowId | 'raw'): Task => ({
    name: `network ${by} on ${on === 'raw' ? 'raw scans' : `set ${on}`}`,
    kind: 'judged patterns',
    units: on === 'raw' ? rawPatterns : test,
    async run(advance) {
      const set = on === 'raw' ? rawSet : setFolder(folder, on);
      const path = judgementPath(folder, by, on);
      const onJudged = (): void => advance(on === 'raw' ? rawPatterns : test);
      const judged = await judgeOnce(path, modelFolder(folder, by), set, engine, onJudged);
      found.judgements.push({ ...judged, by, on });
    },
  });
  const rowTasks = (row: RowId, n: number): Task[] => [
    {
      name: `set ${row}`,
      kind: row === 'unrelaxed' ? 'unrelaxed crystals' : 'relaxed crystals',
      units: settings.crystals,
      run: async (advance) => void found.sets.set(row, await makeSet(folder, row, settings, options, advance)),
    },
    {
      name: `training ${row}`,
      kind: 'training steps',
      units: stepsOf(settings),
      run: async (advance) => void found.trainings.set(row, await trainRow(folder, row, settings, options, advance)),
    },
    ...rows.slice(0, n + 1).map((set) => judging(row, set)),
    ...rows.slice(0, n).map((model) => judging(model, row)),
    ...(rawPatterns > 0 ? [judging(row, 'raw')] : []),
  ];
  const making: Task[] =
    typeof raw === 'number' && raw > 0
      ? [
          {
            name: 'raw scans',
            kind: 'raw scans',
            units: raw,
            run: (advance) => makeRaw(folder, raw, settings.seed, options, advance),
          },
        ]
      : [];
  return [...making, ...rows.flatMap(rowTasks)];
}

interface Found {
  readonly sets: Map<RowId, SetFacts>;
  readonly trainings: Map<RowId, TrainingFacts>;
  readonly judgements: Report['judgements'];
  measured: Report['measured'];
}

/** Writes `dataset-mix.json` and `dataset-mix.md`. */
async function write(folder: string, report: Report): Promise<void> {
  await writeFileAtomic(join(folder, 'dataset-mix.json'), `${JSON.stringify(report, null, 1)}\n`);
  await writeFileAtomic(join(folder, 'dataset-mix.md'), asMarkdown(report));
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
  const { raw, rows, measured = [], signal } = options;
  const rawPatterns = typeof raw === 'string' ? await countRaw(raw) : raw;
  await openStudy(folder, settings);
  const scans: MeasuredScan[] = reduceMeasured(measured, (scan, why) => options.onRefused?.(scan, why));
  const found: Found = { sets: new Map(), trainings: new Map(), judgements: [], measured: [] };
  const tasks = plan(folder, settings, options, rawPatterns, found);
  const outlook = createOutlook();
  for (const { name, kind, units } of tasks) outlook.add(name, kind, units);
  try {
    for (const [n, { name, kind, units, run }] of tasks.entries()) {
      signal?.throwIfAborted();
      let [reported, worked] = [-1, false];
      const tell = (done: number): void =>
        options.onProgress?.({
          task: name,
          number: n + 1,
          tasks: tasks.length,
          kind,
          done,
          of: units,
          ...outlook.left(),
        });
      outlook.begin(name, 0);
      tell(0);
      await run((done) => {
        // What the first report counts may have been done by a former run.
        if (reported < 0 && kind !== 'judged patterns') outlook.begin(name, done);
        else outlook.advance(name, done);
        worked ||= reported >= 0 || kind === 'judged patterns';
        reported = done;
        tell(done);
      });
      outlook.finish(name);
      const report = assemble(settings, rows, found);
      if (worked) await write(folder, report);
    }
    for (const row of rows)
      if (scans.length > 0)
        found.measured.push({ by: row, scans: await judgeMeasured(scans, modelFolder(folder, row), options.engine) });
    const report = assemble(settings, rows, found);
    await write(folder, report);
    return report;
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}
