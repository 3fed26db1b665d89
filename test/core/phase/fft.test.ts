import { describe, expect, it } from 'vitest';
import { fft3 } from '@core/math/fft3';
import { createCubeFft } from '@core/phase/fft';
import { stream } from '@core/random/stream';

const random = (count: number): Float32Array => {
  const draws = stream(3, 'fft');
  return Float32Array.from({ length: count }, () => draws.uniform() - 0.5);
};

describe.each([32, 64, 128])('the transform of a cube of %i points', (size) => {
  const fft = createCubeFft(size, 2);
  const [re, im] = [fft.cube(0), fft.cube(1)];
  const [a, b] = [random(size ** 3), random(size ** 3)];

  it('is the one in double precision, to single precision', () => {
    re.set(a);
    im.set(b.toReversed());
    const truth = new Float64Array(2 * size ** 3);
    for (let i = 0; i < size ** 3; i++) truth.set([re[i]!, im[i]!], 2 * i);
    fft3(truth, [size, size, size]);
    fft.forward(0, 1);
    let [worst, norm] = [0, 0];
    for (let i = 0; i < size ** 3; i++) {
      worst = Math.max(worst, Math.hypot(re[i]! - truth[2 * i]!, im[i]! - truth[2 * i + 1]!));
      norm += truth[2 * i]! ** 2 + truth[2 * i + 1]! ** 2;
    }
    expect(worst / Math.sqrt(norm / size ** 3)).toBeLessThan(3e-6);
  });

  it('comes back, size^3 times as large', () => {
    re.set(a);
    im.set(b);
    fft.forward(0, 1);
    fft.back(0, 1);
    let worst = 0;
    for (let i = 0; i < size ** 3; i++)
      worst = Math.max(worst, Math.abs(re[i]! / size ** 3 - a[i]!), Math.abs(im[i]! / size ** 3 - b[i]!));
    expect(worst).toBeLessThan(1e-6);
  });
});

it('refuses sizes it has no stages for', () => {
  expect(() => createCubeFft(48, 2)).toThrow(RangeError);
});
