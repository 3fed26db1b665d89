import { stream } from '@core/random/stream';

export interface Split {
  /** Indices of patterns. */
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}
interface Entry {
  readonly crystal: string | number;
  readonly label: number;
}

/**
 * Divides patterns by crystal, never by pattern: ten spins of one crystal are nearly one pattern, and a network tested on crystals
 * it was trained on looks better than it is. Each class is divided by itself, so that every part holds all of them.
 * @param shares of the crystals of each class, for validation and for the test; the rest is for training
 */
export function splitByCrystal(
  entries: readonly Entry[],
  shares: { readonly validation: number; readonly test: number },
  seed: number,
): Split {
  const parts: Record<keyof Split, number[]> = { train: [], validation: [], test: [] };
  const labels = [...new Set(entries.map(({ label }) => label))].sort((a, b) => a - b);
  for (const label of labels) {
    const crystals = [...new Set(entries.filter((entry) => entry.label === label).map(({ crystal }) => crystal))];
    const shuffled = stream(seed, 'split', label).shuffle(crystals);
    const validation = Math.ceil(shares.validation * crystals.length);
    const test = Math.ceil(shares.test * crystals.length);
    const part = new Map(
      shuffled.map(
        (crystal, i) => [crystal, i < validation ? 'validation' : i < validation + test ? 'test' : 'train'] as const,
      ),
    );
    entries.forEach((entry, i) => {
      if (entry.label === label) parts[part.get(entry.crystal)!].push(i);
    });
  }
  return parts;
}
