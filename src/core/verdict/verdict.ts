import { classes, twoClasses, type DefectClass, type Probabilities } from '@vocabulary/classes';
import type { Doubt } from '@vocabulary/doubts';

/** What a second model says of the same volume: whether there is a defect. */
export interface Opinion {
  readonly class: (typeof twoClasses)[number];
  /** Probability of any defect. */
  readonly defective: number;
}

/** What a network says of one volume. */
export interface Judgement {
  readonly class: DefectClass;
  /** Probability of any defect: the sum over the card's defective classes. */
  readonly defective: number;
  readonly probabilities: Probabilities;
  /**
   * The class named has at least {@link SURE} of calibrated probability, the volume is like those trained on, and the model beside,
   * where there is one, agrees.
   */
  readonly sure: boolean;
  /** Why not; left out where it is. Which of these leave it certain that there is a defect, `isDefectSure` says. */
  readonly doubts?: Doubt[];
  /** Distance from training, see `novelty`: strange above 1. Left out where the model does not tell. */
  readonly novelty?: number;
}

/** Nine in ten: of verdicts given at this calibrated probability, at most one in ten is wrong. */
export const SURE = 0.9;

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

const sumOver = (values: readonly number[], indices: readonly number[]): number =>
  indices.reduce((sum, index) => sum + values[index]!, 0);

/** Probability of any defect. Rounding takes a sum of nearly all no higher than 1. */
export const defectiveOf = (probabilities: readonly number[], isDefective: (index: number) => boolean): number =>
  Math.min(1, sumOver(probabilities, [...probabilities.keys()].filter(isDefective)));

/**
 * The opinion of a model that is asked beside the one that gives the verdict.
 * @param logits perfect, then one per defect that it tells
 * @throws RangeError when there are not two finite logits or more
 */
export function opinionOf(logits: ArrayLike<number>, temperature: number): Opinion {
  const p = softmax(logits, temperature);
  if (p.length < 2 || p.some(Number.isNaN)) throw new RangeError('an opinion needs two finite logits or more');
  const defective = defectiveOf(p, (index) => index > 0);
  return { class: twoClasses[decide([1 - defective, defective])]!, defective };
}

/**
 * What speaks against relying on a verdict.
 * @param probability calibrated, of the class that is named
 * @param side calibrated, of there being a defect or none, as the class has it
 * @param novelty distance from training, where the model tells
 */
export function doubtsOf(probability: number, side: number, novelty = 0): Doubt[] {
  const improbable: Doubt[] = side < SURE ? ['probability'] : probability < SURE ? ['character'] : [];
  return [...improbable, ...(novelty > 1 ? (['unlike-training'] as const) : [])];
}

/** What of a model's card a verdict goes by. */
export interface JudgingModel {
  /** What its logits stand for, in their order. */
  readonly classes: readonly DefectClass[];
  /** Of its calibration. */
  readonly temperature: number;
}

/**
 * The verdict on one volume, see {@link decide}.
 * @param logits one per class of the model
 * @param novelty distance from training, where the model tells
 * @param beside the opinion of a second model, where there is one
 * @param before doubts that the volume itself brings along
 * @throws RangeError when there is not one finite logit per class, or the model does not tell `perfect`
 */
export function judge(
  logits: ArrayLike<number>,
  model: JudgingModel,
  novelty?: number,
  beside?: Opinion,
  before: readonly Doubt[] = [],
): Judgement {
  const p = softmax(logits, model.temperature);
  if (p.length !== model.classes.length || p.some(Number.isNaN)) {
    throw new RangeError(`a verdict needs ${model.classes.length} finite logits`);
  }
  const isDefective = (index: number): boolean => classes[model.classes[index]!].defective;
  const perfect = p[model.classes.indexOf('perfect')];
  if (perfect === undefined) throw new RangeError('a model that gives verdicts tells perfect');
  // Spelt into the record in the card's order, which is the order that lines are printed in.
  const probabilities: Probabilities = Object.assign(
    Object.fromEntries(model.classes.map((name, index) => [name, p[index]!])),
    { perfect },
  );
  const defective = defectiveOf(p, isDefective);
  const index = decide(p, isDefective);
  const named = model.classes[index]!;
  const side = isDefective(index) ? defective : 1 - defective;
  const doubts = [...doubtsOf(p[index]!, side, novelty), ...before];
  if (beside && (beside.class === 'perfect') !== !classes[named].defective) doubts.push('models-disagree');
  return {
    class: named,
    defective,
    probabilities,
    sure: doubts.length === 0,
    ...(doubts.length > 0 && { doubts }),
    ...(novelty !== undefined && { novelty }),
  };
}
