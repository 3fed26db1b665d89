/** Indices of several reflections of one cubic crystal that agree with the angles between them. */
import { angleBetween, negate, type Vec3 } from '@core/math/vector';
import { membersOf } from './second-reflection';

/** A reflection as it was named, alone, and as it was measured. */
export interface Seen {
  readonly hkl: Vec3;
  /** Unit vector along Q in the sample frame; left out where nobody knows. */
  readonly direction?: Vec3 | undefined;
}

/** Strain, a direct beam some pixels off and how well a sample is set back turn a reflection by less; those of a family lie farther apart. */
export const SAME_DIRECTION_DEG = 5;

/**
 * Names reflections by members of their families so that every two of them stand at the angle that was measured: a spacing tells a family,
 * and each of its members is called alike. The first keeps its name, and names that agree are kept. Other choices that agree as well differ
 * by a symmetry of the crystal, but for mirror images of three and more, of which the first found is as good as the other.
 * @returns undefined where directions lack, or no choice agrees
 */
export function consistentIndices(seen: readonly Seen[]): Vec3[] | undefined {
  const directions = seen.flatMap(({ direction }) => (direction ? [direction] : []));
  if (directions.length < seen.length) return undefined;
  const fits = (chosen: readonly Vec3[], next: Vec3): boolean =>
    chosen.every((g, n) => {
      const measured = angleBetween(directions[n]!, directions[chosen.length]!);
      return Math.abs(angleBetween(g, next) - measured) <= SAME_DIRECTION_DEG;
    });
  const choose = (chosen: readonly Vec3[]): Vec3[] | undefined => {
    const next = seen[chosen.length];
    if (!next) return [...chosen];
    const members = membersOf(next.hkl);
    const named = chosen.length === 0 ? [next.hkl] : [next.hkl, ...members, ...members.map(negate)];
    for (const g of named) {
      const found = fits(chosen, g) && choose([...chosen, g]);
      if (found) return found;
    }
    return undefined;
  };
  return choose([]);
}
