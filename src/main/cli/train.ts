import { resolve } from 'node:path';
import type { Evaluation } from '@main/engine/card';
import { evaluateModel, runTraining } from '@main/learn/job';
import { complain, EXIT, print } from './output';

export interface TrainCommandOptions {
  readonly network: string;
  readonly out: string;
  readonly epochs?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly threads?: number;
  readonly start?: string;
  readonly resume?: boolean;
  readonly provisional?: string;
  readonly json?: boolean;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function describe({ patterns, accuracy, twoClassAccuracy, confusion, calibrationError }: Evaluation): string {
  const rows = ['perfect', 'screw', 'edge'].map((name, i) => `  ${name.padEnd(8)} judged ${confusion[i]!.join(' / ')}`);
  return [
    `${patterns} test patterns: ${percent(accuracy)} of three classes, ${percent(twoClassAccuracy)} defective or not; calibration error ${percent(calibrationError)}`,
    ...rows,
  ].join('\n');
}

/** `train DATASET --network N --out MODEL`: trains a network, or goes on with it. */
export async function train(dataset: string, options: TrainCommandOptions): Promise<number> {
  const { network, epochs, batch, seed, threads, start, resume, provisional, json } = options;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const begun = performance.now();
  let first: number | undefined;
  const card = await runTraining(
    {
      dataset: resolve(dataset),
      out: resolve(options.out),
      network,
      options: Object.fromEntries(Object.entries({ epochs, batch, seed }).filter(([, value]) => value !== undefined)),
      ...(resume && { resume }),
      ...(start !== undefined && { start }),
      ...(provisional !== undefined && { provisional }),
    },
    {
      signal: stop.signal,
      ...(threads !== undefined && { threads }),
      onStep: ({ step, steps, loss }) => {
        first ??= step - 1;
        if (step % 20 !== 0) return;
        const secondsLeft = ((performance.now() - begun) / 1000 / (step - first)) * (steps - step);
        if (json) print(JSON.stringify({ step, steps, loss, secondsLeft }));
        else complain(`step ${step} of ${steps}, loss ${loss.toFixed(3)}, ${Math.ceil(secondsLeft / 60)} min left`);
      },
      onEpoch: (epoch) => {
        if (json) return print(JSON.stringify(epoch));
        complain(
          `epoch ${epoch.epoch + 1}: validation ${percent(epoch.validationAccuracy)}, loss ${epoch.validationLoss.toFixed(3)}`,
        );
      },
    },
  );
  if (card) print(json ? JSON.stringify(card.test) : describe(card.test));
  else complain('Stopped; the same command with --resume goes on from here.');
  return EXIT.done;
}

/** `evaluate MODEL DATASET`: judges a model on the test part of a data set. */
export async function evaluate(model: string, dataset: string, { json }: { json?: boolean }): Promise<number> {
  const evaluation = await evaluateModel(model, resolve(dataset));
  print(json ? JSON.stringify(evaluation) : describe(evaluation));
  return EXIT.done;
}
