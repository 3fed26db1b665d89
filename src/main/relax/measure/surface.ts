import { BraggwatchError } from '@contract/errors';
import { fccBlock, type SurfaceName } from '@core/crystal/slab';
import type { PotentialText, Relaxer } from '../types';
import { blockRun } from './deck';

/** Thickness of the slab, angstrom: its two surfaces do not feel each other. */
export const SLAB_ANGSTROM = 60;
/** Edges along the surface, angstrom: more than the cutoff. */
export const SLAB_WIDTH_ANGSTROM = 12;
const VACUUM = 20;
const JOULE_PER_SQUARE_METRE = 16.02176634;

/** Energy of a relaxed surface, J/m^2: half of what a slab's atoms have more than as many in the bulk, over its area. */
export async function measureSurface(
  relaxer: Relaxer,
  potential: PotentialText,
  surface: SurfaceName,
): Promise<number> {
  const { latticeAngstrom, cohesiveEv } = potential.bulk;
  const block = fccBlock(surface, latticeAngstrom, [SLAB_WIDTH_ANGSTROM, SLAB_WIDTH_ANGSTROM, SLAB_ANGSTROM]);
  const commands = 'min_style cg\nminimize 0.0 1e-6 1000 10000\nprint "measured $(pe)"';
  const { log } = await relaxer.run(blockRun(block, potential, VACUUM, commands));
  const energy = Number(/^measured (.*)$/m.exec(log)?.[1]);
  if (!Number.isFinite(energy)) throw new BraggwatchError('relaxation-failed', `a {${surface}} slab has no energy`);
  const excess = energy - (block.positions.length / 3) * cohesiveEv;
  return (excess / (2 * block.edges[0] * block.edges[1])) * JOULE_PER_SQUARE_METRE;
}
