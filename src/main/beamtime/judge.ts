import { BraggwatchError, warning, type Problem, type Warning } from '@contract/errors';
import { placeIn, takeAway } from '@main/files/laid';
import { inBackground, problemOf } from '@main/process/report';
import type { VerdictLine } from '@contract/scan';
import { judge as judgeLogits } from '@core/verdict/verdict';
import { invisibleBurgersVectors } from '@core/verdict/visibility';
import { besideIn, secondOf, type ModelFacts } from '@main/engine/answer';
import type { Judged as Prediction } from '@main/engine/service';
import type { Worker } from '@main/process/worker';
import { familyIfKnown } from '@core/network/family';
import type { ScanService } from '@main/reading/service';
import { refusalByFacts } from '@main/scan/rocking';
import type { ScanFacts } from '@main/scan/types';
import type { Classifier } from '@main/models/classifier';
import type { Reduced } from '@main/reading/kept';
import type { ReduceOptions } from '@main/reading/volume';

/** A scan's verdict line, and what it was reduced to where it was. */
export interface Judged {
  readonly line: VerdictLine;
  readonly record?: Reduced;
  readonly problem?: Problem;
}

export interface JudgeTools {
  readonly scans: Worker<ScanService>;
  readonly classifier: Classifier;
  /** Folder in which volumes are laid down until they are judged. */
  readonly volumes: string;
}

/** A worker that dies over a scan gets so many further tries at it. */
const RETRIES = 2;

/**
 * Reads, reduces and classifies one scan. Never throws: what goes wrong is the line's error.
 */
export async function judgeScan(facts: ScanFacts, options: ReduceOptions, tools: JudgeTools): Promise<Judged> {
  const start = performance.now();
  const volume = placeIn(tools.volumes);
  let record: Reduced | undefined;
  try {
    const refusal = refusalByFacts(facts, options);
    if (refusal) throw refusal;
    record = await reduceWithRetries(facts, options, tools.scans, volume);
    // Loaded before the clock starts.
    await tools.classifier.facts();
    const predicting = performance.now();
    const prediction = await tools.classifier.judge({ laid: volume }, 1, [familyIfKnown(record.hkl)]);
    const predict = performance.now() - predicting;
    return {
      record,
      line: {
        ...identityOf(facts),
        ...verdictOf(record, prediction),
        timingsMs: timings(record, predict, start),
      },
    };
  } catch (error) {
    return rejected(facts, problemOf(error, `judging ${facts.name} of ${facts.ref.source}`), record);
  } finally {
    inBackground(takeAway(volume), `taking ${volume} away`);
  }
}

/** What becomes of a scan that could not be judged. */
export function rejected(facts: ScanFacts, problem: Problem, record?: Reduced): Judged {
  const line: VerdictLine = {
    ...identityOf(facts),
    state: problem.code === 'not-a-rocking-curve' ? 'skipped' : 'rejected',
    error: problem,
    warnings: record?.warnings ?? [...facts.warnings],
  };
  return { line, problem, ...(record && { record }) };
}

const identityOf = ({ name, ref, truth }: ScanFacts): Pick<VerdictLine, 'scan' | 'source' | 'format' | 'truth'> => ({
  scan: name,
  source: ref.source,
  format: ref.format,
  ...(truth && { truth }),
});

async function reduceWithRetries(
  facts: ScanFacts,
  options: ReduceOptions,
  scans: Worker<ScanService>,
  place: string,
): Promise<Reduced> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await scans.call('reduce', facts.ref, options, place);
    } catch (error) {
      const died = error instanceof BraggwatchError && error.code === 'worker-died';
      if (!died || attempt >= RETRIES) throw error;
    }
  }
}

/** What a verdict goes by, beside the network's answer. */
export type Judgeable = Pick<Reduced, 'hkl' | 'reduction' | 'doubts' | 'warnings'> & {
  readonly facts: Pick<ScanFacts, 'whole' | 'ended'>;
};

/** What there is to say of a volume that the network has answered for. */
export function verdictOf(
  record: Judgeable,
  prediction: Prediction,
): Pick<VerdictLine, 'state' | 'verdict' | 'model' | 'engine' | 'hkl' | 'invisible' | 'reduction' | 'warnings'> {
  const { model } = prediction;
  // A scan that was stopped, or lacks its last frames, gets no further ones: what it has is all there is.
  const early = !record.facts.whole && !record.facts.ended;
  const novelty = prediction.novelty?.[0];
  const second = secondOf(model);
  const answer = besideIn(prediction);
  const beside = second && answer && { model: second.name, hash: second.hash, ...answer.opinion };
  const judgement = judgeLogits(prediction.logits, model, novelty, answer, record.doubts);
  return {
    state: early ? 'early' : 'classified',
    verdict: { ...judgement, ...(beside && { beside }), ...(early && { early }) },
    model: { name: model.name, hash: model.hash },
    engine: model.engine,
    hkl: record.hkl,
    invisible: record.hkl ? invisibleBurgersVectors(record.hkl) : [],
    reduction: record.reduction,
    warnings: [
      ...record.warnings,
      ...modelWarnings(record, model),
      ...(judgement.doubts?.includes('models-disagree') ? [warning('models-disagree')] : []),
      ...((novelty ?? 0) > 1 ? [warning('unlike-training', `Distance ${novelty!.toFixed(1)}; strange above 1.`)] : []),
    ],
  };
}

const inBraces = (families: readonly string[]): string => families.map((name) => `{${name}}`).join(', ');

function modelWarnings({ reduction, hkl }: Judgeable, model: ModelFacts): Warning[] {
  const family = familyIfKnown(hkl);
  const elsewhere = family !== undefined && model.families && !model.families.includes(family);
  const [least, most] = model.oversampling;
  const outside = reduction.oversampling < least || reduction.oversampling > most;
  return [
    ...(outside
      ? [
          warning(
            'oversampling-outside-training',
            `${reduction.oversampling.toFixed(2)}, trained on ${least} to ${most}.`,
          ),
        ]
      : []),
    ...(elsewhere
      ? [warning('reflection-outside-training', `{${family}}, trained on ${inBraces(model.families)}.`)]
      : []),
    ...(model.provisional ? [warning('model-provisional')] : []),
  ];
}

const timings = ({ timings: { read, reduce } }: Reduced, predict: number, start: number): Record<string, number> => ({
  read: Math.round(read),
  reduce: Math.round(reduce),
  predict: Math.round(predict),
  total: Math.round(performance.now() - start),
});
