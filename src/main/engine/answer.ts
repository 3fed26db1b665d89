import type { Problem } from '@contract/errors';
import { besideOf, type BesideAnswer } from '@core/verdict/beside';
import { probabilitiesOf } from '@core/verdict/verdict';
import type { DefectClass } from '@vocabulary/classes';
import type { Beside } from './beside';

/** What the app needs to know of the model in use. */
export interface ModelFacts {
  readonly name: string;
  /** SHA-256 of the weights. */
  readonly hash: string;
  readonly engine: string;
  readonly summary: string;
  /** Why not to rely on it; null for a model to rely on. */
  readonly provisional: string | null;
  readonly temperature: number;
  /** What its logits stand for, in their order. */
  readonly classes: readonly DefectClass[];
  /** Smallest and largest oversampling it was trained on. */
  readonly oversampling: readonly [number, number];
  /** Families of the reflections it was trained on; undefined where its card does not say. */
  readonly families?: readonly string[] | undefined;
  /** The second model beside, or why it is not in use; undefined where none was asked for. */
  readonly beside?: BesideFacts | undefined;
  /** Counts of its test on unseen crystals: rows truth, columns verdict. */
  readonly confusion: readonly (readonly number[])[];
}
export type BesideFacts = Beside['facts'] | { readonly problem: Problem };

/** What the model in use says of some volumes, and the second one where there is one. */
export interface Answer {
  /** Which made it: another may have been taken into use since it was asked. */
  readonly model: ModelFacts;
  /** Volumes x classes. */
  readonly logits: Float32Array;
  /** Of the second model, volumes x its classes. */
  readonly beside?: Float32Array | undefined;
}

/** The second model, where it is in use. */
export const secondOf = ({ beside }: ModelFacts): Beside['facts'] | undefined =>
  beside && !('problem' in beside) ? beside : undefined;

const rowOf = (logits: Float32Array, n: number, { length }: readonly unknown[]): Float32Array =>
  logits.subarray(n * length, (n + 1) * length);

/** What the second model says of volume `n`, where there is one. */
export function besideIn({ model, beside }: Answer, n = 0): BesideAnswer | undefined {
  const second = secondOf(model);
  return second && beside && besideOf(rowOf(beside, n, second.classes), second);
}

/** The probabilities that a verdict on volume `n` goes by, one for each class of the model. */
export const probabilitiesIn = (answer: Answer, n = 0): readonly number[] =>
  probabilitiesOf(rowOf(answer.logits, n, answer.model.classes), answer.model, besideIn(answer, n));
