/** Larger values tell nothing more: ten times a logarithm to a thousand times one have their first levels below. */
const HIGHEST = 1024;
/** Voxels of a value that make it a level, and the part of a level's that may lie between two. */
const ENOUGH = 30;
const BETWEEN = 0.02;
const LEVELS = 4;

/**
 * What whole numbers are that are no counts but their square roots or logarithms, times a factor. Those of 1, 2, 3 and 4 counts lie ever
 * closer together, with nothing between them; counts have no gaps, and a detector's units for a photon have even ones.
 * @param values of many voxels, few of them bright
 */
export function compressedCounts(values: Iterable<number>): 'logarithms' | 'square roots' | undefined {
  const times = new Uint32Array(HIGHEST);
  for (const value of values) if (value > 0 && value < HIGHEST && Number.isInteger(value)) times[value]!++;
  const levels: number[] = [];
  let between = 0;
  for (let value = 1; value < HIGHEST && levels.length < LEVELS; value++) {
    if (times[value]! >= ENOUGH) levels.push(value);
    else between += times[value]!;
  }
  const [one, two, three, four] = levels;
  if (one === undefined || two === undefined || three === undefined || four === undefined) return undefined;
  if (between > BETWEEN * times[four]!) return undefined;
  const gaps = [one, two - one, three - two, four - three] as const;
  // Also a detector that suppresses small counts has its first level apart: the next gaps must shrink as well.
  const shrinking = gaps[0] > 1.3 * gaps[1] && gaps[1] > gaps[2] && gaps[2] >= gaps[3];
  if (!shrinking) return undefined;
  return two / one > 1.5 ? 'logarithms' : 'square roots';
}
