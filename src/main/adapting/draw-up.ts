import { BraggwatchError } from '@contract/errors';
import { networkNameSchema } from '@contract/training';
import type { Measured } from '@core/screening/measured';
import { modelFolder, readCard } from '@main/engine/model';
import { recipeLike } from '@main/simulation/beamtime';
import { PER_KIND } from './kinds';
import { optionsFor } from './options';
import { writePlan, type Plan } from './plan';

export interface Wanted extends Pick<Plan, 'folder' | 'model' | 'start'> {
  /** Of the set; as many as half an hour allows when left out. */
  readonly crystals?: number | undefined;
  readonly perKind?: number | undefined;
}

/**
 * Draws up, and keeps, what a network for crystals like those measured is made of.
 * @throws BraggwatchError adapting-too-few; model-missing, model-invalid of the one that it begins with
 */
export async function drawUp(
  scans: readonly Measured[],
  { crystals, perKind = PER_KIND, ...where }: Wanted,
): Promise<Plan> {
  const recipe = recipeLike(scans);
  if (!recipe) throw new BraggwatchError('adapting-too-few');
  const { network } = await readCard(modelFolder(where.start));
  const plan = {
    ...where,
    recipe: crystals === undefined ? recipe : { ...recipe, crystals },
    ...{ network: networkNameSchema.parse(network.name), options: optionsFor(network), perKind },
  };
  await writePlan(plan);
  return plan;
}
