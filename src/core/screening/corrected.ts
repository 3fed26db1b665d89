import { dirichlet } from '@core/random/gamma';
import { stream } from '@core/random/stream';
import { nearestShares } from './simplex';
import type { Share } from './wilson';

/** Draws behind an interval: its ends then scatter by about a twentieth of its width. */
const DRAWS = 400;
const TAIL = 0.025;
/**
 * Counts added before drawing, so that what was never seen is still possible: one of each class to the verdicts (Laplace), half of one
 * to the test (Jeffreys). In simulated beamtimes of 120 particles the intervals then cover the truth in 94 to 97 of 100.
 */
const PRIOR = { verdicts: 1, test: 0.5 } as const;
/** Fixed, so that the same counts give the same interval. */
const SEED = 1978;

/** Shares of the classes, and of all but the first: the defective ones. */
export interface CorrectedShares {
  readonly classes: readonly Share[];
  readonly defective: Share;
}

/**
 * What share of the particles is of each class, when the verdicts err as a test on known crystals says. The prevalence estimator of
 * Rogan and Gladen (Am. J. Epidemiol. 107 (1978) 71), for several classes: the shares, none negative and summing to 1, which seen
 * through the confusion matrix come closest to the counts.
 *
 * The 95 % intervals are the middle of what is found when counts and confusion matrix are drawn anew from what is known of them
 * (Dirichlet distributions): they hold the uncertainty of the counting and of the test. They do not hold what the test set lacks;
 * measured crystals unlike it are confused otherwise.
 * @param counts verdicts of each class
 * @param confusion counts of the test: rows truth, columns verdict
 * @returns undefined without a verdict, or where a class was never tested
 */
export function correctedShares(
  counts: readonly number[],
  confusion: readonly (readonly number[])[],
  draws = DRAWS,
): CorrectedShares | undefined {
  const total = sum(counts);
  if (total === 0 || confusion.length !== counts.length || confusion.some((row) => sum(row) === 0)) return undefined;
  const shares = nearestShares(confusion.map(normalised), normalised(counts));
  const random = stream(SEED, 'corrected');
  const drawn = Array.from({ length: draws }, () =>
    nearestShares(
      confusion.map((row) =>
        dirichlet(
          row.map((n) => n + PRIOR.test),
          random,
        ),
      ),
      dirichlet(
        counts.map((n) => n + PRIOR.verdicts),
        random,
      ),
    ),
  );
  return {
    classes: shares.map((value, t) =>
      around(
        value,
        drawn.map((each) => each[t]!),
      ),
    ),
    defective: around(
      1 - shares[0]!,
      drawn.map((each) => 1 - each[0]!),
    ),
  };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const normalised = (values: readonly number[]): number[] => values.map((value) => value / sum(values));

/** The middle 95 % of the draws, widened to hold the value itself, which may lie at an end where draws never come. */
function around(value: number, draws: number[]): Share {
  const sorted = Float64Array.from(draws).sort();
  const cut = Math.floor(TAIL * (sorted.length - 1));
  const [low, high] = [sorted[cut]!, sorted[sorted.length - 1 - cut]!];
  return { value, low: Math.max(0, Math.min(value, low)), high: Math.min(1, Math.max(value, high)) };
}
