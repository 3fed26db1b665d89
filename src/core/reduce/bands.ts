/** Rows or columns [first, last) that never count, all across the frame. */
export type Band = readonly [number, number];

export interface Bands {
  readonly rows: readonly Band[];
  readonly cols: readonly Band[];
}

/** Counts of a whole line over all frames: where both lines beside a band have as many, none in it is no chance. */
const LIT = 60;
/** Chips stand at least so many pixels apart; a single line may be the minimum between the fringes of a crystal with straight edges. */
const NARROWEST = 2;

/**
 * The gaps between a detector's chips as the frames show them: lines without one count between lines that have many. A minimum
 * between fringes is none, for it is not empty over all frames and from one edge to the other.
 * @param sum counts of each pixel over all frames, rows x cols
 * @param mask rows x cols, anything but 0 is masked; what is masked all across may be a part of a gap, but is none by itself
 */
export function findBands(sum: Float32Array, mask: Uint8Array, rows: number, cols: number): Bands {
  const lines = (count: number, length: number, along: number, step: number): Line[] =>
    Array.from({ length: count }, (_, line) => {
      let [counts, seen] = [0, 0];
      for (let i = 0, p = line * along; i < length; i++, p += step) {
        if (mask[p] !== 0) continue;
        counts += sum[p]!;
        seen++;
      }
      return { counts, seen };
    });
  return { rows: emptyBands(lines(rows, cols, cols, 1)), cols: emptyBands(lines(cols, rows, 1, cols)) };
}

interface Line {
  readonly counts: number;
  /** Pixels that are not masked. */
  readonly seen: number;
}

function emptyBands(lines: readonly Line[]): Band[] {
  const bands: Band[] = [];
  for (let first = 1; first < lines.length; first++) {
    let last = first;
    while (last < lines.length && lines[last]!.counts === 0) last++;
    if (last - first < NARROWEST || last === lines.length) continue;
    const bare = lines.slice(first, last).some(({ seen }) => seen > 0);
    if (bare && lines[first - 1]!.counts >= LIT && lines[last]!.counts >= LIT) bands.push([first, last]);
    first = last;
  }
  return bands;
}
