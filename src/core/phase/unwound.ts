import type { Complex } from './align';

/** Conjugate gradients take so many steps at most, and end where what is left of the residual is this share of it. */
const STEPS = 300;
const LEFT = 1e-3;

/**
 * A crystal like this one with no line in it: its body, equally bright, and the phase whose steps between neighbours are nearest to the
 * object's in the sense of least squares, each by its modulus (Ghiglia and Romero, J. Opt. Soc. Am. A 11 (1994) 107). Such a phase is one
 * surface whatever the object's winds about. A retrieval that begins from it, and ends with a line, was forced to it by the pattern.
 * @param body size^3, 1 = crystal
 */
export function unwound({ re, im }: Complex, body: Uint8Array, size: number): Complex {
  const voxels = [...body.keys()].filter((v) => body[v] === 1);
  const phase = leastSquares(stepsWithin({ re, im }, body, voxels, size), re.length, voxels);
  const out = { re: new Float32Array(re.length), im: new Float32Array(im.length) };
  for (const v of voxels) {
    out.re[v] = Math.cos(phase[v]!);
    out.im[v] = Math.sin(phase[v]!);
  }
  return out;
}

/** From voxel to voxel across a face: the phase step, taken the short way, and what it counts. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly phase: number;
  readonly weight: number;
}

function stepsWithin({ re, im }: Complex, body: Uint8Array, voxels: readonly number[], size: number): Step[] {
  const mean = voxels.reduce((sum, v) => sum + re[v]! ** 2 + im[v]! ** 2, 0) / Math.max(1, voxels.length);
  const steps: Step[] = [];
  for (const from of voxels) {
    for (const by of [size * size, size, 1]) {
      const to = from + by;
      if (body[to] !== 1) continue;
      const [a, b, c, d] = [re[from]!, im[from]!, re[to]!, im[to]!];
      // Never nothing: what is dark is bridged by the smoothest phase there is.
      const weight = Math.hypot(a, b) * Math.hypot(c, d) + 0.01 * mean;
      steps.push({ from, to, phase: Math.atan2(d * a - c * b, c * a + d * b), weight });
    }
  }
  return steps;
}

/** The phase of every voxel that minimises the sum of weight (its step - the step that is wanted)^2. */
function leastSquares(steps: readonly Step[], length: number, voxels: readonly number[]): Float64Array {
  const [x, r, p, ap] = [0, 1, 2, 3].map(() => new Float64Array(length)) as Four;
  for (const { from, to, phase, weight } of steps) {
    r[to]! += weight * phase;
    r[from]! -= weight * phase;
  }
  p.set(r);
  const squares = (of: Float64Array): number => voxels.reduce((sum, v) => sum + of[v]! ** 2, 0);
  const first = squares(r);
  for (let n = 0, before = first; n < STEPS && before > LEFT ** 2 * first; n++) {
    ap.fill(0);
    for (const { from, to, weight } of steps) {
      const flow = weight * (p[to]! - p[from]!);
      ap[to]! += flow;
      ap[from]! -= flow;
    }
    const by = before / voxels.reduce((sum, v) => sum + p[v]! * ap[v]!, 0);
    for (const v of voxels) {
      x[v]! += by * p[v]!;
      r[v]! -= by * ap[v]!;
    }
    const now = squares(r);
    for (const v of voxels) p[v] = r[v]! + (now / before) * p[v]!;
    before = now;
  }
  return x;
}
type Four = [Float64Array, Float64Array, Float64Array, Float64Array];
