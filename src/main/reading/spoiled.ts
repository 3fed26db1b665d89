/** A frame this much brighter than both its neighbours is a transmission error, not diffraction. */
const CORRUPT_RATIO = 100;
/** Frames with fewer counts than this may be alike by chance. */
const TELLING_COUNTS = 100;

/** So many corrupt frames may stand side by side; a Bragg peak that is as narrow falls off more slowly. */
const CORRUPT_RUN = 3;

/** Errors are few: of a scan's frames no larger share. */
const MOST_CORRUPT = 0.15;

/** So many frames without beam may lie between one and those that it is compared with. */
const LOST_RUN = 3;
/** Frames without beam hold about as little as each other. */
const DARK_RATIO = 2;

/**
 * Frames whose sum exceeds a hundredfold that of the frames before and after them (FORMATS section 3: seen at SixS); at the ends of the
 * scan there is one side only. What lies beyond a few dark frames counts for a side: beside these the peak itself is no error.
 * @param order of the frames by their angles: those recorded one after the other need not lie beside each other
 */
export function findCorrupt(sums: readonly number[], order: readonly number[] = [...sums.keys()]): number[] {
  const found = new Set<number>();
  const sumAt = (i: number): number | undefined => sums[order[i] ?? -1];
  /** The frame at `i`, or the first beyond it, further away by `step` each, next to which it is dark and which is no error itself. */
  const sideAt = (i: number, step: 1 | -1): number | undefined => {
    const next = sumAt(i);
    if (next === undefined) return undefined;
    for (let n = 1; n <= LOST_RUN; n++) {
      const far = sumAt(i + n * step);
      if (far === undefined) return next;
      if (far <= DARK_RATIO * (next + 1)) continue;
      const beyond = sumAt(i + (n + 1) * step) ?? far;
      return far > CORRUPT_RATIO * (next + 1) && far <= CORRUPT_RATIO * (beyond + 1) ? far : next;
    }
    return next;
  };
  for (let i = 0; i < order.length; i++) {
    for (let length = 1; length <= CORRUPT_RUN; length++) {
      const run = order.slice(i, i + length);
      const beside = [sideAt(i - 1, -1), sideAt(i + length, 1)].filter((sum) => sum !== undefined);
      if (run.length < length || beside.length === 0) continue;
      const limit = CORRUPT_RATIO * (Math.max(...beside) + 1);
      if (run.every((frame) => sums[frame]! > limit)) for (const frame of run) found.add(frame);
    }
  }
  // Where every second frame is dark, the others are no errors.
  return found.size > Math.max(CORRUPT_RUN, MOST_CORRUPT * order.length) ? [] : [...found].sort((a, b) => a - b);
}

/**
 * Frames that hold the counts of the one before, pixel by pixel: stored twice. No exposure repeats itself.
 * @param same compares two frames; asked only where their sums agree
 */
export function findDoubled(sums: readonly number[], same: (a: number, b: number) => boolean): number[] {
  return sums.flatMap((sum, i) => (i > 0 && sum >= TELLING_COUNTS && sum === sums[i - 1] && same(i - 1, i) ? [i] : []));
}
