import { describe, expect, it } from 'vitest';
import { backgroundMap, sampleBackground } from '@core/detector/background';
import { expose, type Exposure } from '@core/detector/exposure';
import { applyFaults, drawFaults, type Faults } from '@core/detector/faults';
import type { ForwardModel } from '@core/detector/forward';
import { stream } from '@core/random/stream';

const SHAPE = [40, 50] as const;
const PIXELS = 2000;
const flawless: Faults = { dead: new Int32Array(0), hot: [], zingerRate: 0 };

/** A peak that is highest at frame 2, pixel 1020, and never leaves the frame. */
const model: ForwardModel = {
  frame: (index, out) => {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const row = Math.floor(pixel / 50) - 20;
      const col = (pixel % 50) - 20;
      out[pixel] = 7 * Math.exp(-(row ** 2 + col ** 2) / 50 - (index - 2) ** 2);
    }
  },
};

const exposure = (change: Partial<Exposure> = {}): Exposure => ({
  frames: 5,
  peakCounts: 400,
  peakWithin: 1,
  background: new Float32Array(PIXELS).fill(0.2),
  faults: flawless,
  seed: 5,
  ...change,
});

describe('an exposure', () => {
  it('counts as Poisson: mean and variance are the expected counts', () => {
    const expected = new Float32Array(PIXELS);
    const sums = new Float64Array(PIXELS);
    const squares = new Float64Array(PIXELS);
    const runs = 400;
    for (let seed = 0; seed < runs; seed++) {
      expose(model, exposure({ seed }))
        .frame(2)
        .forEach((n, i) => {
          sums[i]! += n;
          squares[i]! += n * n;
        });
    }
    model.frame(2, expected);
    let chiSquared = 0;
    let dispersion = 0;
    for (let i = 0; i < PIXELS; i++) {
      const mean = (400 / 7) * expected[i]! + 0.2;
      chiSquared += (sums[i]! - runs * mean) ** 2 / (runs * mean);
      dispersion += (squares[i]! - (2 * sums[i]! - runs * mean) * mean) / (runs * mean);
    }
    // Each term has mean 1; the sum of 2000 spreads by about 63.
    expect(Math.abs(chiSquared - PIXELS)).toBeLessThan(5 * Math.sqrt(2 * PIXELS));
    expect(dispersion / PIXELS).toBeCloseTo(1, 1);
  });

  it('gives a frame the same counts in whatever order frames are asked for', () => {
    const forwards = expose(model, exposure());
    const frames = [0, 1, 2].map((i) => forwards.frame(i));
    const backwards = expose(model, exposure());
    expect([2, 1, 0].map((i) => backwards.frame(i)).reverse()).toEqual(frames);
    expect(expose(model, exposure({ seed: 6 })).frame(1)).not.toEqual(frames[1]);
  });

  it('draws the same photons with a faulty detector as with a flawless one', () => {
    const faults = drawFaults(SHAPE, [], { hot: 9, dead: 4, zingerRate: 0 }, stream(1, 'faults'));
    const clean = expose(model, exposure()).frame(2);
    const faulty = expose(model, exposure({ faults })).frame(2);
    const touched = new Set([...faults.dead, ...faults.hot.map((hot) => hot.pixel)]);
    const different = [...clean.keys()].filter((i) => clean[i] !== faulty[i]);
    expect(different.length).toBeGreaterThan(5);
    expect(different.every((i) => touched.has(i))).toBe(true);
  });

  it('refuses a scan that the reflection is not in', () => {
    const empty: ForwardModel = { frame: (_, out) => void out.fill(0) };
    expect(() => expose(empty, exposure())).toThrow(RangeError);
  });
});

describe('the background', () => {
  it('slopes and swells about its level', () => {
    const map = backgroundMap(
      { level: 0.1, slope: [0.4, -0.2], hump: { height: 0.5, row: 0.5, col: 0.5, width: 0.1 } },
      SHAPE,
    );
    expect(map[20 * 50 + 25]).toBeCloseTo(0.15, 6);
    expect(map[0]).toBeCloseTo(0.1 * (1 - 0.2 + 0.1), 4);
    expect(map[39 * 50]! - map[0]!).toBeCloseTo(0.1 * 0.4 * (39 / 40), 4);
  });

  it('falls on each pixel at its own rate', () => {
    const map = new Float32Array(PIXELS).map((_, i) => (i < 1000 ? 0.05 : 0.25));
    const counts = new Int32Array(PIXELS);
    const add = sampleBackground(map);
    for (let run = 0; run < 200; run++) add(counts, stream(3, run));
    const halves = [counts.subarray(0, 1000), counts.subarray(1000)].map((half) => half.reduce((a, b) => a + b, 0));
    // 10 000 and 50 000 expected; five standard deviations.
    expect(Math.abs(halves[0]! - 10_000)).toBeLessThan(500);
    expect(Math.abs(halves[1]! - 50_000)).toBeLessThan(1120);
    // And alike within a half: 50 expected each in the second, chi-squared of a thousand pixels.
    const chiSquared = counts.subarray(1000).reduce((sum, n) => sum + (n - 50) ** 2 / 50, 0);
    expect(Math.abs(chiSquared - 1000)).toBeLessThan(5 * Math.sqrt(2000));
  });

  it('adds nothing where there is none', () => {
    const counts = new Int32Array(PIXELS);
    sampleBackground(new Float32Array(PIXELS))(counts, stream(1));
    expect(counts.some((n) => n > 0)).toBe(false);
  });
});

describe("a detector's faults", () => {
  const gaps = [{ rows: [0, 40], cols: [24, 27] }] as const;

  it('silence gaps and dead pixels, whatever falls on them', () => {
    const faults = drawFaults(SHAPE, gaps, { hot: 0, dead: 5, zingerRate: 0 }, stream(1));
    const counts = new Int32Array(PIXELS).fill(9);
    applyFaults(counts, faults, stream(2));
    const silent = [...counts.keys()].filter((i) => counts[i] === 0);
    expect(silent.length).toBeGreaterThan(120);
    expect(silent.length).toBeLessThanOrEqual(125);
    for (let row = 0; row < 40; row++) expect([...counts.subarray(row * 50 + 24, row * 50 + 27)]).toEqual([0, 0, 0]);
  });

  it('keep stuck pixels at one number and let noisy ones flicker about theirs', () => {
    const faults: Faults = {
      ...flawless,
      hot: [
        { pixel: 3, level: 777, noisy: false },
        { pixel: 4, level: 1000, noisy: true },
      ],
    };
    const readings = Array.from({ length: 300 }, (_, i) => {
      const counts = new Int32Array(PIXELS).fill(1);
      applyFaults(counts, faults, stream(4, i));
      return counts;
    });
    expect(new Set(readings.map((counts) => counts[3]))).toEqual(new Set([777]));
    const mean = readings.reduce((sum, counts) => sum + counts[4]!, 0) / 300;
    // A standard deviation of 1000 / sqrt(3) each; five of the mean's.
    expect(Math.abs(mean - 1000)).toBeLessThan((5 * 1000) / Math.sqrt(3 * 300));
  });

  it('light a stray pixel as often as said', () => {
    let lit = 0;
    for (let i = 0; i < 400; i++) {
      const counts = new Int32Array(PIXELS);
      applyFaults(counts, { ...flawless, zingerRate: 0.25 }, stream(8, i));
      lit += counts.some((n) => n >= 100) ? 1 : 0;
    }
    expect(Math.abs(lit - 100)).toBeLessThan(5 * Math.sqrt(75));
  });
});
