import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPng, writePng, type Picture } from '../e2e/support/png';
import { alike, compare, shrink } from '../e2e/support/snapshot';

const reference = (name: string): Picture =>
  readPng(readFileSync(new URL(`../e2e/snapshots/${name}.png`, import.meta.url)));

type Colour = readonly [number, number, number];
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The picture with each pixel taken from where `from` says, or given the colour that it says. */
function altered(picture: Picture, from: (x: number, y: number) => readonly [number, number] | Colour): Picture {
  const { width, height, rgb } = picture;
  const out = new Uint8Array(rgb.length);
  for (let y = 0, n = 0; y < height; y++)
    for (let x = 0; x < width; x++, n += 3) {
      const [a, b, c] = from(x, y);
      const at = 3 * (Math.min(b, height - 1) * width + Math.min(a, width - 1));
      out.set(c === undefined ? rgb.subarray(at, at + 3) : [a, b, c], n);
    }
  return { width, height, rgb: out };
}

const inside = ({ x, y, width, height }: Box, u: number, v: number): boolean =>
  u >= x && u < x + width && v >= y && v < y + height;

const colourAt = ({ rgb, width }: Picture, x: number, y: number): Colour => {
  const at = 3 * (y * width + x);
  return [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
};

const painted = (picture: Picture, box: Box, colour: Colour): Picture =>
  altered(picture, (x, y) => (inside(box, x, y) ? colour : [x, y]));

const shifted = (picture: Picture, box: Box, by: number): Picture =>
  altered(picture, (x, y) => (inside(box, x, y) && x - by >= box.x ? [x - by, y] : [x, y]));

// Of the watch view at 1280 x 800, in snapshot pixels of 8.
const queue: Box = { x: 0, y: 12, width: 34, height: 88 };
const verdict: Box = { x: 119, y: 6, width: 41, height: 94 };

describe.each(['light', 'dark', 'night'])('a snapshot of the watch view in %s', (theme) => {
  const watch = reference(`watch-${theme}`);
  const surface = colourAt(watch, 118, 98);

  test('is like itself, and like itself softened by other antialiasing', () => {
    expect(compare(watch, watch)).toMatchObject({ mean: 0, worst: 0, share: 0 });
    const softened = { ...watch, rgb: watch.rgb.map((value, n) => (value + (watch.rgb[n + 3] ?? value)) >> 1) };
    expect(alike(compare(watch, softened))).toBe(true);
  });

  test('is like itself with text a little elsewhere, as another font puts it', () => {
    expect(alike(compare(watch, shifted(watch, verdict, 1)))).toBe(true);
    expect(alike(compare(watch, shifted(shifted(watch, queue, 1), verdict, 2)))).toBe(true);
  });

  test('is not like itself without a panel, with a bar over it or a column elsewhere', () => {
    expect(alike(compare(watch, painted(watch, queue, surface)))).toBe(false);
    expect(alike(compare(watch, painted(watch, verdict, surface)))).toBe(false);
    const bar = theme === 'light' ? ([11, 95, 165] as const) : ([210, 60, 60] as const);
    expect(alike(compare(watch, painted(watch, { x: 0, y: 40, width: 160, height: 5 }, bar)))).toBe(false);
    expect(alike(compare(watch, shifted(watch, { ...queue, width: 119 }, 12)))).toBe(false);
  });

  test('is not like that of another theme, nor with surfaces of another shade', () => {
    for (const other of ['light', 'dark', 'night'].filter((name) => name !== theme))
      expect(alike(compare(watch, reference(`watch-${other}`)))).toBe(false);
    const lighter = { ...watch, rgb: watch.rgb.map((value) => (value > 127 ? value - 12 : value + 12)) };
    expect(alike(compare(watch, lighter))).toBe(false);
  });
});

test('says where the worst block is, in pixels of the screen', () => {
  const watch = reference('watch-light');
  const { at, worst } = compare(watch, painted(watch, { x: 80, y: 60, width: 4, height: 4 }, [255, 0, 0]));
  expect(at).toEqual([640, 480]);
  expect(worst).toBeGreaterThan(48);
});

test('shrinks by means of 8 x 8 pixels, and a picture survives its file', () => {
  const rgb = new Uint8Array(16 * 8 * 3).map((_, n) =>
    Math.floor(n / 3) % 16 < 8 ? [200, 100, 52][n % 3]! : n % 2 ? 0 : 8,
  );
  const small = shrink({ width: 16, height: 8, rgb });
  expect([...small.rgb]).toEqual([200, 100, 52, 4, 4, 4]);
  const watch = reference('watch-dark');
  expect(Buffer.from(readPng(writePng(watch)).rgb).equals(Buffer.from(watch.rgb))).toBe(true);
});
