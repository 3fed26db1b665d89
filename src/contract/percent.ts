/** A share as a percentage with one decimal; near the ends it says that they are bounds. */
export function percent(p: number): string {
  if (p > 0 && p < 0.0005) return '< 0.1 %';
  if (p < 1 && p > 0.9995) return '> 99.9 %';
  return `${(p * 100).toFixed(1)} %`;
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
