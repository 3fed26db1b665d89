import { softmax } from './probabilities';

/** Logits of one pattern and the index of its true class. */
export interface Outcome {
  readonly logits: ArrayLike<number>;
  readonly truth: number;
  /** Shares of what the pattern is, one per class, where it is something of two; all of it its true class when left out. */
  readonly target?: readonly number[];
}

const shareOf = ({ truth, target }: Outcome, index: number): number =>
  target ? target[index]! : index === truth ? 1 : 0;

/** Mean negative logarithm of the probability given to the truth. */
export function meanLoss(outcomes: readonly Outcome[], temperature: number): number {
  const total = outcomes.reduce((sum, outcome) => {
    // Through the log-sum-exp, since the softmax itself may round to 0.
    const scaled = Array.from(outcome.logits, (z) => z / temperature);
    const top = Math.max(...scaled);
    const said = scaled.reduce(
      (s, z, index) => s + (shareOf(outcome, index) === 0 ? 0 : shareOf(outcome, index) * z),
      0,
    );
    return sum + top + Math.log(scaled.reduce((s, z) => s + Math.exp(z - top), 0)) - said;
  }, 0);
  return total / outcomes.length;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const RANGE: readonly [number, number] = [0.25, 8];

/**
 * The temperature at which the loss on unseen patterns is least (Guo et al., 'On calibration of modern neural networks', 2017),
 * by golden-section search over its logarithm: the loss has one minimum there.
 * @returns 0.25 to 8
 * @throws RangeError when there are no outcomes
 */
export function fitTemperature(outcomes: readonly Outcome[]): number {
  if (outcomes.length === 0) throw new RangeError('no outcomes to calibrate on');
  let [low, high] = RANGE.map(Math.log) as [number, number];
  const at = (x: number): number => meanLoss(outcomes, Math.exp(x));
  while (high - low > 1e-4) {
    const a = high - GOLDEN * (high - low);
    const b = low + GOLDEN * (high - low);
    if (at(a) < at(b)) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

/**
 * Expected calibration error: how far the probability of the likeliest class is from how often it is right, over equal bins.
 * @returns 0 (honest) to 1
 */
export function calibrationError(outcomes: readonly Outcome[], temperature: number, bins = 15): number {
  const surplus = new Float64Array(bins);
  for (const outcome of outcomes) {
    const p = softmax(outcome.logits, temperature);
    const top = Math.max(...p);
    const bin = Math.min(bins - 1, Math.floor(top * bins));
    surplus[bin]! += top - shareOf(outcome, p.indexOf(top));
  }
  return surplus.reduce((sum, value) => sum + Math.abs(value), 0) / outcomes.length;
}
