/** Normal distributions, one per class, with a covariance in common: what a set of vectors looks like, for telling what is unlike it. */
export interface Gaussians {
  /** classes x length */
  readonly means: readonly (readonly number[])[];
  /** Inverse of the covariance, length x length, row after row. */
  readonly precision: readonly number[];
}

/**
 * Share of each component's own variance that is added to the covariance, so that directions in which a finite set happens not to vary
 * do not decide alone.
 */
const SHRINKAGE = 0.01;
/** A component that hardly ever varies counts as varying by this share of a typical one. */
const LEAST = 0.05;

/** Inverse of a positive definite matrix by Gauss and Jordan; pivots cannot vanish, so none are sought. */
function invert(matrix: Float64Array, n: number): Float64Array {
  const left = matrix.slice();
  const right = new Float64Array(n * n);
  for (let i = 0; i < n; i++) right[i * n + i] = 1;
  for (let column = 0; column < n; column++) {
    const pivot = left[column * n + column]!;
    for (let k = 0; k < n; k++) {
      left[column * n + k]! /= pivot;
      right[column * n + k]! /= pivot;
    }
    for (let row = 0; row < n; row++) {
      const factor = left[row * n + column]!;
      if (row === column || factor === 0) continue;
      for (let k = 0; k < n; k++) {
        left[row * n + k]! -= factor * left[column * n + k]!;
        right[row * n + k]! -= factor * right[column * n + k]!;
      }
    }
  }
  return right;
}

function classMeans(vectors: readonly ArrayLike<number>[], labels: readonly number[], length: number): number[][] {
  const classes = Math.max(...labels) + 1;
  const counts = Array<number>(classes).fill(0);
  const sums = Array.from({ length: classes }, () => Array<number>(length).fill(0));
  vectors.forEach((vector, n) => {
    counts[labels[n]!]! += 1;
    for (let i = 0; i < length; i++) sums[labels[n]!]![i]! += vector[i]!;
  });
  return sums.flatMap((sum, c) => (counts[c] ? [sum.map((value) => value / counts[c]!)] : []));
}

/**
 * @param labels the class of each vector, from 0; a class without any is left out
 * @throws RangeError without vectors
 */
export function fitGaussians(vectors: readonly ArrayLike<number>[], labels: readonly number[]): Gaussians {
  const length = vectors[0]?.length ?? 0;
  if (length === 0) throw new RangeError('no vectors to describe');
  const means = classMeans(vectors, labels, length);
  const present = [...new Set(labels)].sort((a, b) => a - b);
  const covariance = new Float64Array(length * length);
  vectors.forEach((vector, n) => {
    const mean = means[present.indexOf(labels[n]!)]!;
    for (let i = 0; i < length; i++) {
      const d = vector[i]! - mean[i]!;
      for (let k = 0; k < length; k++) covariance[i * length + k]! += (d * (vector[k]! - mean[k]!)) / vectors.length;
    }
  });
  const variances = Array.from({ length }, (_, i) => covariance[i * length + i]!);
  const typical = variances.toSorted((a, b) => a - b)[length >> 1]! || Math.max(...variances) || 1;
  variances.forEach((own, i) => {
    covariance[i * length + i]! += SHRINKAGE * own + LEAST ** 2 * Math.max(0, typical - own);
  });
  // Eight digits: the card is text, and a threshold is not known to more.
  const rounded = (value: number): number => Number(value.toPrecision(8));
  return {
    means: means.map((mean) => mean.map(rounded)),
    precision: Array.from(invert(covariance, length), rounded),
  };
}

/**
 * Mahalanobis distance between two vectors: in standard deviations of a class, whatever the components' units.
 * @param precision inverse covariance, row after row
 */
export function distanceBetween(precision: Gaussians['precision'], a: ArrayLike<number>, b: ArrayLike<number>): number {
  const length = a.length;
  let square = 0;
  for (let i = 0; i < length; i++) {
    const di = a[i]! - b[i]!;
    if (di === 0) continue;
    let row = 0;
    for (let k = 0; k < length; k++) row += precision[i * length + k]! * (a[k]! - b[k]!);
    square += di * row;
  }
  return Math.sqrt(Math.max(0, square));
}

/** {@link distanceBetween} a vector and the nearest class. */
export const distanceTo = ({ means, precision }: Gaussians, vector: ArrayLike<number>): number =>
  Math.min(...means.map((mean) => distanceBetween(precision, mean, vector)));
