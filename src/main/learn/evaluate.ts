import { calibrationError, meanLoss, type Outcome } from '@core/verdict/calibration';
import { judge } from '@core/verdict/verdict';
import type { Evaluation } from '@main/engine/card';
import type { Engine } from '@main/engine/types';
import type { PatternSet } from './patterns';

const CLASSES = ['perfect', 'screw', 'edge'] as const;
const BATCH = 8;

/** What a network says of patterns, with what they are. */
export async function predictAll(engine: Engine, patterns: PatternSet, indices: readonly number[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < indices.length; from += BATCH) {
    const chunk = indices.slice(from, from + BATCH);
    const volumes = new Float32Array(chunk.length * 64 ** 3);
    for (const [n, index] of chunk.entries()) volumes.set(await patterns.read(index), n * 64 ** 3);
    const logits = await engine.predict(volumes, chunk.length);
    chunk.forEach((index, n) =>
      outcomes.push({ logits: logits.slice(3 * n, 3 * n + 3), truth: patterns.entries[index]!.label }),
    );
  }
  return outcomes;
}

/** Accuracy, confusion and calibration at a temperature, by the same rule that scans are judged by. */
export function summarise(outcomes: readonly Outcome[], temperature: number): Evaluation {
  const confusion = CLASSES.map(() => [0, 0, 0]);
  for (const { logits, truth } of outcomes) {
    confusion[truth]![CLASSES.indexOf(judge(logits, temperature).class)]! += 1;
  }
  const right = confusion.reduce((sum, row, truth) => sum + row[truth]!, 0);
  const missed = confusion[1]![0]! + confusion[2]![0]!;
  const alarmed = confusion[0]![1]! + confusion[0]![2]!;
  const patterns = outcomes.length;
  return {
    patterns,
    accuracy: patterns && right / patterns,
    twoClassAccuracy: patterns && 1 - (missed + alarmed) / patterns,
    confusion,
    loss: patterns && meanLoss(outcomes, temperature),
    calibrationError: patterns && calibrationError(outcomes, temperature),
  };
}
