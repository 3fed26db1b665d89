import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposureOf, type BeamList } from '@core/reduce/exposure';
import { countsOfBeam, MASK_HOT } from '@core/reduce/mask';
import { findPedestal } from '@core/reduce/pedestal';
import { evenedBy, findSteps } from '@core/reduce/steps';
import { findDark, findEmpty, findWeak } from '@core/reduce/worth';
import { stream } from '@core/random/stream';

const FRAMES = 60;
const order = Array.from({ length: FRAMES }, (_, f) => f);
/** A rocking curve as of a whole frame: fringes that are no deeper than its rows and columns leave them, on a background. */
const rocking = (background = 0): number[] =>
  order.map((f) => {
    const x = (f - 30) / 3.5;
    return (2e6 / (1 + x * x)) * (1 + 0.3 * Math.cos(2 * x)) + background;
  });

/** Parts of the full exposure: less from one frame on to another. */
const weakened = fc.record({
  from: fc.integer({ min: 4, max: 40 }),
  length: fc.integer({ min: 6, max: 16 }),
  part: fc.constantFrom(0.5, 0.1, 0.02),
});
const partsOf = ({ from, length, part }: { from: number; length: number; part: number }): number[] =>
  order.map((f) => (f >= from && f < from + length ? part : 1));

describe('a counter of the attenuator', () => {
  const said: readonly (readonly [string, (part: number) => number])[] = [
    ['transmission', (part) => part],
    ['transmission in percent', (part) => 100 * part],
    ['attenuation', (part) => 1 / part],
  ];

  it('is understood by how the counts change with it, and they come to one exposure', () => {
    fc.assert(
      fc.property(weakened, fc.constantFrom(...said), fc.boolean(), (change, [, write], corrected) => {
        // A step of half is less than the curve's own slope in places: what the counter means must show.
        const parts = partsOf({ ...change, part: Math.min(change.part, 0.1) });
        const truth = rocking(500);
        const sums = truth.map((counts, f) => counts * (corrected ? 1 : parts[f]!));
        const list: BeamList = { kind: 'attenuation', name: 'att', values: parts.map(write) };
        const { factors, used, unclear } = exposureOf([list], sums, order);
        expect(unclear).toEqual([]);
        if (corrected) expect(factors).toBeUndefined();
        else {
          expect(used).toHaveLength(1);
          const ratios = truth.map((counts, f) => (sums[f]! * factors![f]!) / counts);
          for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0]!, 9);
        }
      }),
    );
  });

  it('that says nothing that fits is told, with where it changes and by how much the counts do', () => {
    const parts = partsOf({ from: 26, length: 9, part: 0.01 });
    const sums = rocking(500).map((counts, f) => counts * parts[f]!);
    const values = parts.map((part) => (part < 1 ? 3 : 0));
    const { factors, unclear } = exposureOf([{ kind: 'attenuation', name: 'filters', values }], sums, order);
    expect(factors).toBeUndefined();
    expect(unclear).toMatchObject([{ name: 'filters', frames: [26, 35] }]);
    expect(unclear[0]!.step).toBeGreaterThan(40);
  });

  it('is not divided by a second time where the monitor stands behind it', () => {
    const parts = partsOf({ from: 26, length: 9, part: 0.1 });
    const sums = rocking(500).map((counts, f) => counts * parts[f]!);
    const list: BeamList = { kind: 'attenuation', name: 'transm', values: parts };
    const monitor = parts.map((part, f) => 1e5 * part * (1 + 0.01 * (f % 3)));
    expect(exposureOf([list], sums, order, monitor).factors).toBeUndefined();
    expect(
      exposureOf(
        [list],
        sums,
        order,
        parts.map(() => 1e5),
      ).factors,
    ).toBeDefined();
  });
});

it('the counting time is divided by, in whatever order the frames were taken, unless the monitor counted as long', () => {
  const times = order.map((f) => (f >= 33 ? 2 : 1));
  const sums = rocking(500).map((counts, f) => counts * times[f]!);
  const list: BeamList = { kind: 'time', name: 'sec', values: times };
  const { factors } = exposureOf([list], sums, order.toReversed());
  expect(factors![40]! / factors![10]!).toBeCloseTo(0.5, 12);
  const counted = times.map((time) => 1e5 * time);
  expect(exposureOf([list], sums, order, counted).factors).toBeUndefined();
  const trembling = { ...list, values: times.map((_, f) => 1 + 0.005 * Math.sin(f)) };
  expect(exposureOf([trembling], sums, order).factors).toBeUndefined();
});

