/**
 * How much larger than the reduction's size the crystal is taken to be, start after start. Where strain thins its autocorrelation out the
 * size comes out too small, and the support with it: bent by 7 rad, a crystal fills twice the volume. The first two starts try both, and the
 * free error says which the others take.
 */
export const VOLUMES = [1, 1.9] as const;
/** The larger volume explains nearly anything a little better; it is taken where it is better by this much. */
const BETTER = 0.9;

/** Starts that have to be done before the others know their volume, of so many in all. */
export const firstStarts = (starts: number): number => Math.min(starts, VOLUMES.length);

/**
 * The volume of a start, over the reduction's.
 * @param start from 0
 * @param freeErrors of the first starts, as far as they are known
 */
export function volumeOfStart(start: number, freeErrors: readonly number[]): number {
  const own = VOLUMES[start];
  if (own !== undefined) return own;
  const [nominal = 1, larger = Infinity] = freeErrors;
  return larger < BETTER * nominal ? VOLUMES[1] : VOLUMES[0];
}
