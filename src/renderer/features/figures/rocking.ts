import type { ScanDetail } from '@contract/scan';
import { axisOf, type FigureAxis } from '@renderer/drawing/figure/axis';
import { fixed, siPrefixed } from '@renderer/format';

export type Curve = NonNullable<ScanDetail['rockingCurve']>;
/** Motor positions at the left and right end. */
export type Span = readonly [number, number];

/** Room for the labels, CSS pixels. */
const margins = { left: 56, right: 12, top: 8, bottom: 34 } as const;
/** More points than this are a line without marks. */
const mostMarks = 150;
/** Room that a label takes to the right and upwards. */
const labelRoom = { right: 70, up: 26 } as const;

/** A rocking curve laid out on the screen, CSS pixels from the upper left corner. */
export interface RockingChart {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Path of the line, and of a dot at each point. */
  readonly line: string;
  readonly dots: string;
  readonly across: FigureAxis;
  readonly up: FigureAxis;
  xOf(position: number): number;
  yOf(counts: number): number;
  positionAt(x: number): number;
}

/** From the first to the last position, whichever way the motor went; a single one gets some room. */
export function wholeSpan({ positions }: Curve): Span {
  const [low, high] = [Math.min(...positions), Math.max(...positions)];
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

/** Lays a curve out. The counts begin at zero and end above the highest that is seen. */
export function layRocking(
  curve: Curve,
  [from, to]: Span,
  width: number,
  height: number,
  counted: string,
): RockingChart {
  const [left, top] = [margins.left, margins.top];
  const right = Math.max(left + 1, width - margins.right);
  const bottom = Math.max(top + 1, height - margins.bottom);
  const points = curve.positions.map((position, at) => [position, curve.counts[at] ?? 0] as const);
  const seen = points.filter(([position]) => position >= from && position <= to);
  const most = Math.max(1, ...seen.map(([, counts]) => counts)) * 1.05;
  const xOf = (position: number): number => left + ((position - from) / (to - from)) * (right - left);
  const yOf = (counts: number): number => bottom - (counts / most) * (bottom - top);
  const places = points.map(([position, counts]) => `${xOf(position).toFixed(1)} ${yOf(counts).toFixed(1)}`);
  const room = { right: (right - left) / labelRoom.right, up: (bottom - top) / labelRoom.up };
  return {
    left,
    top,
    right,
    bottom,
    line: places.length > 0 ? `M${places.join('L')}` : '',
    dots: places.length > mostMarks ? '' : places.map((place) => `M${place}h0`).join(''),
    across: axisOf(`${curve.motor} (°)`, from, to, Math.max(2, Math.min(6, room.right)), fixed),
    up: axisOf(counted, 0, most, Math.max(2, Math.min(5, room.up)), (tick) => siPrefixed(tick)),
    xOf,
    yOf,
    positionAt: (x) => from + ((Math.min(right, Math.max(left, x)) - left) / (right - left)) * (to - from),
  };
}

/** The point whose position is nearest; -1 where there are none. */
export function nearest({ positions }: Curve, position: number): number {
  let best = -1;
  for (const [at, other] of positions.entries())
    if (best < 0 || Math.abs(other - position) < Math.abs(positions[best]! - position)) best = at;
  return best;
}
