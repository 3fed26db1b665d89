import { createScatterer } from '@core/scatter/nufft';
import { assign } from './plan';
import type { Recipe } from './recipe';
import { openRelaxerSession } from './relaxer-session';
import { relaxingTools, type RelaxerChoice, type RelaxingTools } from './relaxing';
import type { ShardContext } from './shard';

/** All that a worker must know of the set. */
export interface SetJob {
  readonly recipe: Recipe;
  readonly folder: string;
  readonly relaxer: RelaxerChoice;
}

export function createContext({ recipe, folder, relaxer }: SetJob, tools: RelaxingTools = relaxingTools): ShardContext {
  const session = recipe.relaxation ? openRelaxerSession(recipe.relaxation, folder, relaxer, tools) : undefined;
  return { recipe, folder, assignments: assign(recipe), scatterer: createScatterer(), session };
}
