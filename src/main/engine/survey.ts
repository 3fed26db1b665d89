import { BraggwatchError } from '@contract/errors';
import { CPU, providers, type EngineChoice, type EngineFinding } from './choice';
import type { Judgeable } from './create';
import { DEVICES, mayHaveGpu } from './survey-hint';
import { loadTensorflow, seesGpu } from './tensorflow/load';
import { agrees, tryEngine, type Purpose, type Trial } from './trial';

/** Why a GPU's driver or library would not do, in a line: onnxruntime's own words name its source files first. */
const inShort = (error: unknown): string =>
  (error instanceof BraggwatchError ? error.detail : error instanceof Error ? error.message : String(error))
    .replaceAll(/\/onnxruntime_src\S*/g, '')
    .split('\n')[0]!
    .slice(0, 300);

async function look(
  model: Judgeable,
  choice: EngineChoice,
  purpose: Purpose,
  reference: Trial,
): Promise<EngineFinding> {
  try {
    // Asked first: on a CPU alone, TensorFlow is one more engine of the same kind.
    const blind = choice.engine === 'tensorflow' && !seesGpu(await loadTensorflow());
    const trial = await tryEngine(model, choice, purpose);
    if (!agrees(trial, reference)) return { choice, reason: 'its results are not those of the CPU' };
    const { milliseconds } = trial;
    return blind ? { choice, milliseconds, reason: 'sees no GPU: used only when asked for' } : { choice, milliseconds };
  } catch (error) {
    return { choice, reason: inShort(error) };
  }
}

/**
 * Tries the model on every engine, once. In a process of its own: a GPU's driver may take the whole process down.
 * @throws BraggwatchError model-invalid when not even the CPU can run it
 */
export async function surveyEngines(model: Judgeable, purpose: Purpose = 'judge'): Promise<EngineFinding[]> {
  const reference = await tryEngine(model, CPU, purpose);
  const gpus = providers
    .filter((provider) => provider !== 'cpu')
    .map((provider) => ({ engine: 'onnx', provider }) as const);
  const findings: EngineFinding[] = [];
  for (const choice of gpus) {
    findings.push(
      mayHaveGpu()
        ? await look(model, choice, purpose, reference)
        : { choice, reason: `no GPU: none of ${DEVICES.join(', ')}` },
    );
  }
  findings.push({ choice: CPU, milliseconds: reference.milliseconds });
  findings.push(await look(model, { engine: 'tensorflow' }, purpose, reference));
  return findings;
}
