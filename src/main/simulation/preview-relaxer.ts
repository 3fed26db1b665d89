import type { RelaxationFacts } from '@contract/simulation';
import type { Recipe } from '@main/dataset/recipe';
import type { RelaxingTools } from '@main/dataset/relaxing';
import { reasonToDrop } from '@main/dataset/survival';
import { energyTolerance } from '@main/relax/tolerance';
import type { Relaxer } from '@main/relax/types';
import type { Built } from './build';

/** What LAMMPS made of the crystal. */
export interface Relaxed {
  readonly positions: Float64Array;
  readonly structure: Uint8Array;
  readonly facts: RelaxationFacts;
}

/** LAMMPS for previews: one crystal at a time, kept loaded between them. */
export interface PreviewRelaxer {
  /** @throws BraggwatchError engine-unavailable, potential-invalid, relaxation-failed, relaxer-died; the abort's reason */
  relax(recipe: Recipe, built: Built): Promise<Relaxed>;
  /** Gives up the crystal under way, if there is one. */
  cancel(): void;
}

export function createPreviewRelaxer(tools: RelaxingTools): PreviewRelaxer {
  let relaxer: Relaxer | undefined;
  let running: AbortController | undefined;
  return {
    async relax(recipe, built) {
      const { plan, crystal, latticeAngstrom } = built;
      const relaxation = recipe.relaxation!;
      const abort = new AbortController();
      running = abort;
      const begun = performance.now();
      const table = tools.potential(relaxation, plan.element);
      const by = (relaxer ??= tools.createRelaxer('auto'));
      const tolerance = energyTolerance(crystal.positions.length / 3, relaxation.energyTolerance);
      const job = { potential: table, energyTolerance: tolerance, maxIterations: relaxation.maxIterations };
      const relaxed = await by.relax({ ...job, positions: crystal.positions }, abort.signal);
      abort.signal.throwIfAborted();
      const { positions, structure, energyEv, iterations, stopped } = relaxed;
      const dropped = reasonToDrop(plan, tools.ribbon(plan, relaxed, latticeAngstrom)) ?? null;
      const seconds = (performance.now() - begun) / 1000;
      const facts = {
        kind: by.kind,
        energyEv: [...energyEv] as [number, number],
        iterations,
        stopped,
        dropped,
        seconds,
      };
      return { positions, structure, facts };
    },
    cancel: () => running?.abort(new Error('another crystal was asked for')),
  };
}
