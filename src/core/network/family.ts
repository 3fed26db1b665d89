/** Families of reflections that sets are made of, and that a network can be told of. */
export const families = ['111', '200', '220', '311', '222'] as const;

/** Which family of reflections each of some volumes shows, as {@link familyOf} names it; undefined where nobody knows. */
export type Families = readonly (string | undefined)[];

/** The name of a reflection's family: indices without signs, the largest first, e.g. `311`. */
export const familyOf = (hkl: readonly number[]): string =>
  hkl
    .map(Math.abs)
    .sort((a, b) => b - a)
    .join('');

/** {@link familyOf} a reflection that may be unknown. */
export const familyIfKnown = (hkl: readonly number[] | null | undefined): string | undefined =>
  hkl ? familyOf(hkl) : undefined;

/**
 * A network's second input.
 * @param families of `count` volumes; all unknown when left out
 * @returns count x families, 1 at a volume's family; zeros where it is unknown, or none that the network was told of
 */
export function familyInput(
  { families: known = [] }: { readonly families?: readonly string[] | undefined },
  count: number,
  families?: Families,
): Float32Array {
  const rows = new Float32Array(count * known.length);
  for (let n = 0; n < count; n++) {
    const at = known.indexOf(families?.[n] ?? '');
    if (at >= 0) rows[n * known.length + at] = 1;
  }
  return rows;
}
