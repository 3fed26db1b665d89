import type { Vec3 } from '@core/math/vector';
import type { Complex } from './align';

/** The phase of an object as one surface, without its ramp. */
export interface PhaseField {
  /** size^3, rad, mean 0 in the body; 0 outside it. */
  readonly phase: Float32Array;
  /** The ramp that was taken out, rad per voxel. */
  readonly ramp: Vec3;
  /** Root of the mean square of the phase in the body, rad, each voxel by its intensity: at the surface, where there is next to nothing, it is noise. */
  readonly spread: number;
}

const turn = (difference: number): number => difference - 2 * Math.PI * Math.round(difference / (2 * Math.PI));

/**
 * The phase within a body, each voxel's from its brightest neighbour that has one (so that what is dark or winds comes last), and without
 * the ramp that the place of the pattern's centre put into it. About a dislocation it cannot be one surface: somewhere it steps by 2 pi.
 * @param body size^3, 1 = crystal
 */
export function phaseField({ re, im }: Complex, body: Uint8Array, size: number): PhaseField {
  const phase = new Float32Array(re.length);
  const order = floodByModulus({ re, im }, body, size, (from, to) => {
    const [a, b, c, d] = [re[from]!, im[from]!, re[to]!, im[to]!];
    phase[to] = phase[from]! + turn(Math.atan2(d * a - c * b, c * a + d * b));
  });
  const { ramp, mean } = rampOf({ re, im }, phase, order, size);
  let [squares, weights] = [0, 0];
  for (const v of order) {
    const at = placeOf(v, size);
    phase[v]! -= mean + ramp[0] * at[0] + ramp[1] * at[1] + ramp[2] * at[2];
    const weight = re[v]! ** 2 + im[v]! ** 2;
    squares += weight * phase[v]! ** 2;
    weights += weight;
  }
  return { phase, ramp, spread: weights > 0 ? Math.sqrt(squares / weights) : 0 };
}

/** From the middle of the volume. */
const placeOf = (v: number, size: number): Vec3 => [
  Math.floor(v / size ** 2) - size / 2,
  (Math.floor(v / size) % size) - size / 2,
  (v % size) - size / 2,
];

/** Levels of brightness that are told apart. */
const LEVELS = 256;

/**
 * Visits the body from its brightest voxel on, always the brightest that touches what was visited.
 * @returns the voxels in order; only what is connected with the brightest
 */
function floodByModulus(
  { re, im }: Complex,
  body: Uint8Array,
  size: number,
  step: (from: number, to: number) => void,
): number[] {
  let largest = 0;
  let start = -1;
  const modulus = new Float32Array(re.length);
  for (let v = 0; v < re.length; v++) {
    if (body[v] === 0) continue;
    modulus[v] = Math.hypot(re[v]!, im[v]!);
    if (start < 0 || modulus[v]! > largest) [largest, start] = [modulus[v]!, v];
  }
  if (start < 0) return [];
  const buckets: number[][] = Array.from({ length: LEVELS }, () => []);
  const from = new Int32Array(re.length).fill(-1);
  const seen = new Uint8Array(re.length);
  const order: number[] = [];
  const levelOf = (v: number): number => Math.min(LEVELS - 1, Math.floor((modulus[v]! / (largest || 1)) * LEVELS));
  buckets[LEVELS - 1]!.push(start);
  let top = LEVELS - 1;
  while (top >= 0) {
    const v = buckets[top]!.pop();
    if (v === undefined) {
      top--;
      continue;
    }
    if (seen[v] === 1) continue;
    seen[v] = 1;
    if (from[v]! >= 0) step(from[v]!, v);
    order.push(v);
    for (const by of [size * size, size, 1]) {
      for (const w of [v - by, v + by]) {
        if (body[w] !== 1 || seen[w] === 1) continue;
        from[w] = v;
        const level = levelOf(w);
        buckets[level]!.push(w);
        if (level > top) top = level;
      }
    }
  }
  return order;
}

/** The slope that most of the phase steps share, by their circular mean along each axis, and the mean that is left. */
function rampOf({ re, im }: Complex, phase: Float32Array, order: readonly number[], size: number) {
  const inside = new Uint8Array(re.length);
  for (const v of order) inside[v] = 1;
  const ramp = [size * size, size, 1].map((by) => {
    let [c, s] = [0, 0];
    for (const v of order) {
      if (inside[v + by] !== 1) continue;
      c += re[v + by]! * re[v]! + im[v + by]! * im[v]!;
      s += im[v + by]! * re[v]! - re[v + by]! * im[v]!;
    }
    return c === 0 && s === 0 ? 0 : Math.atan2(s, c);
  }) as unknown as Vec3;
  let [sum, weights] = [0, 0];
  for (const v of order) {
    const at = placeOf(v, size);
    const weight = re[v]! ** 2 + im[v]! ** 2;
    sum += weight * (phase[v]! - (ramp[0] * at[0] + ramp[1] * at[1] + ramp[2] * at[2]));
    weights += weight;
  }
  return { ramp, mean: weights > 0 ? sum / weights : 0 };
}

/**
 * Strain along Q: how the displacement along Q, phase / |Q|, changes along it; the ramp, which is the mean strain and the tilt, taken out.
 * @param q unit vector along Q in the volume's axes
 * @param scale 1 / (|Q| times the voxel's edge): turns rad per voxel into strain
 * @returns size^3, not a number where a neighbour lies outside the body
 */
export function strainAlongQ(
  { re, im }: Complex,
  { ramp }: Pick<PhaseField, 'ramp'>,
  body: Uint8Array,
  size: number,
  q: Vec3,
  scale: number,
): Float32Array {
  const out = new Float32Array(re.length).fill(NaN);
  const steps = [size * size, size, 1] as const;
  for (let v = 0; v < re.length; v++) {
    if (body[v] !== 1) continue;
    let slope = 0;
    for (const axis of [0, 1, 2] as const) {
      if (q[axis] === 0) continue;
      const [w, u] = [v + steps[axis], v - steps[axis]];
      if (body[w] !== 1 || body[u] !== 1) {
        slope = NaN;
        break;
      }
      const across = Math.atan2(im[w]! * re[u]! - re[w]! * im[u]!, re[w]! * re[u]! + im[w]! * im[u]!);
      slope += q[axis] * (turn(across - 2 * ramp[axis]) / 2);
    }
    out[v] = slope * scale;
  }
  return out;
}
