import { axisOf, type FigureAxis } from './axis';
import { fixed } from '@renderer/format';

/** Where a chart's axis begins and ends. */
export type Span = readonly [number, number];

/** A point of a line; null where nothing was measured, which is a gap and no zero. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number | null;
}

/** How values stand upwards: the axis, and a value's part of its height. */
export interface Rise {
  readonly axis: FigureAxis;
  position(value: number): number;
}

/** What a chart shows. */
export interface ChartOf {
  readonly lines: readonly (readonly ChartPoint[])[];
  /** The part that is seen. */
  readonly span: Span;
  /** Title of the axis to the right. */
  readonly across: string;
  /** Made for the highest value that is seen, and so many labels. */
  readonly up: (highest: number, count: number) => Rise;
}

/** Room for the labels, CSS pixels. */
const margins = { left: 56, right: 12, top: 8, bottom: 34 } as const;
/** More points than this are a line without marks. */
const mostMarks = 150;
/** Room that a label takes to the right and upwards. */
const labelRoom = { right: 70, up: 26 } as const;

/** A chart laid out on the screen, CSS pixels from the upper left corner. */
export interface Chart {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Path of each line, and of its dots. */
  readonly lines: readonly { readonly line: string; readonly dots: string }[];
  readonly across: FigureAxis;
  readonly up: FigureAxis;
  xOf(x: number): number;
  yOf(y: number): number;
  positionAt(x: number): number;
}

/** From the lowest to the highest x of all points; a single one gets some room. */
export function wholeSpan(lines: ChartOf['lines'], room: number): Span {
  const all = lines.flatMap((points) => points.map(({ x }) => x));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return low < high ? [low, high] : [low - room / 2, high + room / 2];
}

/** Values from zero to a little above the highest. */
export const riseFromZero =
  (title: string, show: (tick: number) => string): ChartOf['up'] =>
  (highest, count) => {
    const most = Math.max(1, highest) * 1.05;
    return { axis: axisOf(title, 0, most, count, show), position: (value) => value / most };
  };

/** Lays a chart out. */
export function layChart({ lines, span: [from, to], across, up }: ChartOf, width: number, height: number): Chart {
  const [left, top] = [margins.left, margins.top];
  const right = Math.max(left + 1, width - margins.right);
  const bottom = Math.max(top + 1, height - margins.bottom);
  const seen = lines.flatMap((points) => points.flatMap(({ x, y }) => (y !== null && x >= from && x <= to ? [y] : [])));
  const room = { right: (right - left) / labelRoom.right, up: (bottom - top) / labelRoom.up };
  const rise = up(Math.max(0, ...seen), Math.max(2, Math.min(5, room.up)));
  const xOf = (x: number): number => left + ((x - from) / (to - from)) * (right - left);
  const yOf = (y: number): number => bottom - rise.position(y) * (bottom - top);
  return {
    left,
    top,
    right,
    bottom,
    lines: lines.map((points) => pathsOf(points, ({ x, y }) => `${xOf(x).toFixed(1)} ${yOf(y).toFixed(1)}`)),
    across: axisOf(across, from, to, Math.max(2, Math.min(6, room.right)), fixed),
    up: rise.axis,
    xOf,
    yOf,
    positionAt: (x) => from + ((Math.min(right, Math.max(left, x)) - left) / (right - left)) * (to - from),
  };
}

/** Lines end at what was not measured; a point between two gaps keeps its dot however many there are. */
function pathsOf(
  points: readonly ChartPoint[],
  place: (point: { readonly x: number; readonly y: number }) => string,
): { readonly line: string; readonly dots: string } {
  const places = points.map(({ x, y }) => (y === null ? null : place({ x, y })));
  const gap = (n: number): boolean => (places[n] ?? null) === null;
  const dotted = (n: number): boolean => places.length <= mostMarks || (gap(n - 1) && gap(n + 1));
  const drawn = places.flatMap((at, n) => (at === null ? [] : [{ at, n }]));
  return {
    line: drawn.map(({ at, n }) => `${gap(n - 1) ? 'M' : 'L'}${at}`).join(''),
    dots: drawn.map(({ at, n }) => (dotted(n) ? `M${at}h0` : '')).join(''),
  };
}

/** The point that is nearest along the axis; -1 where there are none. */
export function nearest(points: readonly ChartPoint[], x: number): number {
  let best = -1;
  for (const [at, point] of points.entries())
    if (best < 0 || Math.abs(point.x - x) < Math.abs(points[best]!.x - x)) best = at;
  return best;
}
