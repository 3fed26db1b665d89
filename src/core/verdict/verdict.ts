import { classes, type DefectClass, type Probabilities } from '@vocabulary/classes';
import type { Doubt } from '@vocabulary/doubts';
import { together, type BesideAnswer } from './beside';
import { decide, defectiveAmong, defectiveOf, softmax } from './probabilities';

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
 * The calibrated probabilities that a verdict goes by, one for each class of the model, see {@link together}.
 * @throws RangeError when there is not one finite logit per class
 */
export function probabilitiesOf(
  logits: ArrayLike<number>,
  { classes: told, temperature }: JudgingModel,
  beside?: BesideAnswer,
): readonly number[] {
  const own = softmax(logits, temperature);
  if (own.length !== told.length || own.some(Number.isNaN))
    throw new RangeError(`a verdict needs ${told.length} finite logits`);
  return together(own, told, beside);
}

/**
 * The verdict on one volume, see {@link decide}.
 * @param logits one per class of the model
 * @param novelty distance from training, where the model tells
 * @param beside the answer of a second model, where there is one: its share in the probabilities, where it tells the same classes, and whether it
 * contradicts
 * @param before doubts that the volume itself brings along
 * @throws RangeError when there is not one finite logit per class, or the model does not tell `perfect`
 */
export function judge(
  logits: ArrayLike<number>,
  model: JudgingModel,
  novelty?: number,
  beside?: BesideAnswer,
  before: readonly Doubt[] = [],
): Judgement {
  const p = probabilitiesOf(logits, model, beside);
  const isDefective = defectiveAmong(model.classes);
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
  if (beside && (beside.opinion.class === 'perfect') !== !classes[named].defective) doubts.push('models-disagree');
  return {
    class: named,
    defective,
    probabilities,
    sure: doubts.length === 0,
    ...(doubts.length > 0 && { doubts }),
    ...(novelty !== undefined && { novelty }),
  };
}
