/** A frame this much brighter than both its neighbours is a transmission error, not diffraction. */
const CORRUPT_RATIO = 100;
/** Frames with fewer counts than this may be alike by chance. */
const TELLING_COUNTS = 100;

/**
 * Frames whose sum exceeds both neighbours' a hundredfold (FORMATS section 3: seen at SixS).
 * @param order of the frames by their angles: those recorded one after the other need not lie beside each other
 */
export function findCorrupt(sums: readonly number[], order: readonly number[] = [...sums.keys()]): number[] {
  const found = order.filter((frame, i) => {
    const [before, after] = [sums[order[i - 1] ?? -1], sums[order[i + 1] ?? -1]];
    if (before === undefined || after === undefined) return false;
    return sums[frame]! > CORRUPT_RATIO * (Math.max(before, after) + 1);
  });
  return found.sort((a, b) => a - b);
}

/**
 * Frames that hold the counts of the one before, pixel by pixel: stored twice. No exposure repeats itself.
 * @param same compares two frames; asked only where their sums agree
 */
export function findDoubled(sums: readonly number[], same: (a: number, b: number) => boolean): number[] {
  return sums.flatMap((sum, i) => (i > 0 && sum >= TELLING_COUNTS && sum === sums[i - 1] && same(i - 1, i) ? [i] : []));
}
