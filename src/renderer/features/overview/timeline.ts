import type { ScanSummary } from '@contract/scan';
import { standingOf } from '@contract/standing';
import { takenAt } from '@contract/taken';
import { clock, day } from '@renderer/format';
import type { OverviewColours } from './colours';
import { byClass, type DefectClass } from '@vocabulary/classes';

/** Room for the lanes' names on the left and the clock below, CSS pixels. */
export const gutter = 84;
const foot = 18;
type Lane = DefectClass | 'none';

export interface TimelineDrawing {
  readonly width: number;
  readonly height: number;
  /** Oldest first. */
  readonly scans: readonly ScanSummary[];
  readonly span: readonly [number, number];
  /** -1: none. */
  readonly selected: number;
  /** Part being chosen by the pointer, as indices. */
  readonly brush: readonly [number, number] | null;
  /** From the top; that of scans without a verdict comes below. */
  readonly classes: readonly DefectClass[];
  readonly names: Readonly<Record<Lane, string>>;
  readonly colours: OverviewColours;
}

/** The scan under a horizontal place, which may lie outside the list. */
export const indexAt = (x: number, width: number, [from, to]: readonly [number, number]): number =>
  Math.floor(from + ((x - gutter) / Math.max(1, width - gutter)) * (to - from));

/**
 * Draws a lane for each class. A sure verdict fills its lane; an unsure one is half as high and hatched, an early one a quarter, so
 * that neither rests on colour. Whatever the number of scans, each is one small rectangle.
 */
export function drawTimeline(context: CanvasRenderingContext2D, drawing: TimelineDrawing): void {
  const { width, height, scans, span, colours, names } = drawing;
  const lanes: readonly Lane[] = [...drawing.classes, 'none'];
  const lane = (height - foot) / lanes.length;
  const [from, to] = span;
  const step = (width - gutter) / Math.max(1, to - from);
  const xOf = (index: number): number => gutter + (index - from) * step;
  context.font = colours.font;
  context.textBaseline = 'middle';
  lanes.forEach((name, n) => {
    context.fillStyle = n % 2 === 0 ? colours.band : colours.surface;
    context.fillRect(gutter, n * lane, width - gutter, lane);
    context.fillStyle = name === 'none' ? colours.muted : colours.classes[name];
    context.textAlign = 'right';
    context.fillText(names[name], gutter - 8, (n + 0.5) * lane);
  });

  const hatches = hatchesOf(context, colours);
  const bar = Math.max(1, step - (step > 4 ? 1 : 0));
  for (let i = Math.max(0, Math.floor(from)); i < Math.min(scans.length, Math.ceil(to)); i++) {
    const { flagged } = scans[i]!;
    const standing = standingOf(scans[i]!);
    const x = xOf(i);
    const row = lanes.indexOf(standing?.class ?? 'none');
    const bottom = (row + 1) * lane - 2;
    const full = lane - 4;
    if (!standing) {
      context.fillStyle = colours.muted;
      context.fillRect(x, bottom - full * 0.3, bar, full * 0.3);
    } else {
      const part = standing.early ? 0.25 : standing.sure ? 1 : 0.5;
      context.fillStyle = (standing.sure ? colours.classes : hatches)[standing.class];
      context.fillRect(x, bottom - full * part, bar, full * part);
    }
    if (flagged) {
      context.fillStyle = colours.flag;
      context.fillRect(x, row * lane, Math.max(2, bar), 3);
    }
  }
  drawClock(context, drawing, xOf);
  drawMarks(context, drawing, xOf, step);
}

type Hatches = Readonly<Record<DefectClass, CanvasPattern>>;
/** Kept as long as a theme's colours are. */
const keptHatches = new WeakMap<OverviewColours, Hatches>();

/** Diagonal lines of each class's colour. */
function hatchesOf(context: CanvasRenderingContext2D, colours: OverviewColours): Hatches {
  const kept = keptHatches.get(colours);
  if (kept) return kept;
  const of = (colour: string): CanvasPattern => {
    const tile = new OffscreenCanvas(4, 4);
    const paint = tile.getContext('2d')!;
    paint.strokeStyle = colour;
    paint.lineWidth = 1.4;
    paint.beginPath();
    for (const shift of [-4, 0, 4]) {
      paint.moveTo(shift, 4);
      paint.lineTo(shift + 4, 0);
    }
    paint.stroke();
    return context.createPattern(tile, 'repeat')!;
  };
  const hatches = byClass((name) => of(colours.classes[name]));
  keptHatches.set(colours, hatches);
  return hatches;
}

/** Between two labels, CSS pixels. */
const labelGap = 18;

/** When the scans below were taken, and which they are, wherever there is room to read it; the day where it is another one. */
function drawClock(context: CanvasRenderingContext2D, drawing: TimelineDrawing, xOf: (index: number) => number): void {
  const { width, height, scans, span, colours } = drawing;
  context.textAlign = 'left';
  context.lineWidth = 1;
  let free = gutter;
  let dayBefore = '';
  for (let index = Math.floor(span[0]); index < Math.min(scans.length, span[1]); index++) {
    const x = xOf(index);
    if (x < free) continue;
    const at = takenAt(scans[index]!);
    const date = day(at);
    const words = `${date === dayBefore ? '' : `${date}, `}${clock(at)}  ${scans[index]!.scan}`;
    const end = x + 4 + context.measureText(words).width;
    if (end > width) break;
    context.strokeStyle = colours.muted;
    context.beginPath();
    context.moveTo(x + 0.5, height - foot);
    context.lineTo(x + 0.5, height - 4);
    context.stroke();
    context.fillStyle = colours.text;
    context.fillText(words, x + 4, height - foot / 2);
    free = end + labelGap;
    dayBefore = date;
  }
}

function drawMarks(
  context: CanvasRenderingContext2D,
  { height, selected, brush, colours }: TimelineDrawing,
  xOf: (index: number) => number,
  step: number,
): void {
  if (brush) {
    context.globalAlpha = 0.25;
    context.fillStyle = colours.accent;
    context.fillRect(xOf(brush[0]), 0, xOf(brush[1]) - xOf(brush[0]), height - foot);
    context.globalAlpha = 1;
  }
  if (selected < 0) return;
  const x = Math.max(gutter, xOf(selected));
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.strokeRect(x - 1, 1, Math.max(3, step) + 1, height - foot - 2);
}