describe('a step that nothing recorded', () => {
  it('is found where the maximum was weakened, and where the background goes from one level to another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 26, max: 28 }), fc.constantFrom(10, 20, 50), (from, by) => {
        const curve = rocking().map((counts, f) => (f >= from && f < 61 - from ? counts / by : counts));
        const found = findSteps(curve, curve, order);
        expect(found.map(({ frame }) => frame)).toEqual([from, 61 - from]);
      }),
    );
    const curve = rocking().map((counts, f) => (f >= 40 ? 2 : 1) * counts);
    const sums = curve.map((counts, f) => counts + (f >= 40 ? 2000 : 1000));
    const [step, ...more] = findSteps(curve, sums, order);
    expect(more).toEqual([]);
    expect(step).toMatchObject({ frame: 40, plain: true });
    expect(evenedBy([step!], order, FRAMES)).toEqual(Float64Array.from(order, (f) => (f >= 40 ? 0.5 : 1)));
    expect(step!.ratio).toBeCloseTo(2, 6);
    // The same beside a constant of the detector's own: nothing tells by how much the beam changed.
    const offset = findSteps(
      curve,
      curve.map((counts, f) => counts + (f >= 40 ? 2000 : 1000) + 900),
      order,
    );
    expect(offset.map(({ plain }) => plain)).toEqual([false]);
    expect(evenedBy(offset, order, FRAMES)).toBeUndefined();
    // A row of hot pixels in some frames is on top of the beam's counts.
    const hot = rocking().map((counts, f) => counts + 1000 + (f >= 40 && f < 50 ? 1e6 : 0));
    expect(findSteps(rocking(), hot, order)).toEqual([]);
  });

  it('is as large as it was, also where the tails of the peak lie beside it, or is not called plain', () => {
    let plain = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 26 }),
        fc.constantFrom(2, 3, 5, 0.3),
        fc.constantFrom(0.005, 0.02),
        fc.constantFrom(500, 3000),
        (from, by, tails, background) => {
          // Decays more slowly than the peak itself, as what lies far from it does.
          const tail = (f: number): number => (tails * 2e6) / (1 + Math.abs(f - 30) / 3.5);
          const share = (f: number): number => (f >= from && f < 61 - from ? by : 1);
          const curve = rocking().map((counts, f) => counts * share(f));
          const sums = curve.map((counts, f) => counts + (tail(f) + background) * share(f));
          const found = findSteps(curve, sums, order);
          plain += found.filter((step) => step.plain).length;
          for (const step of found.filter((each) => each.plain)) {
            const meant = step.frame === from ? by : 1 / by;
            expect(Math.abs(Math.log(step.ratio / meant))).toBeLessThan(0.2);
          }
        },
      ),
    );
    expect(plain).toBeGreaterThan(10);
  });

  it('is none in a rocking curve with fringes, wherever its maximum, however deep its minima and whatever lies beside it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 50 }),
        fc.double({ min: 2.5, max: 6, noNaN: true }),
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        (at, width, beside) => {
          const curve = order.map((f) => {
            const x = (f - at) / (width / Math.PI);
            return 1e6 * (x === 0 ? 1 : (Math.sin(x) / x) ** 2) + 1;
          });
          const sums = curve.map((counts, f) => counts * (1 + beside) + 300 + 3 * f);
          expect(findSteps(curve, sums, order)).toEqual([]);
        },
      ),
    );
  });
});

describe('single frames that were exposed for a part of their time', () => {
  it('are found by the background, wherever they are, and none where there are none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 56 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(0.6, 0.4, 0.3),
        fc.constantFrom(800, 5000),
        (from, length, part, background) => {
          const share = (f: number): number => (f >= from && f < from + length ? part : 1);
          const whole = rocking(background);
          const weak = order.filter((f) => share(f) < 1);
          const [curve, sums] = [rocking(), whole].map((counts) => counts.map((each, f) => each * share(f)));
          // Several frames may lie on a fringe as bright as those beside them.
          const found = findWeak({ curve: curve!, sums: sums!, order });
          if (length === 1) expect(found).toEqual(weak);
          else expect(weak).toEqual(expect.arrayContaining(found));
          expect(findWeak({ curve: rocking(), sums: whole, order })).toEqual([]);
        },
      ),
    );
  });
});

