import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { Trial } from '@contract/adapting';
import { drawUp } from '@main/adapting/draw-up';
import { readPlan, readTrial, setIn, stageOf, type Plan } from '@main/adapting/plan';
import { crystalsOf } from '@main/beamtime/crystals';
import { simulate } from '@main/dataset/simulate';
import { defaultHome } from '@main/files/home';
import { decideEngine } from '@main/models/engine-choice';
import { FIRST_MODEL } from '@main/models/model-choice';
import { nodeLauncher } from '@main/process/launcher';
import { rowsOf } from './export';
import { complain, EXIT, print } from './output';
import { describe } from './simulate';

export interface AdaptCommandOptions {
  readonly out: string;
  readonly home?: string;
  readonly model?: string;
  readonly crystals?: number;
  readonly perKind?: number;
  readonly json?: boolean;
}

/** Loaded when asked for: no other command needs onnxruntime in its own process. */
const learning = async () => {
  const [{ checkpointIn, runTraining }, { runTrial }] = await Promise.all([
    import('@main/learn/job'),
    import('@main/adapting/trial'),
  ]);
  return { checkpointIn, runTraining, runTrial };
};

/** Counts before and after, kind by kind, as Markdown. */
const tableOf = ({ before, after, rows }: Trial): string =>
  [
    `| raw scans | | right: ${before.name} | ${after.name} | sure and wrong: ${before.name} | ${after.name} | defective or not: ${before.name} | ${after.name} |`,
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ kind, scans, before: b, after: a }) =>
        `| ${[kind, scans, b.right, a.right, `${b.sureWrong} of ${b.sure}`, `${a.sureWrong} of ${a.sure}`, b.found, a.found].join(' | ')} |`,
    ),
  ].join('\n');

async function train(plan: Plan, signal: AbortSignal): Promise<boolean> {
  const { checkpointIn, runTraining } = await learning();
  const { model, network, options, start } = plan;
  const resume = existsSync(checkpointIn(model));
  const card = await runTraining(
    { dataset: setIn(plan), out: model, network, options, start, resume },
    {
      signal,
      engine: await decideEngine(nodeLauncher, start, 'auto', 'train'),
      onEpoch: (epoch) => complain(JSON.stringify(epoch)),
    },
  );
  return card !== undefined;
}

async function run(plan: Plan, signal: AbortSignal): Promise<Trial | undefined> {
  if (stageOf(plan) === 'simulating') {
    await simulate(plan.recipe, setIn(plan), {
      ...{ signal, workers: availableParallelism(), launcher: nodeLauncher },
      onProgress: (progress) => complain(describe(progress)),
    });
  }
  if (stageOf(plan) === 'training' && !(await train(plan, signal))) return undefined;
  const { runTrial } = await learning();
  const onProgress = (done: number, of: number): void => complain(`scan ${done} of ${of}`);
  return readTrial(plan) ?? runTrial(plan, { signal, onProgress });
}

/**
 * `adapt --out DIR`: a network for crystals like those of a home's judged scans, compared with the one that it began with. What was begun in
 * the folder is gone on with.
 */
export async function adapt(options: AdaptCommandOptions): Promise<number> {
  const { home = defaultHome(), model: start = FIRST_MODEL, crystals, perKind, json } = options;
  const folder = resolve(options.out);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const wanted = { folder, model: join(folder, 'beamtime'), start, crystals, perKind };
  const plan = readPlan(folder) ?? (await drawUp(crystalsOf(rowsOf(home), null), wanted));
  const trial = await run(plan, stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
    return undefined;
  });
  if (trial) print(json ? JSON.stringify({ model: plan.model, ...trial }) : tableOf(trial));
  else complain('Stopped; the same command goes on from here.');
  return EXIT.done;
}
