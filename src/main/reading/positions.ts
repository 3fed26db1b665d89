import { median } from '@core/math/median';

/** Positions of a motor, one per frame, as they can be used. */
export interface MendedPositions {
  readonly positions: Float64Array;
  /** Points whose position was interpolated. */
  readonly interpolated: readonly number[];
  /** Points at an end of the scan whose position nobody knows. */
  readonly unknown: readonly number[];
}

/** An encoder's slip: so many steps away from where both neighbours stand. */
const SLIP = 10;

/**
 * Positions that are no number, and those that an encoder read far away from both its neighbours, are interpolated
 * between the points before and after; at the ends there is nothing to interpolate between.
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
  const interpolated: number[] = [];
  const unknown: number[] = [];
  const [first = 0, last = -1] = [known[0], known.at(-1)];
  for (let i = 0, next = 0; i < n; i++) {
    while (next < known.length && known[next]! < i) next++;
    if (known[next] === i) continue;
    if (i < first || i > last) unknown.push(i);
    else {
      const [low, high] = [known[next - 1]!, known[next]!];
      positions[i] = positions[low]! + ((i - low) / (high - low)) * (positions[high]! - positions[low]!);
      interpolated.push(i);
    }
  }
  // What is unknown must still be a number for those that ask for Q of every frame; these frames are not used.
  for (const i of unknown) positions[i] = positions[i < first ? first : last] ?? NaN;
  return { positions, interpolated, unknown };
}
