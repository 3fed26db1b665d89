import type { RandomStream } from '@core/random/stream';

/** Diffuse counts per pixel: a level that slopes over the detector and swells about one place. */
export interface Background {
  /** Counts per pixel and frame on average over the frame, before slope and swelling. */
  readonly level: number;
  /** Relative change from the first to the last row and column. */
  readonly slope: readonly [number, number];
  /** Relative height of a broad Gaussian hump, and its centre and width in fractions of the frame. */
  readonly hump: { readonly height: number; readonly row: number; readonly col: number; readonly width: number };
}

/** Expected background counts of a frame's pixels, rows x cols. */
export function backgroundMap(background: Background, shape: readonly [number, number]): Float32Array {
  const [rows, cols] = shape;
  const { level, slope, hump } = background;
  const out = new Float32Array(rows * cols);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, at++) {
      const y = row / rows;
      const x = col / cols;
      const away = ((y - hump.row) ** 2 + (x - hump.col) ** 2) / (2 * hump.width ** 2);
      const factor = 1 + slope[0] * (y - 0.5) + slope[1] * (x - 0.5) + hump.height * Math.exp(-away);
      out[at] = level * Math.max(factor, 0);
    }
  }
  return out;
}

/** Draws a frame's background counts. */
export type BackgroundSampler = (counts: Int32Array, draw: RandomStream) => void;

/**
 * Prepares a background for adding its Poisson counts to frames. Few pixels count at all, so photons are drawn and placed: a
 * Poisson number of them, each on a pixel with that pixel's share, which is the same distribution as one draw per pixel.
 * Placing takes one random number by the alias method (M. Vose, IEEE Trans. Softw. Eng. 17 (1991) 972).
 * @param map expected counts of each pixel
 */
export function sampleBackground(map: Float32Array): BackgroundSampler {
  const pixels = map.length;
  let total = 0;
  for (const mean of map) total += mean;
  const keep = Float64Array.from(map, (mean) => (mean * pixels) / total);
  const alias = Int32Array.from(map, (_, pixel) => pixel);
  const poor: number[] = [];
  const rich: number[] = [];
  keep.forEach((share, pixel) => (share < 1 ? poor : rich).push(pixel));
  while (poor.length > 0 && rich.length > 0) {
    const low = poor.pop()!;
    const high = rich.at(-1)!;
    alias[low] = high;
    keep[high]! -= 1 - keep[low]!;
    if (keep[high]! < 1) poor.push(rich.pop()!);
  }
  return (counts, draw) => {
    for (let photons = draw.poisson(total); photons > 0; photons--) {
      const place = draw.uniform() * pixels;
      const pixel = Math.floor(place);
      counts[place - pixel < keep[pixel]! ? pixel : alias[pixel]!]!++;
    }
  };
}
