/**
 * The shares x (at least 0, summing to 1) for which `matrix` transposed times x comes closest to `seen`, in least squares.
 * For the few classes there are, every set of shares that may be other than 0 is tried and the best kept: the minimum of a
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

/** Below this a pivot is rounding: the matrix holds sums of products of shares. */
const TINY = 1e-12;

/** A symmetric system by elimination with row pivots; undefined where it does not tell its unknowns apart. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): readonly number[] | undefined {
  const rows = a.map((row, i) => [...row, b[i]!]);
  let determinant = 1;
  for (let i = 0; i < rows.length; i++) {
    const best = rows.reduce((at, row, r) => (r > i && Math.abs(row[i]!) > Math.abs(rows[at]![i]!) ? r : at), i);
    [rows[i], rows[best]] = [rows[best]!, rows[i]!];
    const pivot = rows[i]!;
    determinant *= pivot[i]!;
    if (Math.abs(determinant) < TINY) return undefined;
    for (const row of rows.slice(i + 1)) {
      const share = row[i]! / pivot[i]!;
      for (let k = i; k < row.length; k++) row[k]! -= share * pivot[k]!;
    }
  }
  const found = b.map(() => 0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const known = found.reduce((sum, x, k) => sum + (k > i ? x * rows[i]![k]! : 0), 0);
    found[i] = (rows[i]![b.length]! - known) / rows[i]![i]!;
  }
  return found;
}
