import { classes, type DefectClass } from '@vocabulary/classes';

/**
 * Softmax of logits at a temperature. Above 1 it takes back the over-confidence that training leaves (Guo et al. 2017).
 * @returns numbers of at least 0 that sum to 1
 */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const top = Math.max(...scaled);
  const powers = scaled.map((logit) => Math.exp(logit - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Whether the class of an index is a defect. @param told classes in the order of their probabilities */
export const defectiveAmong =
  (told: readonly DefectClass[]) =>
  (index: number): boolean =>
    classes[told[index]!].defective;

/**
 * The class that probabilities speak for. Defective is decided first (the networks are better at it than at screw against edge, paper,
 * Supplementary Fig. 7); then the likeliest of those.
 * @param probabilities one per class; they sum to 1
 * @param isDefective whether the class of an index is; all but the first, as in the paper's networks, when left out
 * @returns its index
 */
export function decide(
  probabilities: readonly number[],
  isDefective: (index: number) => boolean = (index) => index > 0,
): number {
  const indices = [...probabilities.keys()];
  const defects = indices.filter(isDefective);
  // By this number alone, which the verdict shows: compared with the perfect one, rounding could name another class at a tie.
  const defective = sumOver(probabilities, defects);
  const among = defective <= 0.5 ? indices.filter((index) => !isDefective(index)) : defects;
  return among.reduce((best, index) => (probabilities[index]! > probabilities[best]! ? index : best));
}

export const sumOver = (values: readonly number[], indices: readonly number[]): number =>
  indices.reduce((sum, index) => sum + values[index]!, 0);

/** Probability of any defect. Rounding takes a sum of nearly all no higher than 1. */
export const defectiveOf = (probabilities: readonly number[], isDefective: (index: number) => boolean): number =>
  Math.min(1, sumOver(probabilities, [...probabilities.keys()].filter(isDefective)));
