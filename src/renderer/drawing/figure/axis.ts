import { roundTicks, tickDecimals } from '@renderer/drawing/slices/axis';
import type { AxisLabel } from '@renderer/drawing/slices/draw';

/** An axis of a figure: its title, and labels at parts of its length. */
export interface FigureAxis {
  readonly title: string;
  readonly labels: readonly AxisLabel[];
}

/** An axis labelled at about so many round values. */
export function axisOf(
  title: string,
  from: number,
  to: number,
  count: number,
  show: (tick: number, decimals: number) => string,
): FigureAxis {
  const ticks = roundTicks(from, to, count);
  const decimals = tickDecimals(ticks);
  return { title, labels: ticks.map((tick) => ({ t: (tick - from) / (to - from), label: show(tick, decimals) })) };
}
