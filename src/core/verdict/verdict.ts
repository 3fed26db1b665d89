import { defectClasses } from '@core/network/description';

/** Probabilities in the order of every model's classes. */
export interface ClassProbabilities {
  readonly perfect: number;
  readonly screw: number;
  readonly edge: number;
}

/** Why a verdict is not sure: its class is not probable enough, the volume is strange, or the model beside says otherwise. */
export type Doubt = 'probability' | 'unlike-training' | 'models-disagree';

/** What a two-class model says of the same volume. */
export interface Opinion {
  readonly class: 'perfect' | 'defective';
  /** Probability of any dislocation. */
  readonly defective: number;
}

/** What a network says of one volume. */
export interface Judgement {
  readonly class: keyof ClassProbabilities;
  /** Probability of any dislocation: screw + edge. */
  readonly defective: number;
  readonly probabilities: ClassProbabilities;
  /**
   * The class named has at least {@link SURE} of calibrated probability, the volume is like those trained on, and the model beside,
   * where there is one, agrees.
   */
  readonly sure: boolean;
  /** Why not; left out where it is. */
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
 * Supplementary Fig. 7); then the likelier of the two.
 * @param probabilities of perfect, screw, edge, or of perfect, defective; they sum to 1
 * @returns its index
 */
export function decide([, ...defects]: readonly number[]): number {
  const defective = defects.reduce((a, b) => a + b, 0);
  // By this number alone, which the verdict shows: compared with the perfect one, rounding could name another class at a tie.
  return defective <= 0.5 ? 0 : 1 + defects.indexOf(Math.max(...defects));
}

/**
 * The opinion of a two-class model.
 * @param logits perfect, defective
 * @throws RangeError when there are not two finite logits
 */
export function opinionOf(logits: ArrayLike<number>, temperature: number): Opinion {
  const [perfect, defective] = softmax(logits, temperature);
  if (perfect === undefined || defective === undefined || logits.length !== 2 || Number.isNaN(perfect)) {
    throw new RangeError('an opinion needs two finite logits');
  }
  return { class: decide([perfect, defective]) === 0 ? 'perfect' : 'defective', defective };
}

/**
 * What speaks against relying on a verdict.
 * @param probability calibrated, of the class that is named
 * @param novelty distance from training, where the model tells
 */
export function doubtsOf(probability: number, novelty = 0): Doubt[] {
  return [
    ...(probability < SURE ? (['probability'] as const) : []),
    ...(novelty > 1 ? (['unlike-training'] as const) : []),
  ];
}

/**
 * The verdict on one volume, see {@link decide}.
 * @param logits one per class: perfect, screw, edge
 * @param temperature of the model's calibration, from its card
 * @param novelty distance from training, where the model tells
 * @param beside the opinion of a two-class model, where there is one
 * @throws RangeError when there are not three finite logits
 */
export function judge(logits: ArrayLike<number>, temperature: number, novelty?: number, beside?: Opinion): Judgement {
  const [perfect, screw, edge] = softmax(logits, temperature);
  if (
    perfect === undefined ||
    screw === undefined ||
    edge === undefined ||
    logits.length !== 3 ||
    Number.isNaN(perfect)
  ) {
    throw new RangeError('a verdict needs three finite logits');
  }
  const probabilities = { perfect, screw, edge };
  const defective = Math.min(1, screw + edge);
  const named = defectClasses[decide([perfect, screw, edge])]!;
  const doubts = doubtsOf(probabilities[named], novelty);
  if (beside && (beside.class === 'perfect') !== (named === 'perfect')) doubts.push('models-disagree');
  return {
    class: named,
    defective,
    probabilities,
    sure: doubts.length === 0,
    ...(doubts.length > 0 && { doubts }),
    ...(novelty !== undefined && { novelty }),
  };
}
