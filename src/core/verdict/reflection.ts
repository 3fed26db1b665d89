import { elementNames, elements, type ElementName } from '@core/crystal/elements';
import type { Vec3 } from '@core/math/vector';

export interface Reflection {
  readonly element: ElementName;
  /** h >= k >= l >= 0: the spacing tells no more. */
  readonly hkl: Vec3;
  /** Measured spacing over the tabulated one, minus 1. */
  readonly deviation: number;
  /** Other elements with a reflection as near as the tolerance allows: the spacing alone does not tell them apart. */
  readonly alternatives: readonly ElementName[];
}

/** Strain, heating and a beam centre a few pixels off move a spacing by up to this. */
const TOLERANCE = 0.015;
/** Beyond 400, the seven metals' reflections lie so close that almost any spacing would match one. */
const LARGEST_SQUARE = 16;

/** fcc reflections: h, k, l all odd or all even. */
const reflections: readonly Vec3[] = [4, 3, 2, 1].flatMap((h) =>
  [4, 3, 2, 1, 0].flatMap((k) =>
    [4, 3, 2, 1, 0]
      .filter((l) => h >= k && k >= l && h % 2 === k % 2 && k % 2 === l % 2 && h * h + k * k + l * l <= LARGEST_SQUARE)
      .map((l): Vec3 => [h, k, l]),
  ),
);

/** A reflection of a metal whose spacing lies near a measured one. */
type Near = Pick<Reflection, 'element' | 'hkl' | 'deviation'>;

/**
 * The fcc reflections near a measured lattice spacing, the nearest first.
 * @param spacing angstrom
 * @param element only this one, where it is known
 * @param tolerance share by which it may be off
 */
export const reflectionsNear = (spacing: number, element?: string, tolerance = TOLERANCE): Near[] =>
  elementNames
    .filter((name) => element === undefined || name === element)
    .flatMap((name) =>
      reflections.map((hkl) => {
        const tabulated = elements[name].roomLatticeAngstrom / Math.hypot(...hkl);
        return { element: name, hkl, deviation: spacing / tabulated - 1 };
      }),
    )
    .filter(({ deviation }) => Math.abs(deviation) <= tolerance)
    .sort((a, b) => Math.abs(a.deviation) - Math.abs(b.deviation));

/**
 * The fcc reflection nearest to a measured lattice spacing.
 * @returns undefined when none of Al, Ag, Au, Pt, Cu, Ni, Pd lies within the tolerance, or `element` is none of them
 */
export function inferReflection(spacing: number, element?: string, tolerance = TOLERANCE): Reflection | undefined {
  const candidates = reflectionsNear(spacing, element, tolerance);
  const [best, ...others] = candidates;
  return best && { ...best, alternatives: [...new Set(others.map((other) => other.element))] };
}
