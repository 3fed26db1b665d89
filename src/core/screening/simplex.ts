/**
 * The shares x (at least 0, summing to 1) for which `matrix` transposed times x comes closest to `seen`, in least squares.
 * For the two or three classes there are, every set of shares that may be other than 0 is tried and the best kept: the minimum of a
 * convex function over a simplex is the unconstrained one of the face it lies on.
 * @param matrix row t: chances of being seen as each class when the truth is t
 * @param seen shares seen, summing to 1
 */
export function nearestShares(matrix: readonly (readonly number[])[], seen: readonly number[]): readonly number[] {
  const n = seen.length;
  let best: number[] = [];
  let least = Infinity;
  for (let set = 1; set < 2 ** n; set++) {
    const free = Array.from({ length: n }, (_, i) => i).filter((i) => set & (1 << i));
    const shares = sharesOf(matrix, seen, free);
    if (!shares?.every((share) => share >= 0)) continue;
    const miss = seen.reduce((sum, s, v) => sum + (s - shares.reduce((p, x, t) => p + x * matrix[t]![v]!, 0)) ** 2, 0);
    if (miss < least) [best, least] = [shares, miss];
  }
  return best;
}

/**
 * The shares, summing to 1 and some perhaps negative, of which only those named may differ from 0.
 * @returns undefined where the classes named cannot be told apart
 */
export function sharesOf(
  matrix: readonly (readonly number[])[],
  seen: readonly number[],
  free: readonly number[],
): number[] | undefined {
  const last = free.at(-1)!;
  const others = free.slice(0, -1);
  // With the last share as 1 minus the others, their sum is 1 by itself.
  const columns = others.map((t) => seen.map((_, v) => matrix[t]![v]! - matrix[last]![v]!));
  const target = seen.map((s, v) => s - matrix[last]![v]!);
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const solved = solve(
    columns.map((a) => columns.map((b) => dot(a, b))),
    columns.map((a) => dot(a, target)),
  );
  if (!solved) return undefined;
  const shares = seen.map(() => 0);
  others.forEach((t, i) => (shares[t] = solved[i]!));
  shares[last] = 1 - solved.reduce((a, b) => a + b, 0);
  return shares;
}

/** At most two equations, by Cramer's rule; undefined where they do not tell their unknowns apart. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): readonly number[] | undefined {
  const tiny = 1e-12;
  if (b.length === 0) return [];
  if (b.length === 1) return a[0]![0]! < tiny ? undefined : [b[0]! / a[0]![0]!];
  const [[p, q], [r, s]] = a as [[number, number], [number, number]];
  const determinant = p * s - q * r;
  if (Math.abs(determinant) < tiny) return undefined;
  return [(b[0]! * s - q * b[1]!) / determinant, (p * b[1]! - r * b[0]!) / determinant];
}
