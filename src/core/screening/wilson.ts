import type { Share } from '@vocabulary/screening';

/** Standard normal deviate that leaves 2.5 % on either side. */
const Z95 = 1.959963984540054;

/**
 * A counted share with Wilson's score interval (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209), which unlike the usual
 * square-root rule stays right for few counts and near 0 and 1 (Brown, Cai and DasGupta, Stat. Sci. 16 (2001) 101).
 * @param count of `total`, which is at least 1
 */
export function wilson(count: number, total: number, z = Z95): Share {
  const value = count / total;
  const square = (z * z) / total;
  const centre = (value + square / 2) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((value * (1 - value)) / total + square / (4 * total));
  // Rounding must not push the bound past the share at either end.
  return { value, low: Math.min(value, Math.max(0, centre - half)), high: Math.max(value, Math.min(1, centre + half)) };
}
