/**
 * How much larger than the reduction's size the first two starts take the crystal to be. Where strain thins its autocorrelation out the size
 * comes out too small, and the support with it: bent by 7 rad, a crystal fills twice the volume.
 */
const VOLUMES = [1, 1.9] as const;
/** Of so many starts or more the last one begins from a crystal without lines. */
const WITH_UNWOUND = 3;

/** What a start that is done tells those after it. */
export interface Tried {
  readonly farError: number;
  /** Of its body. */
  readonly voxels: number;
}

/**
 * Which starts run side by side, one stage after the other, since each learns from those before: the two that try the crystal's volume, those
 * that take what these found, and the one that begins from the best of all without its lines.
 */
export function stagesOf(starts: number): number[][] {
  const all = Array.from({ length: starts }, (_, start) => start);
  const last = starts - (starts < WITH_UNWOUND ? 0 : 1);
  const ends = [0, Math.min(last, VOLUMES.length), last, starts];
  return ends.slice(1).flatMap((end, n) => (end > ends[n]! ? [all.slice(ends[n], end)] : []));
}

/** Whether a start begins from the best of those before it, its lines taken out, instead of from random phases. */
export const isUnwound = (start: number, starts: number): boolean => starts >= WITH_UNWOUND && start === starts - 1;

/** The one that explains most of what it was not told. */
export const bestOf = <T extends { readonly farError: number }>(tried: readonly T[]): T | undefined =>
  tried.reduce<T | undefined>((best, each) => (best && best.farError <= each.farError ? best : each), undefined);

/**
 * The volume that a start takes the crystal to have, voxels.
 * @param nominal by the reduction's size
 * @param tried those of the stages before
 */
export function volumeOfStart(start: number, nominal: number, tried: readonly Tried[]): number {
  const own = VOLUMES[start];
  return own === undefined ? Math.max(nominal, bestOf(tried)?.voxels ?? 0) : own * nominal;
}
