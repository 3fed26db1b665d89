import { describe, expect, it } from 'vitest';
import { stream } from '@core/random/stream';
import { calibrationError, fitTemperature, meanLoss, type Outcome } from '@core/verdict/calibration';
import { softmax } from '@core/verdict/probabilities';

/** Outcomes whose logits, divided by `heat`, are the honest ones: each truth is drawn from that softmax. */
function outcomes(heat: number, count: number): Outcome[] {
  const random = stream(11, 'calibration');
  return Array.from({ length: count }, () => {
    const honest = [0, 1, 2].map(() => 2 * random.normal());
    const [a, b] = softmax(honest) as [number, number];
    const u = random.uniform();
    return { logits: honest.map((z) => z * heat), truth: u < a ? 0 : u < a + b ? 1 : 2 };
  });
}

describe('calibration', () => {
  it.each([0.6, 1, 3])('finds the temperature %d that the logits were heated by', (heat) => {
    expect(fitTemperature(outcomes(heat, 6000)) / heat).toBeCloseTo(1, 1);
  });

  it('takes the error out of over-confident probabilities', () => {
    const loud = outcomes(4, 6000);
    expect(calibrationError(loud, 1)).toBeGreaterThan(0.1);
    expect(calibrationError(loud, fitTemperature(loud))).toBeLessThan(0.02);
  });

  it('has an error of the surplus confidence in each bin', () => {
    // Four of five right at 90 %: off by 10 %.
    const logits = [0.9, 0.05, 0.05].map(Math.log);
    const five = [0, 0, 0, 0, 1].map((truth) => ({ logits, truth }));
    expect(calibrationError(five, 1)).toBeCloseTo(0.1, 9);
    expect(meanLoss(five, 1)).toBeCloseTo(-(4 * Math.log(0.9) + Math.log(0.05)) / 5, 9);
  });

  it('stays finite where a softmax rounds to zero', () => {
    expect(meanLoss([{ logits: [1000, 0, 0], truth: 1 }], 1)).toBeCloseTo(1000, 6);
  });

  it('refuses to calibrate on nothing', () => {
    expect(() => fitTemperature([])).toThrow(RangeError);
  });
});
