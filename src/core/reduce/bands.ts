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
  const empty = (): Line => ({ counts: 0, seen: 0 });
  const along = Array.from({ length: rows }, empty);
  const counts = new Float64Array(cols);
  const seen = new Int32Array(cols);
  for (let row = 0, p = 0; row < rows; row++) {
    const line = along[row]!;
    for (let col = 0; col < cols; col++, p++) {
      if (mask[p] !== 0) continue;
      line.counts += sum[p]!;
      line.seen++;
      counts[col]! += sum[p]!;
      seen[col]!++;
    }
  }
  const across = Array.from({ length: cols }, (_, col): Line => ({ counts: counts[col]!, seen: seen[col]! }));
  return { rows: emptyBands(along), cols: emptyBands(across) };
}

interface Line {
  counts: number;
  /** Pixels that are not masked. */
  seen: number;
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
