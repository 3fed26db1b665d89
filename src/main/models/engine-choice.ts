import { BraggwatchError } from '@contract/errors';
import { chooseEngine, CPU, type EngineChoice, type EngineFinding, type EngineRequest } from '@main/engine/choice';
import type { EngineWorker } from '@main/engine/service';
import type { Purpose } from '@main/engine/trial';
import { mayHaveGpu } from '@main/engine/survey-hint';
import type { Launcher } from '@main/process/launcher';
import { createWorker } from '@main/process/worker';

/** A GPU's first run compiles its programs, which may take a minute on a software one. */
const TIMEOUT_MS = 180_000;

/**
 * What each engine makes of a model here, found out in a process that may die of it.
 * @throws BraggwatchError worker-died, timed-out, model-missing, model-invalid
 */
export async function surveyHere(launcher: Launcher, model: string, purpose?: Purpose): Promise<EngineFinding[]> {
  const worker = createWorker<EngineWorker>(launcher, 'engine-worker', { timeoutMs: TIMEOUT_MS });
  try {
    return await worker.call('survey', model, purpose);
  } finally {
    worker.close();
  }
}

/**
 * The engine to judge or train with.
 * @throws BraggwatchError engine-unavailable when what was asked for does not run; what the model's files are wrong with
 */
export async function decideEngine(
  launcher: Launcher,
  model: string,
  request: EngineRequest,
  purpose?: Purpose,
): Promise<EngineChoice> {
  // Without a GPU there is nothing to choose among, and the first verdict need not wait for it.
  if (request !== 'tensorflow' && !mayHaveGpu()) return CPU;
  try {
    return chooseEngine(await surveyHere(launcher, model, purpose), request);
  } catch (error) {
    const died = error instanceof BraggwatchError && ['worker-died', 'timed-out'].includes(error.code);
    if (!died || request === 'tensorflow') throw error;
    return CPU;
  }
}
