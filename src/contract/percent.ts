/** A probability as a percentage with one decimal; the ends say that they are bounds. */
export function percent(p: number): string {
  if (p > 0 && p < 0.0005) return '< 0.1 %';
  if (p < 1 && p > 0.9995) return '> 99.9 %';
  return `${(p * 100).toFixed(1)} %`;
}

/** A probability in whole per cent, for where room is short. */
export function wholePercent(p: number): string {
  if (p < 1 && p >= 0.995) return '> 99 %';
  return `${Math.round(p * 100)} %`;
}
