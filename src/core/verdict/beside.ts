import { classes, twoClasses, type DefectClass } from '@vocabulary/classes';
import { decide, defectiveOf, softmax, sumOver } from './probabilities';

/** What a second model says of the same volume: whether there is a defect. */
export interface Opinion {
  readonly class: (typeof twoClasses)[number];
  /** Probability of any defect. */
  readonly defective: number;
}

/** A second model's answer. */
export interface BesideAnswer {
  readonly opinion: Opinion;
  /** What it tells. */
  readonly classes: readonly string[];
  /** One for each of them; they sum to 1. */
  readonly probabilities: readonly number[];
  /** Its share of a verdict's probabilities, where it tells the same classes. */
  readonly weight: number;
}

/**
 * How much a second model counts that tells the same classes. On raw scans of every kind of crystal the mean of `three-class` and `defects`
 * is sure of a defect or none in as many as the first is, and wrong in half of those in which it was; the more the second counts, the fewer
 * characters are sure (docs/training.md).
 */
export const WEIGHT_BESIDE = 0.3;

/**
 * The answer of a model that is asked beside the one that gives the verdict.
 * @param logits one for each class of it, perfect first
 * @throws RangeError when there is not one finite logit per class, or there are not two
 */
export function besideOf(
  logits: ArrayLike<number>,
  { classes: told, temperature }: { readonly classes: readonly string[]; readonly temperature: number },
  weight = WEIGHT_BESIDE,
): BesideAnswer {
  const probabilities = softmax(logits, temperature);
  if (told.length < 2 || probabilities.length !== told.length || probabilities.some(Number.isNaN))
    throw new RangeError(`an opinion needs ${told.length} finite logits, two at least`);
  const defective = defectiveOf(probabilities, (index) => index > 0);
  return {
    opinion: { class: twoClasses[decide([1 - defective, defective])]!, defective },
    ...{ classes: told, probabilities, weight },
  };
}

/**
 * The mean of two models' probabilities, where there is a second and it tells all classes of the first; the first one's otherwise. What the
 * second tells besides, such as defects that are no dislocations, is spread over the first one's defects alike: it says that there is one, and
 * of none of these.
 */
export function together(
  own: readonly number[],
  named: readonly DefectClass[],
  beside: BesideAnswer | undefined,
): readonly number[] {
  if (!beside || !named.every((name) => beside.classes.includes(name))) return own;
  const { classes: told, probabilities, weight } = beside;
  const defects = named.filter((name) => classes[name].defective).length;
  const others = sumOver(
    probabilities,
    [...told.keys()].filter((index) => !named.some((name) => name === told[index])),
  );
  return own.map((mine, index) => {
    const name = named[index]!;
    const theirs = probabilities[told.indexOf(name)]! + (classes[name].defective ? others / defects : 0);
    return (1 - weight) * mine + weight * theirs;
  });
}
