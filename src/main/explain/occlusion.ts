import {
  grid,
  refine,
  worthwhile,
  type OcclusionGrid,
  type OcclusionPlan,
  type Place,
} from '@core/occlusion/occlusion';
import { BraggwatchError } from '@contract/errors';
import { decide, defectiveAmong } from '@core/verdict/probabilities';
import { probabilitiesIn, secondOf, type Answer, type ModelFacts } from '@main/engine/answer';
import type { Volumes } from '@main/engine/service';
import type { Classifier } from '@main/models/classifier';

/** The paper's ball; 9^3 places at first, as in its figure, and between them where something happens. */
export const PLAN: OcclusionPlan = { size: 64, radius: 13, stride: 4, coarse: 8 };

/** What of a classifier a map takes. */
export interface OcclusionTools {
  readonly classifier: Pick<Classifier, 'judge' | 'occlude'>;
  /** Of the reflection that the volume shows, where it is known. */
  readonly family?: string | undefined;
}

/** Places judged between two reports. */
const CHUNK = 32;

export interface OcclusionResult extends OcclusionGrid {
  /** Which made it. */
  readonly model: ModelFacts;
  /** Index of the class whose probability is followed: that of the verdict on the whole volume. */
  readonly named: number;
  /** Its probability for the whole volume. */
  readonly probability: number;
}

/** Another model was taken into use meanwhile, or beside it: the rest of the map would not belong to its beginning. */
export class ModelChanged extends BraggwatchError {
  constructor() {
    super('model-missing', 'another model was taken into use');
  }
}

/** A map under way; its arrays are filled further. */
export interface OcclusionStep {
  readonly map: OcclusionResult;
  /** Places of this pass. */
  readonly done: number;
  readonly total: number;
}

/**
 * How far the probability of the verdict falls when the surroundings of each place are masked: the whole coarse grid first, then the
 * places between where something happens. Yields after every few places, the whole map last; nothing happens until the next step is
 * asked for, so that a map is paused by asking for none.
 * @throws ModelChanged between two steps
 */
export async function* occlusionSteps(
  volume: Volumes,
  plan: OcclusionPlan,
  { classifier, family }: OcclusionTools,
): AsyncGenerator<OcclusionStep, void> {
  const answer = await classifier.judge(volume, 1, [family]);
  const { model } = answer;
  const whole = probabilitiesIn(answer);
  const named = decide(whole, defectiveAmong(model.classes));
  const probability = whole[named]!;
  const about = { named, probability, model };
  const same = ({ model: now }: Answer): boolean =>
    now.hash === model.hash && secondOf(now)?.hash === secondOf(model)?.hash;

  async function* pass(
    map: OcclusionGrid,
    places: readonly Place[],
    wanted: readonly number[],
  ): AsyncGenerator<OcclusionStep, void> {
    for (let from = 0; from < wanted.length; from += CHUNK) {
      const chunk = wanted.slice(from, from + CHUNK);
      const masked = await classifier.occlude(
        volume,
        chunk.map((n) => places[n]!),
        plan.radius,
        family,
      );
      if (!same(masked)) throw new ModelChanged();
      chunk.forEach((n, i) => {
        map.drop[n] = probability - probabilitiesIn(masked, i)[named]!;
        map.measured[n] = 1;
      });
      yield { map: { ...map, ...about }, done: from + chunk.length, total: wanted.length };
    }
  }

  const coarse = refine({ ...plan, stride: plan.coarse }, new Float32Array(grid(plan.size, plan.coarse).length));
  coarse.measured.fill(0);
  yield* pass(coarse, grid(plan.size, plan.coarse), [...coarse.drop.keys()]);
  if (plan.stride === plan.coarse) return;
  const fine = refine(plan, coarse.drop);
  const wanted = worthwhile(fine);
  // Where nothing happens anywhere, this is the last of it.
  yield { map: { ...fine, ...about }, done: 0, total: wanted.length };
  yield* pass(fine, grid(plan.size, plan.stride), wanted);
}

/**
 * The whole map at once, see {@link occlusionSteps}.
 * @param report the map so far, after every few places; `done` of `total` in this pass
 */
export async function occlusionMap(
  volume: Volumes,
  plan: OcclusionPlan,
  tools: OcclusionTools,
  report: (map: OcclusionResult, done: number, total: number) => void = () => undefined,
): Promise<OcclusionResult> {
  let last: OcclusionResult | undefined;
  for await (const { map, done, total } of occlusionSteps(volume, plan, tools)) {
    last = map;
    report(map, done, total);
  }
  // The coarse grid is never empty.
  return last!;
}
