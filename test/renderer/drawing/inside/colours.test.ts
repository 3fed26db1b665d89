import { describe, expect, it } from 'vitest';
import { insideColours } from '@renderer/drawing/inside/colours';

type Rgb = readonly [number, number, number];
const rgb = (table: Uint32Array, level: number): Rgb => {
  const bytes = new Uint8Array(table.buffer, 4 * level, 3);
  return [bytes[0]!, bytes[1]!, bytes[2]!];
};
const linear = (c: number): number => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
const times = (matrix: readonly Rgb[], v: Rgb): Rgb =>
  matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Rgb;

// What people see who lack one kind of cones, from linear sRGB: Vienot, Brettel and Mollon, Color Res. Appl. 24 (1999) 243.
const seenBy = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopes: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deuteranopes: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
} as const satisfies Record<string, readonly Rgb[]>;
const toXyz: readonly Rgb[] = [
  [0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505],
  [0.2126, 0.7152, 0.0722],
  [0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089],
];
/** CIE 1976 L*a*b* of a colour as somebody sees it. */
function lab(colour: Rgb, eyes: keyof typeof seenBy): Rgb {
  const light: Rgb = [linear(colour[0]), linear(colour[1]), linear(colour[2])];
  const [x, y, z] = times(toXyz, times(seenBy[eyes], light)).map((t) =>
    t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29,
  ) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const difference = (a: Rgb, b: Rgb, eyes: keyof typeof seenBy): number => {
  const [p, q] = [lab(a, eyes), lab(b, eyes)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
};
const eyesOf = ['everybody', 'protanopes', 'deuteranopes'] as const;

describe('the colours of a phase', () => {
  const { cyclic } = insideColours(false);

  it('are Twilight, its published ends in the middle, where there is no phase', () => {
    expect(rgb(cyclic, 128)).toEqual([0xe2, 0xd9, 0xe2]);
    expect(rgb(cyclic, 0)).toEqual([0x2f, 0x14, 0x37]);
  });

  it.each(['day', 'night'] as const)('close the circle without a step, by %s', (when) => {
    const table = insideColours(when === 'night').cyclic;
    const steps = Array.from({ length: 256 }, (_, n) =>
      difference(rgb(table, n), rgb(table, (n + 1) % 256), 'everybody'),
    );
    expect(Math.max(...steps)).toBeLessThan(4);
    expect(steps[255]).toBeLessThanOrEqual(Math.max(...steps.slice(0, 255)));
  });

  it.each(eyesOf)('tell a quarter turn forwards from one back to %s', (eyes) => {
    for (const quarter of [48, 64, 80])
      expect(difference(rgb(cyclic, 128 - quarter), rgb(cyclic, 128 + quarter), eyes)).toBeGreaterThan(20);
  });

  it('are as light forwards as back, as everybody sees them', () => {
    for (let n = 16; n < 128; n += 16)
      expect(
        Math.abs(lab(rgb(cyclic, 128 - n), 'everybody')[0] - lab(rgb(cyclic, 128 + n), 'everybody')[0]),
      ).toBeLessThan(6);
  });
});

describe('the colours of displacement and strain', () => {
  const { diverging } = insideColours(false);

  it.each(eyesOf)('tell more from less than nothing to %s, and both from nothing', (eyes) => {
    const [low, none, high] = [rgb(diverging, 24), rgb(diverging, 128), rgb(diverging, 231)];
    expect(difference(low, high, eyes)).toBeGreaterThan(40);
    expect(difference(low, none, eyes)).toBeGreaterThan(30);
    expect(difference(high, none, eyes)).toBeGreaterThan(30);
  });

  it('are lightest where there is nothing, and blue below', () => {
    const lightness = [0, 64, 127, 191, 255].map((n) => lab(rgb(diverging, n), 'everybody')[0]);
    expect(lightness[2]).toBe(Math.max(...lightness));
    expect(rgb(diverging, 40)[2]).toBeGreaterThan(rgb(diverging, 40)[0]);
    expect(rgb(diverging, 215)[0]).toBeGreaterThan(rgb(diverging, 215)[2]);
  });
});

it('spares eyes that are used to the dark: no blue, and never more green than half the red', () => {
  for (const table of Object.values(insideColours(true)))
    for (let n = 0; n < 256; n++) {
      const [red, green, blue] = rgb(table as Uint32Array, n);
      expect(blue).toBeLessThanOrEqual(20);
      expect(green).toBeLessThanOrEqual(red / 2 + 1);
    }
});
