import type { RandomStream } from '@core/random/stream';
import type { Instrument } from './instrument';
import { measure, type Measured } from './truth';

/** What a scan lacks, and how it was taken; frames by their place among those that are there. */
export interface Disturbed {
  readonly truth: Measured;
  readonly way: (typeof ways)[number];
  /** Frames upon which no beam fell. */
  readonly dark: readonly number[];
  readonly dropped: number;
}

const ways = ['up', 'down', 'up and down', 'shuffled'] as const;
/** Parts of a step that an unsteady motor stops beside its place. */
const JITTER = 0.25;
const MOST_DROPPED = 0.2;
const MOST_DARK = 3;
/** Counts that another crystal has in a masked part of a frame. */
const ALIEN = 150_000;

/**
 * The one crystal, as beamlines really measure it: frames dropped anywhere, each where an unsteady motor stopped, dark ones among them, in
 * any order.
 * @param masks whether single frames have parts that the file masks, with counts in them that are none of the crystal's
 */
export function disturb(instrument: Instrument, draw: RandomStream, masks: boolean): Disturbed {
  const way = draw.pick(ways);
  let dropped = 0;
  const truth = measure(instrument, (even, step) => {
    const left = draw.shuffle(Array.from(even.keys())).slice(Math.floor(draw.uniform(0, MOST_DROPPED) * even.length));
    dropped = even.length - left.length;
    const up = left.sort((a, b) => a - b).map((f) => even[f]! + step * draw.uniform(-JITTER, JITTER));
    if (way === 'up') return Float64Array.from(up);
    if (way === 'down') return Float64Array.from(up.reverse());
    if (way === 'shuffled') return Float64Array.from(draw.shuffle(up));
    return Float64Array.from([...up.filter((_, k) => k % 2 === 0), ...up.filter((_, k) => k % 2 === 1).reverse()]);
  });
  const frames = truth.instrument.frames;
  const dark = draw.shuffle(Array.from({ length: frames }, (_, f) => f)).slice(0, draw.integer(MOST_DARK + 1));
  return { truth: { ...truth, ...spoilt(truth, dark, masks ? draw : undefined) }, way, dark, dropped };
}

/** The frames, dark where no beam fell, and masked in parts. */
function spoilt(
  { frame, instrument: { frames, shape } }: Measured,
  dark: readonly number[],
  masked: RandomStream | undefined,
): Pick<Measured, 'frame' | 'all' | 'mask'> {
  const [rows, cols] = shape;
  const pixels = rows * cols;
  const mask = new Uint8Array(frames * pixels);
  for (let n = 0; masked && n < frames / 6; n++) {
    const [f, top, left] = [masked.integer(frames), masked.integer(rows - 6), masked.integer(cols - 6)];
    for (let r = top; r < top + 6; r++) mask.fill(1, f * pixels + r * cols + left, f * pixels + r * cols + left + 6);
  }
  const seen = (f: number): Uint32Array => {
    const counts = dark.includes(f) ? new Uint32Array(pixels) : Uint32Array.from(frame(f));
    for (let p = 0; p < pixels; p++) if (mask[f * pixels + p] === 1) counts[p] = ALIEN;
    return counts;
  };
  return {
    frame: seen,
    all: () => {
      const counts = new Uint32Array(frames * pixels);
      for (let f = 0; f < frames; f++) counts.set(seen(f), f * pixels);
      return counts;
    },
    ...(masked && { mask: () => mask }),
  };
}
