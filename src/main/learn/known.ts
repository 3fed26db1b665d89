import type { z } from 'zod';
import { familyIfKnown } from '@core/network/family';
import type { knownSchema } from '@main/engine/card';
import type { Conditions } from './conditions';

export type Known = z.infer<typeof knownSchema>;

/**
 * Coherence length over the crystal's size. Where a pattern was computed on its voxels, the beam's blur is given in these: a voxel is
 * 2 pi / (D oversampling), and a length L blurs by 1 / L, see `dataset/measured`.
 * @returns undefined where it is not known; Infinity for a beam that is coherent over everything
 */
export function coherenceOf({ measured, exposure, oversampling }: Conditions): number | undefined {
  if (measured?.coherence !== undefined) return measured.coherence ?? Infinity;
  if (exposure?.coherence === undefined) return undefined;
  return exposure.coherence === 0 ? Infinity : oversampling / (2 * Math.PI * exposure.coherence);
}

/** Of the brightest voxel, or pixel of raw frames. */
export const countsOf = ({ measured, exposure, peakCounts }: Conditions): number | undefined =>
  measured?.counts ?? peakCounts ?? exposure?.counts;

const rounded = (value: number): number => Number(value.toPrecision(3));

function rangeOf(values: readonly (number | undefined)[]): [number, number] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : [rounded(Math.min(...known)), rounded(Math.max(...known))];
}

/** What a model knows, for its card: what the patterns that it was trained on are of. */
export function knownOf(conditions: readonly Conditions[]): Known {
  const families = conditions.map(({ family, hkl }) => family ?? familyIfKnown(hkl));
  const coherences = conditions.map(coherenceOf).filter((value) => value !== undefined);
  const strainRad = rangeOf(conditions.map((c) => c.strainRad));
  const counts = rangeOf(conditions.map(countsOf));
  const sizeNm = rangeOf(conditions.map((c) => c.sizeNm ?? (c.sizeAngstrom && c.sizeAngstrom / 10)));
  return {
    families: [...new Set(families.filter((name) => name !== undefined))].sort(),
    ...(strainRad && { strainRad }),
    ...(coherences.length > 0 && { leastCoherence: rounded(Math.min(...coherences, 100)) }),
    ...(counts && { counts }),
    ...(sizeNm && { sizeNm }),
  };
}
