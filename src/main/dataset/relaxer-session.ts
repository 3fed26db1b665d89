import { BraggwatchError } from '@contract/errors';
import type { ElementName, Metal } from '@core/crystal/elements';
import { energyTolerance } from '@main/relax/tolerance';
import type { PotentialText, Relaxation, Relaxer, RelaxerKind } from '@main/relax/types';
import { relaxerOf, settleRelaxer } from './folder';
import type { RelaxationRecipe } from './recipe';
import { metalOf, type RelaxerChoice, type RelaxingTools } from './relaxing';

/** LAMMPS and potentials for one worker's crystals. */
export interface RelaxerSession {
  readonly tools: RelaxingTools;
  potential(element: ElementName): PotentialText;
  /** What crystals of the element are built by. */
  metal(element: ElementName): Metal;
  /**
   * Relaxes; where LAMMPS dies, once more by a fresh one.
   * @param signal ends LAMMPS, too
   * @returns the relaxed crystal and who relaxed it
   * @throws BraggwatchError relaxer-died when the fresh one died as well; relaxation-failed
   */
  relax(
    element: ElementName,
    positions: Float64Array,
    signal?: AbortSignal,
  ): Promise<{ readonly relaxed: Relaxation; readonly relaxer: { kind: RelaxerKind; version: string } }>;
  close(): void;
}

/**
 * Opens LAMMPS when the first crystal needs it, of the kind that the set was begun with.
 * @param folder of the set
 */
export function openRelaxerSession(
  recipe: RelaxationRecipe,
  folder: string,
  choice: RelaxerChoice,
  tools: RelaxingTools,
): RelaxerSession {
  const potentials = new Map<ElementName, PotentialText>();
  let running: Relaxer | undefined;

  const start = (): Relaxer => {
    const relaxer = tools.createRelaxer(choice === 'auto' ? (relaxerOf(folder) ?? 'auto') : choice);
    running = relaxer;
    settleRelaxer(folder, relaxer.kind);
    return relaxer;
  };
  const close = (): void => {
    running?.close();
    running = undefined;
  };
  const potential = (element: ElementName): PotentialText => {
    const known = potentials.get(element) ?? tools.potential(recipe, element);
    potentials.set(element, known);
    return known;
  };

  return {
    tools,
    potential,
    metal: (element) => metalOf(recipe, element, potential(element)),
    close,
    async relax(element, positions, signal) {
      const { maxIterations } = recipe;
      const tolerance = energyTolerance(positions.length / 3, recipe.energyTolerance);
      for (let tries = 1; ; tries++) {
        const by = running ?? start();
        try {
          const job = { positions, potential: potential(element), energyTolerance: tolerance, maxIterations };
          const relaxed = await by.relax(job, signal);
          return { relaxed, relaxer: { kind: by.kind, version: await by.version() } };
        } catch (error) {
          signal?.throwIfAborted();
          if (!(error instanceof BraggwatchError && error.code === 'relaxer-died')) throw error;
          close();
          if (tries === 2) throw error;
        }
      }
    },
  };
}
