import { describe } from './descriptors';
import { distanceTo, fitGaussians, type Gaussians } from './gaussian';

/** One view on how far a volume is from those trained on. */
export interface Yardstick extends Gaussians {
  /** Distance that this share of unseen patterns of the same kind stays within, see {@link SHARE}. */
  readonly threshold: number;
}
/** What the patterns that a model was trained on look like: to the network, and to a physicist. */
export interface Familiarity {
  readonly features: Yardstick;
  readonly volume: Yardstick;
}
/** A pattern's two descriptions. */
export interface Portrait {
  readonly features: ArrayLike<number>;
  readonly volume: ArrayLike<number>;
  readonly label: number;
}

/** One in a hundred good patterns is called strange by either view. */
const SHARE = 0.99;

/** @returns the value that the share of them stays within */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length))]!;
}

function yardstick(
  train: readonly Portrait[],
  validation: readonly Portrait[],
  view: 'features' | 'volume',
): Yardstick {
  const gaussians = fitGaussians(
    train.map((portrait) => portrait[view]),
    train.map(({ label }) => label),
  );
  const distances = validation.map((portrait) => distanceTo(gaussians, portrait[view]));
  return { ...gaussians, threshold: Number(quantile(distances, SHARE).toPrecision(6)) };
}

/**
 * Learns what is familiar from patterns trained on, and where strange begins from patterns that were not (Lee et al., 'A simple unified
 * framework for detecting out-of-distribution samples', 2018, for the network's view).
 * @throws RangeError when either set is empty
 */
export function learnFamiliarity(train: readonly Portrait[], validation: readonly Portrait[]): Familiarity {
  if (validation.length === 0) throw new RangeError('no patterns to set the threshold by');
  return { features: yardstick(train, validation, 'features'), volume: yardstick(train, validation, 'volume') };
}

/**
 * Distance from training: how far a volume lies from those trained on, in units of what is usual. Above 1 it is strange, and no verdict
 * on it is to be relied upon.
 * @param volume edge^3, as the network gets it
 * @param features the network's, of this volume
 */
export function novelty(familiarity: Familiarity, volume: ArrayLike<number>, features: ArrayLike<number>): number {
  return Math.max(
    distanceTo(familiarity.features, features) / familiarity.features.threshold,
    distanceTo(familiarity.volume, describe(volume)) / familiarity.volume.threshold,
  );
}
