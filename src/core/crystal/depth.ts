import { add, scale, type Vec3 } from '@core/math/vector';
import type { CrystalShape } from './shape';

/** Steps of the search; each takes a third off what is left. */
const STEPS = 60;
/** Places along the line among which the search begins. */
const SAMPLES = 256;

/**
 * How deep below the surface a dislocation line gets: the depth of its deepest point. Lines meet the surface at both ends; what tells one
 * near the edge of a crystal from one through its middle is how far from any facet the best of it lies.
 * @param point of the line, angstrom, crystal frame
 * @param line unit vector
 * @returns angstrom; negative where the line passes outside
 */
export function lineDepth(shape: CrystalShape, point: Vec3, line: Vec3): number {
  const depth = (t: number): number => -shape.signedDistance(...add(point, scale(line, t)));
  const reach = 2 * Math.max(...[...shape.min, ...shape.max, ...point].map(Math.abs));
  // The depth below each facet is linear along the line, so in a convex body the smallest of them has one maximum; re-entrant
  // edges and holes make several, of which samples find the highest.
  const cell = (2 * reach) / SAMPLES;
  let best = 0;
  for (let n = 1; n < SAMPLES; n++) if (depth(n * cell - reach) > depth(best * cell - reach)) best = n;
  let [low, high] = [(best - 1) * cell - reach, (best + 1) * cell - reach];
  for (let n = 0; n < STEPS; n++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (depth(a) < depth(b)) low = a;
    else high = b;
  }
  return depth((low + high) / 2);
}
