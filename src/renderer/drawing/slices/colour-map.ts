import { interpolateCividis, interpolateGreys, interpolateInferno, interpolateViridis } from 'd3-scale-chromatic';

export const colourMapNames = ['viridis', 'cividis', 'inferno', 'grey', 'red'] as const;
export type ColourMapName = (typeof colourMapNames)[number];

/** Steps of a lookup table: what an intensity level (one byte) can address. */
export const levels = 256;

/** Where on the red map red is at its full. */
const fullRed = 0.75;

const interpolators: Readonly<Record<ColourMapName, (t: number) => string>> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  inferno: interpolateInferno,
  // d3's greys run from white to black; intensity is brighter where there is more.
  grey: (t) => interpolateGreys(1 - t),
  // For eyes used to the dark: red alone, until it is as bright as it gets; only the brightest part goes on to orange.
  red: (t) => `rgb(${Math.round(255 * Math.min(1, t / fullRed))}, ${Math.round(Math.max(0, t - fullRed) * 480)}, 0)`,
};

/** Red, green and blue (0 to 255) of a colour in d3's two notations, `#rrggbb` and `rgb(r, g, b)`, and as builds shorten it, `#rgb`. */
export function parseColour(colour: string): readonly [number, number, number] {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex) return [parseInt(hex[1]!, 16), parseInt(hex[2]!, 16), parseInt(hex[3]!, 16)];
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  if (short) return [parseInt(short[1]!, 16) * 17, parseInt(short[2]!, 16) * 17, parseInt(short[3]!, 16) * 17];
  const rgb = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(colour);
  if (rgb) return [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])];
  throw new RangeError(`not a colour: ${colour}`);
}

/** Packs opaque colours as ImageData holds them, one 32-bit word each, whatever the machine's byte order. */
export function packColours(colours: readonly (readonly [number, number, number])[]): Uint32Array {
  const bytes = new Uint8ClampedArray(colours.length * 4);
  colours.forEach((colour, n) => bytes.set([...colour, 255], n * 4));
  return new Uint32Array(bytes.buffer);
}

const tables = new Map<ColourMapName, Uint32Array>();

/** The colour of every intensity level: 256 words for an ImageData's 32-bit view. */
export function lookupTable(name: ColourMapName): Uint32Array {
  const known = tables.get(name);
  if (known) return known;
  const colours = Array.from({ length: levels }, (_, n) => parseColour(interpolators[name](n / (levels - 1))));
  const table = packColours(colours);
  tables.set(name, table);
  return table;
}
