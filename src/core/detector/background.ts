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

/**
 * Adds Poisson counts of a background. Few pixels count at all, so photons are drawn and placed (a Poisson number of them at
 * the highest rate, each kept with its pixel's share of it), which gives the same distribution as one draw per pixel.
 */
export function addBackground(counts: Int32Array, map: Float32Array, draw: RandomStream): void {
  let highest = 0;
  for (const mean of map) highest = Math.max(highest, mean);
  for (let photons = draw.poisson(highest * map.length); photons > 0; photons--) {
    const pixel = draw.integer(map.length);
    if (draw.uniform() * highest < map[pixel]!) counts[pixel]!++;
  }
}
