import { grid, refine, worthwhile, type DropMap, type OcclusionPlan, type Place } from '@core/occlusion/occlusion';
import { decide, softmax } from '@core/verdict/verdict';
import type { Classifier } from './classifier';

/** The paper's ball; 9^3 places at first, as in its figure, and between them where something happens. */
export const PLAN: OcclusionPlan = { size: 64, radius: 13, stride: 4, coarse: 8 };

/** What of a classifier a map takes. */
export interface OcclusionTools {
  readonly classifier: Pick<Classifier, 'predict' | 'occlude'>;
  /** Of the model's calibration. */
  readonly temperature: number;
}

/** Places judged between two reports. */
const CHUNK = 32;

export interface OcclusionResult extends DropMap {
  /** Index of the class whose probability is followed: that of the verdict on the whole volume. */
  readonly named: number;
  /** Its probability for the whole volume. */
  readonly probability: number;
}

/**
 * How far the probability of the verdict falls when the surroundings of each place are masked: the whole coarse grid first, then the
 * places between where something happens.
 * @param report the map so far, after every few places; `done` of `total` in this pass. Its arrays are filled further
 * @param signal gives the map up between two reports, by throwing its reason
 */
export async function occlusionMap(
  volume: Float32Array,
  plan: OcclusionPlan,
  { classifier, temperature }: OcclusionTools,
  report: (map: OcclusionResult, done: number, total: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<OcclusionResult> {
  const whole = softmax(await classifier.predict(volume, 1), temperature);
  const named = decide(whole);
  const probability = whole[named]!;

  const pass = async (map: DropMap, places: readonly Place[], wanted: readonly number[]): Promise<void> => {
    for (let from = 0; from < wanted.length; from += CHUNK) {
      signal?.throwIfAborted();
      const chunk = wanted.slice(from, from + CHUNK);
      const logits = await classifier.occlude(
        volume,
        chunk.map((n) => places[n]!),
        plan.radius,
      );
      chunk.forEach((n, i) => {
        const left = softmax(logits.subarray(3 * i, 3 * i + 3), temperature)[named]!;
        map.drop[n] = probability - left;
        map.measured[n] = 1;
      });
      report({ ...map, named, probability }, from + chunk.length, wanted.length);
    }
  };

  const coarse = refine({ ...plan, stride: plan.coarse }, new Float32Array(grid(plan.size, plan.coarse).length));
  coarse.measured.fill(0);
  await pass(coarse, grid(plan.size, plan.coarse), [...coarse.drop.keys()]);
  if (plan.stride === plan.coarse) return { ...coarse, named, probability };
  const fine = refine(plan, coarse.drop);
  await pass(fine, grid(plan.size, plan.stride), worthwhile(fine));
  return { ...fine, named, probability };
}
