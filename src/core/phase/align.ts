import type { CubeFft } from './fft';

/** A complex object, size^3 each. */
export interface Complex {
  readonly re: Float32Array;
  readonly im: Float32Array;
}

/** An object laid onto another. */
export interface Aligned extends Complex {
  /** |<a, b>| / (|a| |b|) once they lie on each other: 1 where they are the same. */
  readonly overlap: number;
  /** It was the twin, o*(-r), which has the same pattern. */
  readonly twin: boolean;
}

/**
 * Takes away by what two objects of one pattern can differ without explaining it any worse: place (to fractions of a voxel), a constant
 * phase, and the twin. A ramp of the phase cannot differ: it would move the pattern.
 * @param fft from `createRetrievalMemory`: its cubes, which are spent
 */
export function alignTo(reference: Complex, object: Complex, fft: CubeFft): Aligned {
  const { size } = fft;
  const [fRe, fIm, oRe, oIm, cRe, cIm] = [0, 1, 2, 3, 4, 5].map((n) => fft.cube(n)) as Cubes;
  fRe.set(reference.re);
  fIm.set(reference.im);
  oRe.set(object.re);
  oIm.set(object.im);
  fft.forward(0, 1);
  fft.forward(2, 3);
  const [straight, twin] = [1, -1].map((sign) => {
    for (let k = 0; k < cRe.length; k++) {
      cRe[k] = fRe[k]! * oRe[k]! + sign * fIm[k]! * oIm[k]!;
      cIm[k] = fIm[k]! * oRe[k]! - sign * fRe[k]! * oIm[k]!;
    }
    fft.back(4, 5);
    return peakOf(cRe, cIm, size);
  }) as [Peak, Peak];
  const twinned = twin.height > straight.height;
  const { at } = twinned ? twin : straight;
  const wave = at.map((shift) => wavesOf(shift, size));
  for (let i = 0, k = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let l = 0; l < size; l++, k++) {
        const [a, b] = times(times(wave[0]![i]!, wave[1]![j]!), wave[2]![l]!);
        const [re, im] = [oRe[k]!, twinned ? -oIm[k]! : oIm[k]!];
        cRe[k] = (re * a - im * b) / size ** 3;
        cIm[k] = (re * b + im * a) / size ** 3;
      }
    }
  }
  fft.back(4, 5);
  return { ...turned(reference, { re: cRe.slice(), im: cIm.slice() }), twin: twinned };
}

type Cubes = [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
type Number2 = readonly [number, number];

interface Peak {
  /** Squared. */
  readonly height: number;
  /** Voxels, to fractions. */
  readonly at: readonly number[];
}

const times = ([a, b]: Number2, [c, d]: Number2): Number2 => [a * c - b * d, a * d + b * c];

/** exp(-2 pi i k shift / size) of every k. */
const wavesOf = (shift: number, size: number): Number2[] =>
  Array.from({ length: size }, (_, k): Number2 => {
    const angle = (-2 * Math.PI * (k < size / 2 ? k : k - size) * shift) / size;
    return [Math.cos(angle), Math.sin(angle)];
  });

/** The largest modulus, and between the voxels by a parabola along each axis. */
function peakOf(re: Float32Array, im: Float32Array, size: number): Peak {
  const square = (v: number): number => re[v]! ** 2 + im[v]! ** 2;
  let best = 0;
  for (let v = 1; v < re.length; v++) if (square(v) > square(best)) best = v;
  const place = [Math.floor(best / size ** 2), Math.floor(best / size) % size, best % size];
  const at = place.map((x, axis) => {
    const beside = (by: number): number => {
      const moved = place.map((y, other) => (other === axis ? (y + by + size) % size : y));
      return Math.sqrt(square((moved[0]! * size + moved[1]!) * size + moved[2]!));
    };
    const [before, here, after] = [beside(-1), beside(0), beside(1)];
    const curve = before - 2 * here + after;
    const off = curve < 0 ? (before - after) / (2 * curve) : 0;
    return (x < size / 2 ? x : x - size) + off;
  });
  return { height: square(best), at };
}

/** Turned by the constant phase at which it agrees best with the other. */
function turned(reference: Complex, { re, im }: Complex): Complex & { overlap: number } {
  let [a, b, own, others] = [0, 0, 0, 0];
  for (let v = 0; v < re.length; v++) {
    const [x, y, p, q] = [reference.re[v]!, reference.im[v]!, re[v]!, im[v]!];
    a += x * p + y * q;
    b += y * p - x * q;
    own += p * p + q * q;
    others += x * x + y * y;
  }
  const size = Math.hypot(a, b);
  if (size === 0) return { re, im, overlap: 0 };
  const [c, s] = [a / size, b / size];
  return {
    re: re.map((p, v) => c * p - s * im[v]!),
    im: im.map((q, v) => s * re[v]! + c * q),
    overlap: size / Math.sqrt(own * others),
  };
}
