import FFT from 'fft.js';

/** Points along each axis, first axis slowest; each a power of two, at least 2. */
export type Shape3 = readonly [number, number, number];

const plans = new Map<number, FFT>();

/**
 * A 1-D transform of `size` complex points, made once per size.
 * @throws RangeError when `size` is no power of two or below 2
 */
export function plan(size: number): FFT {
  let found = plans.get(size);
  if (!found) {
    if (!Number.isInteger(size) || size < 2 || (size & (size - 1)) !== 0) {
      throw new RangeError(`FFT length ${size} is no power of two`);
    }
    found = new FFT(size);
    plans.set(size, found);
  }
  return found;
}

// Lines gathered together: 8 neighbouring complex numbers fill two cache lines, so a strided axis costs little more than a contiguous one.
const BATCH = 8;

/** Transforms every line of one axis in place: `count` points `stride` apart, lines starting at each of `stride` offsets of every block. */
function transformAxis(data: Float64Array, count: number, stride: number, inverse: boolean): void {
  const fft = plan(count);
  const batch = Math.min(BATCH, stride);
  const lines = Array.from({ length: batch }, () => new Float64Array(2 * count));
  const out = new Float64Array(2 * count);
  const total = data.length / 2;
  for (let block = 0; block < total; block += count * stride) {
    for (let offset = block; offset < block + stride; offset += batch) {
      for (let k = 0, at = 2 * offset; k < count; k++, at += 2 * stride) {
        for (let l = 0; l < batch; l++) {
          const line = lines[l]!;
          line[2 * k] = data[at + 2 * l]!;
          line[2 * k + 1] = data[at + 2 * l + 1]!;
        }
      }
      for (const line of lines) {
        if (inverse) fft.inverseTransform(out, line);
        else fft.transform(out, line);
        line.set(out);
      }
      for (let k = 0, at = 2 * offset; k < count; k++, at += 2 * stride) {
        for (let l = 0; l < batch; l++) {
          const line = lines[l]!;
          data[at + 2 * l] = line[2 * k]!;
          data[at + 2 * l + 1] = line[2 * k + 1]!;
        }
      }
    }
  }
}

function transform3(data: Float64Array, shape: Shape3, inverse: boolean): Float64Array {
  const [a, b, c] = shape;
  if (data.length !== 2 * a * b * c)
    throw new RangeError(`${data.length} numbers are no complex grid of ${shape.join(' x ')}`);
  transformAxis(data, c, 1, inverse);
  transformAxis(data, b, c, inverse);
  transformAxis(data, a, b * c, inverse);
  return data;
}

/**
 * Forward 3-D Fourier transform in place: F[k] = sum_n f[n] exp(-2 pi i sum_a k_a n_a / N_a).
 * Zero frequency comes out at index 0.
 * @param data interleaved (re, im), C order, 2 N_0 N_1 N_2 numbers
 * @returns `data`
 * @throws RangeError when a length is no power of two or does not fit `data`
 */
export const fft3 = (data: Float64Array, shape: Shape3): Float64Array => transform3(data, shape, false);

/** Inverse of {@link fft3} in place: exp(+i), divided by the number of points. */
export const ifft3 = (data: Float64Array, shape: Shape3): Float64Array => transform3(data, shape, true);
