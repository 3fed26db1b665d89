/** A share as a percentage, with one decimal unless told otherwise; near the ends it says that they are bounds. */
export function percent(p: number, decimals = 1): string {
  const least = 10 ** -decimals;
  if (p > 0 && 100 * p < least / 2) return `< ${least.toFixed(decimals)} %`;
  if (p < 1 && 100 * (1 - p) < least / 2) return `> ${(100 - least).toFixed(decimals)} %`;
  return `${(p * 100).toFixed(decimals)} %`;
}

/** A share in whole per cent, for where room is short. */
export function wholePercent(p: number): string {
  if (p < 1 && p >= 0.995) return '> 99 %';
  return `${Math.round(p * 100)} %`;
}

/** Off 0 and 1: a network's probability reaches them by rounding only. */
const uncertain = (p: number): number => Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON);

/** A network's probability as {@link percent}, never claiming certainty. */
export const probability = (p: number): string => percent(uncertain(p));

/** A network's probability as {@link wholePercent}, never claiming certainty. */
export const wholeProbability = (p: number): string => wholePercent(uncertain(p));
