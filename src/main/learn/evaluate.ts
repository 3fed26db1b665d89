import type { Evaluation } from '@contract/training';
import { calibrationError, meanLoss, type Outcome } from '@core/verdict/calibration';
import { decide, softmax } from '@core/verdict/probabilities';
import type { Engine } from '@main/engine/types';
import { targetOf, truthOf, type PatternSet } from './patterns';

const BATCH = 8;

/**
 * What a network says of patterns, with what they are.
 * @param names of its classes
 * @param indices of patterns of classes that it tells, see `indicesOf`
 * @param mixed see `targetOf`
 */
export async function predictAll(
  engine: Engine,
  patterns: PatternSet,
  indices: readonly number[],
  names: readonly string[],
  mixed?: readonly [number, number],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < indices.length; from += BATCH) {
    const chunk = indices.slice(from, from + BATCH);
    const volumes = new Float32Array(chunk.length * 64 ** 3);
    for (const [n, index] of chunk.entries()) volumes.set(await patterns.read(index), n * 64 ** 3);
    const families = chunk.map((index) => patterns.entries[index]!.family);
    const logits = await engine.predict(volumes, chunk.length, families);
    const classes = logits.length / chunk.length;
    chunk.forEach((index, n) =>
      outcomes.push({
        logits: logits.slice(classes * n, classes * (n + 1)),
        truth: truthOf(patterns, index, names),
        ...(mixed && { target: targetOf(patterns, index, names, mixed) }),
      }),
    );
  }
  return outcomes;
}

/** Accuracy, confusion and calibration at a temperature, by the same rule that scans are judged by. */
export function summarise(outcomes: readonly Outcome[], temperature: number, classes = 3): Evaluation {
  const confusion = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  for (const { logits, truth } of outcomes) confusion[truth]![decide(softmax(logits, temperature))]! += 1;
  const right = confusion.reduce((sum, row, truth) => sum + row[truth]!, 0);
  const told = confusion.reduce(
    (sum, row, truth) => sum + row.reduce((s, n, verdict) => s + (truth > 0 === verdict > 0 ? n : 0), 0),
    0,
  );
  const patterns = outcomes.length;
  return {
    patterns,
    accuracy: patterns && right / patterns,
    twoClassAccuracy: patterns && told / patterns,
    confusion,
    loss: patterns && meanLoss(outcomes, temperature),
    calibrationError: patterns && calibrationError(outcomes, temperature),
  };
}
