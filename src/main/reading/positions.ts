import { median } from '@core/math/median';

/** Positions of a motor, one per frame, as they can be used. */
export interface MendedPositions {
  readonly positions: Float64Array;
  /** Points whose position was interpolated. */
  readonly interpolated: readonly number[];
  /** Points whose position nobody knows: at an end of the scan, or where its points are in no order. */
  readonly unknown: readonly number[];
}

/** An encoder's slip: so many steps away from where both neighbours stand. */
const SLIP = 10;

/** Of the usual way from one point to the next: points farther apart are no neighbours, and nothing is interpolated between them. */
const NEIGHBOURS = 2;

/**
 * Positions that are no number, and those that an encoder read far away from both its neighbours, are interpolated
 * between the points before and after; at the ends, and between points far apart, there is nothing to interpolate.
 */
export function mendPositions(recorded: ArrayLike<number>): MendedPositions {
  const positions = Float64Array.from(recorded);
  const n = positions.length;
  const steps = Array.from({ length: n - 1 }, (_, i) => Math.abs(positions[i + 1]! - positions[i]!));
  const step = median(steps.filter((each) => each > 0));
  for (let i = 1; i < n - 1; i++) {
    const [before, after] = [positions[i - 1]!, positions[i + 1]!];
    const between = Math.abs(after - before) <= 3 * step;
    if (between && Math.abs(positions[i]! - (before + after) / 2) > SLIP * step) positions[i] = NaN;
  }
  const known = Array.from({ length: n }, (_, i) => i).filter((i) => Number.isFinite(positions[i]));
  const values = known.map((i) => positions[i]!);
  const usual = (Math.max(...values) - Math.min(...values)) / Math.max(1, known.length - 1);
  const interpolated: number[] = [];
  const unknown: number[] = [];
  const [first = 0, last = -1] = [known[0], known.at(-1)];
  for (let i = 0, next = 0; i < n; i++) {
    while (next < known.length && known[next]! < i) next++;
    if (known[next] === i) continue;
    const [low, high] = [known[next - 1] ?? first, known[next] ?? last];
    const way = Math.abs(positions[high]! - positions[low]!);
    // In a scan that takes its angles in any order, the points before and after say nothing.
    if (i < first || i > last || way > NEIGHBOURS * usual * (high - low)) unknown.push(i);
    else {
      positions[i] = positions[low]! + ((i - low) / (high - low)) * (positions[high]! - positions[low]!);
      interpolated.push(i);
    }
  }
  // What is unknown must still be a number for those that ask for Q of every frame; these frames are not used.
  for (const i of unknown)
    positions[i] = positions[i < first ? first : i > last ? last : known.find((k) => k > i)!] ?? NaN;
  return { positions, interpolated, unknown };
}
