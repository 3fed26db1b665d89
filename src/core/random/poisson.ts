// Below it, inversion needs about `mean` steps; above it, Hörmann's rejection needs about 1.2 draws whatever the mean.
const INVERSION_LIMIT = 10;

const LOG_FACTORIALS = Float64Array.from({ length: 16 }, () => 0);
for (let k = 2; k < 16; k++) LOG_FACTORIALS[k] = LOG_FACTORIALS[k - 1]! + Math.log(k);

/** ln k!, by Stirling's series from 16 on (error below 1e-12 there). */
export function logFactorial(k: number): number {
  if (k < 16) return LOG_FACTORIALS[k]!;
  const inverse = 1 / k;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (k + 0.5) * Math.log(k) - k + 0.5 * Math.log(2 * Math.PI) + series;
}

function byInversion(mean: number, uniform: () => number): number {
  let probability = Math.exp(-mean);
  let rest = uniform() - probability;
  let k = 0;
  // Rounding may leave a remainder that no term uses up, so the loop ends where terms vanish.
  while (rest >= 0 && probability > 0) {
    k++;
    probability *= mean / k;
    rest -= probability;
  }
  return k;
}

/** Transformed rejection with squeeze, algorithm PTRS of W. Hörmann, Insurance: Mathematics and Economics 12 (1993) 39. */
function byRejection(mean: number, uniform: () => number): number {
  const root = Math.sqrt(mean);
  const b = 0.931 + 2.53 * root;
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const left = Math.log(v * inverseAlpha) - Math.log(a / (us * us) + b);
    if (left <= k * Math.log(mean) - mean - logFactorial(k)) return k;
  }
}

/**
 * One Poisson deviate.
 * @param mean expected count, 0 or more
 * @param uniform draws from [0, 1)
 */
export function poisson(mean: number, uniform: () => number): number {
  if (!(mean > 0)) return 0;
  return mean < INVERSION_LIMIT ? byInversion(mean, uniform) : byRejection(mean, uniform);
}
