import { roundTicks } from './axis';

export const scaleNames = ['log', 'linear', 'sqrt', 'symlog'] as const;
export type ScaleName = (typeof scaleNames)[number];

/** What the colour bar spans, as intensities relative to a maximum of 1. */
export interface Range {
  readonly low: number;
  readonly high: number;
  /** Where symlog turns from linear to logarithmic. */
  readonly knee: number;
}

/** Maps an intensity to its position on the colour bar in 0..1; what lies outside the range is at an end, never left out. */
export function scaler(scale: ScaleName, { low, high, knee }: Range): (value: number) => number {
  const span = high - low;
  if (scale === 'linear') return (value) => clamp((value - low) / span);
  if (scale === 'sqrt') return (value) => (value <= low ? 0 : clamp(Math.sqrt((value - low) / span)));
  if (scale === 'symlog') {
    const bottom = Math.log1p(low / knee);
    const decades = Math.log1p(high / knee) - bottom;
    return (value) => (value <= low ? 0 : clamp((Math.log1p(value / knee) - bottom) / decades));
  }
  const bottom = Math.log(low);
  const decades = Math.log(high) - bottom;
  return (value) => (value <= low ? 0 : clamp((Math.log(value) - bottom) / decades));
}

/** Values to label on the colour bar, ascending. */
export function scaleTicks(scale: ScaleName, { low, high, knee }: Range): readonly number[] {
  if (scale === 'linear') return roundTicks(low, high, 4);
  // Even steps of the root, so that labels stand evenly.
  if (scale === 'sqrt') return [0, 0.2, 0.5, 0.8, 1].map((t) => low + t * t * (high - low));
  if (scale === 'log') return logTicks(low, high);
  const above = logTicks(Math.max(low, knee), high);
  return low < knee ? [low, ...above] : above;
}

/** Whole decades; within two decades also their twofold and fivefold, within one whatever is round. */
function logTicks(low: number, high: number): readonly number[] {
  for (const multiples of [[1], [1, 2, 5]]) {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high * (1 + 1e-9); power++) {
      for (const multiple of multiples) {
        // Powers from text: 10 ** -5 and its like are not the nearest numbers to what is meant.
        const tick = Number(`${multiple}e${power}`);
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
      }
    }
    if (ticks.length >= 3) return ticks;
  }
  return roundTicks(low, high, 4);
}

function clamp(t: number): number {
  return t < 0 ? 0 : t > 1 ? 1 : t;
}
