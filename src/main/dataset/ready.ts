import { createHash } from 'node:crypto';
import { BraggwatchError } from '@contract/errors';
import { buildCrystal, type BuiltCrystal } from './crystal';
import { planCrystal, type Assignment, type CrystalPlan } from './plan';
import type { Recipe } from './recipe';
import type { Discarded, Seconds } from './record';
import type { RelaxerSession } from './relaxer-session';
import { reasonToDrop, type DropReason } from './survival';
import type { SimulatedClass } from '@vocabulary/classes';

/** A crystal ready to be seen at its reflections: relaxed where the recipe says so, not strained yet. */
export interface ReadyCrystal {
  readonly plan: CrystalPlan;
  readonly crystal: BuiltCrystal;
  /** What `crystals.jsonl` says of its relaxation. */
  readonly relaxation?: object;
}

/**
 * Crystals drawn for one place of the set before it is given up. One in ten survives in the worst corner of a sensible recipe
 * (wide ribbons in small crystals); a set of thousands must not fail for bad luck.
 */
const MAX_ATTEMPTS = 200;

/** Draws, builds and, if there is a session, relaxes one crystal; tells why it is of no use where it is not. */
async function attempt(
  recipe: Recipe,
  plan: CrystalPlan,
  session: RelaxerSession | undefined,
  seconds: Seconds,
  signal: AbortSignal | undefined,
): Promise<ReadyCrystal | DropReason> {
  const begun = performance.now();
  const metal = session?.metal(plan.element);
  const built = buildCrystal(recipe.seed, plan, metal);
  const ready = performance.now();
  seconds.build += (ready - begun) / 1000;
  if (!session || !metal) return { plan, crystal: built };
  try {
    const { latticeAngstrom } = metal;
    const { relaxed, relaxer } = await session.relax(plan.element, built.positions, signal);
    const ribbon = session.tools.ribbon(plan, relaxed, latticeAngstrom);
    const reason = reasonToDrop(plan, ribbon);
    if (reason) return reason;
    const { name, text } = session.potential(plan.element);
    const potential = { name, sha256: createHash('sha256').update(text).digest('hex') };
    const { energyEv, iterations, evaluations, stopped } = relaxed;
    return {
      plan,
      crystal: { ...built, positions: relaxed.positions },
      relaxation: { relaxer, potential, latticeAngstrom, energyEv, iterations, evaluations, stopped, ribbon },
    };
  } catch (error) {
    if (!(error instanceof BraggwatchError)) throw error;
    if (error.code === 'relaxation-failed' || error.code === 'relaxer-died') return error.code;
    throw error;
  } finally {
    seconds.relax += (performance.now() - ready) / 1000;
  }
}

/**
 * A crystal for a place of the set. One whose dislocation left or turned is discarded and the place is drawn for again, from
 * the seed's path with the attempt's number: which one is taken at last depends on the recipe and the relaxer's kind alone.
 * @param seconds build and relax are added to
 * @throws BraggwatchError recipe-hopeless after many attempts
 */
export async function readyCrystal(
  recipe: Recipe,
  crystal: number,
  assignment: Assignment,
  session: RelaxerSession | undefined,
  seconds: Seconds,
  signal?: AbortSignal,
): Promise<ReadyCrystal & { readonly discarded: readonly Discarded[] }> {
  const discarded: Discarded[] = [];
  for (let number = 0; number < MAX_ATTEMPTS; number++) {
    const plan = planCrystal(recipe, crystal, assignment, number);
    const result = await attempt(recipe, plan, session, seconds, signal);
    signal?.throwIfAborted();
    if (typeof result !== 'string') return { ...result, discarded };
    discarded.push({ crystal, attempt: number, reason: result });
  }
  throw new BraggwatchError('recipe-hopeless', describe(crystal, assignment.defect, discarded));
}

function describe(crystal: number, defect: SimulatedClass, discarded: readonly Discarded[]): string {
  const reasons = [...new Set(discarded.map(({ reason }) => reason))];
  return `crystal ${crystal}, ${defect}, ${discarded.length} attempts: ${reasons.join(', ')}`;
}
