import type { Likeness } from '@contract/adapting';
import type { Measured } from '@core/screening/measured';
import type { Recipe } from '@main/dataset/recipe';
import { LEAST_SCANS, recipeLike } from '@main/simulation/beamtime';

/** A recipe as it is told to whoever decides about it. */
function crystalsOf({
  elements,
  reflections,
  effectiveNm,
  exposure: { counts },
  oversampling,
  crystals,
  orientations,
}: Recipe): NonNullable<Likeness['crystals']> {
  return {
    elements: Object.entries(elements).flatMap(([name, share]) => (share > 0 ? [name] : [])),
    reflections: [...new Set(reflections)],
    sizeNm: [...(effectiveNm ?? [0, 0])],
    counts: [...counts],
    oversampling: [...oversampling],
    patterns: crystals * orientations,
  };
}

/** What judged scans say of their crystals. */
export function likenessOf(scans: readonly Measured[]): Likeness {
  const recipe = recipeLike(scans);
  return { scans: scans.length, needed: LEAST_SCANS, crystals: recipe ? crystalsOf(recipe) : null };
}
