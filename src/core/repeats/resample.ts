import type { Vec3 } from '../math/vector';
import { SIZE, type Cube } from '../reduce/target';

/** Where a new volume's voxels lie among those of a given one: index i at 32 + (i - 32) ratio + shift. */
export interface Placing {
  /** Edge of the new voxel over that of the given one. */
  readonly ratio: number;
  /** Voxels of the given volume. */
  readonly shift: Vec3;
}

/** Neighbours of each place on either side. */
const REACH = 3;
const TAPS = 2 * REACH;

/** Of each new place on a line: its neighbours, what they count, and the nearest of them, -1 where that lies outside. */
interface Taps {
  readonly index: Int32Array;
  readonly weight: Float64Array;
  readonly nearest: Int32Array;
}

const sinc = (x: number): number => (Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

function tapsOf(ratio: number, shift: number): Taps {
  const index = new Int32Array(SIZE * TAPS);
  const weight = new Float64Array(SIZE * TAPS);
  const nearest = new Int32Array(SIZE);
  for (let i = 0; i < SIZE; i++) {
    const at = SIZE / 2 + (i - SIZE / 2) * ratio + shift;
    const first = Math.floor(at) - REACH + 1;
    const weights = Array.from({ length: TAPS }, (_, t) => sinc(at - first - t) * sinc((at - first - t) / REACH));
    const sum = weights.reduce((a, b) => a + b, 0);
    weights.forEach((each, t) => {
      // Beyond the ends of the line lie its ends.
      index[i * TAPS + t] = Math.min(SIZE - 1, Math.max(0, first + t));
      weight[i * TAPS + t] = each / sum;
    });
    const place = Math.round(at);
    nearest[i] = place < 0 || place >= SIZE ? -1 : place;
  }
  return { index, weight, nearest };
}

/** Interpolates along one axis. @param stride between neighbours on a line */
function alongAxis(from: Float64Array, { index, weight }: Taps, stride: number): Float64Array {
  const to = new Float64Array(from.length);
  for (let block = 0; block < from.length; block += SIZE * stride) {
    for (let i = 0; i < SIZE; i++) {
      for (let t = i * TAPS; t < (i + 1) * TAPS; t++) {
        const [w, source, target] = [weight[t]!, block + index[t]! * stride, block + i * stride];
        for (let n = 0; n < stride; n++) to[target + n]! += w * from[source + n]!;
      }
    }
  }
  return to;
}

/**
 * A volume of counts on other voxels, turned no way: by Lanczos' kernel of three neighbours on either side, which keeps fringes of 3.5 voxels
 * where linear interpolation takes an eighth of their amplitude (measured, docs/physics.md), and reaches no farther, so that the peak leaves no
 * ringing all over the volume, as moving by Fourier transform does. What falls below zero is no count and becomes zero; the sum of the counts stays.
 * A voxel was measured where the nearest of the given ones was.
 */
export function resampled({ intensity, mask }: Cube, { ratio, shift }: Placing): Cube {
  const [first, second, third] = shift.map((each) => tapsOf(ratio, each)) as [Taps, Taps, Taps];
  const along3 = alongAxis(Float64Array.from(intensity), third, 1);
  const counts = alongAxis(alongAxis(along3, second, SIZE), first, SIZE ** 2);
  let [all, above] = [0, 0];
  for (const value of counts) {
    all += value;
    if (value > 0) above += value;
  }
  const scale = above > 0 ? (ratio ** 3 * all) / above : 0;
  const out = { intensity: new Float32Array(counts.length), mask: new Uint8Array(counts.length) };
  for (let i = 0, v = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) {
      const [a, b] = [first.nearest[i]!, second.nearest[j]!];
      for (let k = 0; k < SIZE; k++, v++) {
        const c = third.nearest[k]!;
        out.intensity[v] = scale * Math.max(0, counts[v]!);
        out.mask[v] = a < 0 || b < 0 || c < 0 ? 1 : mask[(a * SIZE + b) * SIZE + c]!;
      }
    }
  }
  return out;
}
