import type { RandomStream } from './stream';

/**
 * A gamma deviate of scale 1 (G. Marsaglia and W. W. Tsang, ACM Trans. Math. Softw. 26 (2000) 363).
 * @param shape above 0; below 1 it is drawn one higher and scaled back, as in section 6 there
 */
export function gamma(shape: number, draw: Pick<RandomStream, 'normal' | 'uniform'>): number {
  if (shape < 1) return gamma(shape + 1, draw) * (1 - draw.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draw.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - draw.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Shares that sum to 1, from a Dirichlet distribution: gamma deviates over their sum. */
export function dirichlet(shapes: readonly number[], draw: Pick<RandomStream, 'normal' | 'uniform'>): number[] {
  const parts = shapes.map((shape) => gamma(shape, draw));
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part / sum);
}
