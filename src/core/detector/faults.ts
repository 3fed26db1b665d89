import type { RandomStream } from '@core/random/stream';

/** What is wrong with a detector. */
export interface Faults {
  /** Pixels that never count: gaps between chips, and single ones. */
  readonly dead: Int32Array;
  /** Pixels that count by themselves: always the same number, or at random about it. */
  readonly hot: readonly { readonly pixel: number; readonly level: number; readonly noisy: boolean }[];
  /** Probability that a frame holds one pixel lit by a stray particle. */
  readonly zingerRate: number;
}

/** [first, last) rows and columns that never count. */
interface Rectangle {
  readonly rows: readonly [number, number];
  readonly cols: readonly [number, number];
}

export interface FaultCounts {
  readonly hot: number;
  readonly dead: number;
  readonly zingerRate: number;
}

// From what a Maxipix shows at threshold drift to pixels brighter than most Bragg peaks.
const HOT_LEVEL_DECADES: readonly [number, number] = [1.3, 4.8];
const ZINGER_DECADES: readonly [number, number] = [2, 3.7];

/** A detector's faults, which stay the same from scan to scan. */
export function drawFaults(
  shape: readonly [number, number],
  gaps: readonly Rectangle[],
  counts: FaultCounts,
  draw: RandomStream,
): Faults {
  const [rows, cols] = shape;
  const dead: number[] = [];
  for (const gap of gaps) {
    for (let row = gap.rows[0]; row < Math.min(gap.rows[1], rows); row++) {
      for (let col = gap.cols[0]; col < Math.min(gap.cols[1], cols); col++) dead.push(row * cols + col);
    }
  }
  for (let i = 0; i < counts.dead; i++) dead.push(draw.integer(rows * cols));
  const hot = Array.from({ length: counts.hot }, () => ({
    pixel: draw.integer(rows * cols),
    level: Math.round(10 ** draw.uniform(...HOT_LEVEL_DECADES)),
    noisy: draw.uniform() < 0.5,
  }));
  return { dead: Int32Array.from(dead), hot, zingerRate: counts.zingerRate };
}

/** Makes a frame of true counts into what a faulty detector reads. */
export function applyFaults(counts: Int32Array, faults: Faults, draw: RandomStream): void {
  if (draw.uniform() < faults.zingerRate) {
    counts[draw.integer(counts.length)]! += Math.round(10 ** draw.uniform(...ZINGER_DECADES));
  }
  for (const { pixel, level, noisy } of faults.hot) {
    // A noisy pixel flickers by far more than counting statistics.
    counts[pixel] = noisy ? draw.poisson(level * draw.uniform(0, 2)) : level;
  }
  for (const pixel of faults.dead) counts[pixel] = 0;
}
