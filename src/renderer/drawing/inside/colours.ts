import { interpolateRdBu } from 'd3-scale-chromatic';
import { levels, packColours, parseColour } from '@renderer/drawing/slices/colour-map';

type Rgb = readonly [number, number, number];

/**
 * Twilight, the cyclic map of Bastian Bechtold in Matplotlib (CC0): its two halves rise and fall in lightness alike and differ in hue, also for
 * people who see no red or no green. Every sixteenth of its 510 colours; between them it is straight to 1.3 levels of 255.
 */
const twilight = (
  'e2d9e2 d6d7dd c3ced4 abc2cc 94b4c7 81a6c3 7297c1 6886be 6275ba 5f63b5 5e51ad 5d3da1 592a8f 521b77 45135c 381146 ' +
  '2f1437 3a113a 4b1342 5f174a 741e4f 872750 983550 a64550 b25652 bb6858 c27c62 c78f72 cca388 d1b5a2 d8c6bd ded3d5 e2d9e2'
)
  .split(' ')
  .map((hex) => parseColour(`#${hex}`));

function alongKnots(knots: readonly Rgb[], t: number): Rgb {
  const at = t * (knots.length - 1);
  const low = Math.min(knots.length - 2, Math.floor(at));
  const part = at - low;
  const mixed = (n: 0 | 1 | 2): number => knots[low]![n] + part * (knots[low + 1]![n] - knots[low]![n]);
  return [mixed(0), mixed(1), mixed(2)];
}

// For eyes used to the dark no blue and hardly any green: one half or side is red, the other orange.
const nightCycle: readonly Rgb[] = [
  [255, 60, 20],
  [110, 0, 0],
  [24, 0, 0],
  [110, 40, 0],
  [255, 60, 20],
];
const nightSides: readonly Rgb[] = [
  [255, 20, 0],
  [130, 0, 0],
  [20, 0, 0],
  [130, 52, 0],
  [255, 118, 0],
];

const table = (colour: (t: number) => Rgb, end: number): Uint32Array =>
  packColours(Array.from({ length: levels }, (_, n) => colour(n / end)));

/** A quantity's colours: 256 words, from -pi up to pi (which is -pi again), or from one end by nothing in the middle to the other. */
export interface InsideColours {
  /** Of angles: the last is followed by the first. */
  readonly cyclic: Uint32Array;
  /** Blue below nothing, red above (ColorBrewer's RdBu, safe for people who see no red or no green). */
  readonly diverging: Uint32Array;
}

const byDay: InsideColours = {
  // Light where there is no phase, which is most of most crystals.
  cyclic: table((t) => alongKnots(twilight, (t + 0.5) % 1), levels),
  diverging: table((t) => parseColour(interpolateRdBu(1 - t)), levels - 1),
};
const byNight: InsideColours = {
  cyclic: table((t) => alongKnots(nightCycle, (t + 0.5) % 1), levels),
  diverging: table((t) => alongKnots(nightSides, t), levels - 1),
};

/** @param night whether the eyes are used to the dark: red alone */
export const insideColours = (night: boolean): InsideColours => (night ? byNight : byDay);