describe('a pedestal', () => {
  const [frames, pixels] = [64, 4000];
  const none = new Uint8Array(pixels);
  /** Sums of pixels that hold `level` counts a frame, every one off by its noise, a fifth of them with diffraction on top. */
  const sumOf = (level: number, noise: number): Float32Array =>
    Float32Array.from({ length: pixels }, (_, p) => {
      const scatter = noise * Math.sin(12.9898 * p) * 1.4;
      return frames * level + Math.sqrt(frames) * scatter + (p % 5 === 0 ? 30 * p : 0);
    });

  it('is what the faint half of the pixels has in every frame', () => {
    for (const [level, noise] of [
      [100, 2],
      [100, 10],
      [1000, 5],
      [3, 1.7],
    ] as const)
      expect(Math.abs(findPedestal({ sum: sumOf(level, noise), frames }, none) / level - 1)).toBeLessThan(0.02);
  });

  it('is none where pixels count single photons, or the background has a shape', () => {
    expect(findPedestal({ sum: sumOf(0.05, 0.2), frames }, none)).toBe(0);
    const slope = Float32Array.from({ length: pixels }, (_, p) => frames * (20 + (p % 100)));
    expect(findPedestal({ sum: slope, frames }, none)).toBe(0);
    expect(findPedestal({ sum: new Float32Array(pixels), frames }, none)).toBe(0);
  });

  it('that was taken off leaves noise, which makes no frame a dark one', () => {
    const noise = 1500;
    const sums = order.map(
      (f) => noise * (f % 9 === 0 ? 0.001 : 1 + 0.5 * Math.sin(78.233 * f)) + (Math.abs(f - 30) < 3 ? 4e5 : 0),
    );
    expect(findEmpty(sums, order, noise)).toEqual([]);
    expect(findEmpty(sums, order)).not.toEqual([]);
    const curve = order.map((f) => (Math.abs(f - 30) < 6 && f !== 31 ? 4e5 : 0));
    expect(findDark({ curve, sums: curve, order, noise })).toEqual([31]);
  });
});

describe('hot pixels', () => {
  /** A curve on a background of 20 000 counts a frame, and pixels that flicker by as much as they count. */
  const scanWith = (hotPixels: number, level: number, lost: readonly number[]) => {
    const random = stream(5, 'flicker');
    const pixels = 1000;
    const beam = rocking(20_000).map((counts, f) => (lost.includes(f) ? 0 : random.poisson(counts)));
    const sum = new Float32Array(pixels);
    for (let p = hotPixels; p < pixels; p++) sum[p] = beam.reduce((a, b) => a + b, 0) / (pixels - hotPixels);
    const frameSums = beam.map((counts) => {
      let hot = 0;
      for (let p = 0; p < hotPixels; p++) {
        const own = -level * Math.log(1 - random.uniform());
        sum[p]! += own;
        hot += own;
      }
      return counts + hot;
    });
    const mask = Uint8Array.from({ length: pixels }, (_, p) => (p < hotPixels ? MASK_HOT : 0));
    return countsOfBeam({ sum, frames: FRAMES, frameSums }, mask, 0);
  };

  it('that outshine the background and flicker make no frame a dark one, nor a step', () => {
    for (const [pixels, level] of [
      [33, 7000],
      [5, 40_000],
      [200, 1000],
    ] as const) {
      const { sums, noise } = scanWith(pixels, level, []);
      expect(Math.min(...sums)).toBeGreaterThanOrEqual(0);
      expect(findEmpty(sums, order, noise)).toEqual([]);
      expect(findDark({ curve: rocking(), sums, order, noise })).toEqual([]);
      expect(findSteps(rocking(), sums, order, noise)).toEqual([]);
    }
    const { sums } = scanWith(33, 7000, []);
    expect(findEmpty(sums, order)).not.toEqual([]);
  });

  it('that are fainter than it hide no frames without beam', () => {
    const lost = [0, 1, 2, 3, 57, 58, 59];
    const { sums, noise } = scanWith(10, 300, lost);
    expect(findEmpty(sums, order, noise)).toEqual(lost);
  });
});
