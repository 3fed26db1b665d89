import { fixed } from '@renderer/format';
import { fromPeak, roundTicks, tickDecimals } from './axis';

/** Room for the labels around a cut, in CSS pixels. */
export const margins = { left: 54, right: 10, top: 6, bottom: 34 } as const;

/** Where the square picture of a cut lies on its canvas, CSS pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One axis of a cut: what is visible of it, and its step. */
export interface AxisView {
  readonly title: string;
  readonly size: number;
  /** Visible part in voxel edges. */
  readonly window: readonly [number, number];
  readonly labels: readonly AxisLabel[];
}

/** A label at a position along the visible part of an axis, 0..1. */
export interface AxisLabel {
  readonly t: number;
  readonly label: string;
}

export interface SliceColours {
  readonly text: string;
  readonly line: string;
  readonly crosshair: string;
}

export interface SlicePicture {
  /** The painted cut, one pixel per voxel. */
  readonly image: CanvasImageSource;
  readonly right: AxisView;
  readonly up: AxisView;
  /** Indices of the crosshair to the right and upwards. */
  readonly at: readonly [number, number];
  readonly colours: SliceColours;
  /** The axes of {@link drawAxes}, as large as the canvas. */
  readonly axes: CanvasImageSource;
}

/** What the axes around a cut are drawn from; none of it changes while the crosshair moves. */
export interface SliceAxes {
  readonly right: AxisView;
  readonly up: AxisView;
  readonly colours: SliceColours;
  readonly font: string;
}

/** Room that a label takes to the right and upwards, CSS pixels. */
export const labelRoom = { right: 56, up: 40 } as const;

/**
 * The axis through the volume's centre of mass, labelled in 1/angstrom.
 * @param count labels there is room for
 */
export function axisView(
  title: string,
  size: number,
  window: readonly [number, number],
  voxel: number,
  count: number,
): AxisView {
  const q = (edge: number): number => fromPeak(edge - 0.5, size, voxel);
  const ticks = roundTicks(q(window[0]), q(window[1]), Math.max(2, Math.min(8, count)));
  const decimals = tickDecimals(ticks);
  const centre = Math.floor(size / 2) + 0.5;
  const labels = ticks.map((tick) => ({ t: along(window, tick / voxel + centre), label: label(tick, decimals) }));
  return { title, size, window, labels };
}

/** The largest frame of the volume's own proportions that fits the canvas, centred. */
export function fitFrame(width: number, height: number, columns: number, rows: number): Frame {
  const room = {
    width: Math.max(1, width - margins.left - margins.right),
    height: Math.max(1, height - margins.top - margins.bottom),
  };
  const scale = Math.min(room.width / columns, room.height / rows);
  const frame = { width: columns * scale, height: rows * scale };
  return {
    left: margins.left + (room.width - frame.width) / 2,
    top: margins.top + (room.height - frame.height) / 2,
    ...frame,
  };
}

/** Voxel indices (right, up) under a point of the canvas; null outside the frame. */
export function voxelAt(
  frame: Frame,
  right: Pick<AxisView, 'window'>,
  up: Pick<AxisView, 'window'>,
  x: number,
  y: number,
): readonly [number, number] | null {
  const found = edgeAt(frame, right, up, x, y);
  return found && [Math.floor(found[0]), Math.floor(found[1])];
}

/** The same in fractions of a voxel, counted from the volume's edge. */
export function edgeAt(
  frame: Frame,
  right: Pick<AxisView, 'window'>,
  up: Pick<AxisView, 'window'>,
  x: number,
  y: number,
): readonly [number, number] | null {
  const u = (x - frame.left) / frame.width;
  const v = 1 - (y - frame.top) / frame.height;
  if (u < 0 || u >= 1 || v < 0 || v >= 1) return null;
  const edge = ([from, to]: readonly [number, number], t: number): number => from + t * (to - from);
  return [edge(right.window, u), edge(up.window, v)];
}

/** Draws a cut of this size on the canvas, CSS pixels, with its axes and the crosshair; the context is scaled to them. */
export function drawSlice(
  context: CanvasRenderingContext2D,
  frame: Frame,
  picture: SlicePicture,
  width: number,
  height: number,
): void {
  const { right, up, image } = picture;
  context.imageSmoothingEnabled = false;
  const [x0, x1] = right.window;
  const [y0, y1] = up.window;
  // Picture rows run downwards, the axis upwards.
  context.drawImage(image, x0, up.size - y1, x1 - x0, y1 - y0, frame.left, frame.top, frame.width, frame.height);
  drawCrosshair(context, frame, picture);
  context.drawImage(picture.axes, 0, 0, width, height);
}

const along = ([from, to]: readonly [number, number], edge: number): number => (edge - from) / (to - from);

function drawCrosshair(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { right, up, at, colours }: SlicePicture,
): void {
  const x = Math.round(frame.left + along(right.window, at[0] + 0.5) * frame.width) + 0.5;
  const y = Math.round(frame.top + (1 - along(up.window, at[1] + 0.5)) * frame.height) + 0.5;
  // The voxel itself stays free.
  const gap = Math.max(5, frame.width / (right.window[1] - right.window[0]));
  context.save();
  context.beginPath();
  context.rect(frame.left, frame.top, frame.width, frame.height);
  context.clip();
  context.strokeStyle = colours.crosshair;
  context.globalAlpha = 0.75;
  context.beginPath();
  context.moveTo(frame.left, y);
  context.lineTo(x - gap, y);
  context.moveTo(x + gap, y);
  context.lineTo(frame.left + frame.width, y);
  context.moveTo(x, frame.top);
  context.lineTo(x, y - gap);
  context.moveTo(x, y + gap);
  context.lineTo(x, frame.top + frame.height);
  context.stroke();
  context.restore();
}

/** Draws the border and the labels around a cut; the context is scaled to CSS pixels. */
export function drawAxes(
  context: OffscreenCanvasRenderingContext2D,
  frame: Frame,
  { right, up, colours, font }: SliceAxes,
): void {
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.strokeRect(frame.left - 0.5, frame.top - 0.5, frame.width + 1, frame.height + 1);
  const bottom = frame.top + frame.height;
  context.fillStyle = colours.text;
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const { t, label } of right.labels) {
    context.fillRect(Math.round(frame.left + t * frame.width), bottom + 1, 1, 4);
    context.fillText(label, frame.left + t * frame.width, bottom + 6);
  }
  context.fillText(right.title, frame.left + frame.width / 2, bottom + 20);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const { t, label } of up.labels) {
    context.fillRect(frame.left - 5, Math.round(bottom - t * frame.height), 4, 1);
    context.fillText(label, frame.left - 7, bottom - t * frame.height);
  }
  context.save();
  context.translate(frame.left - 44, frame.top + frame.height / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = 'center';
  context.fillText(up.title, 0, 0);
  context.restore();
}

function label(tick: number, decimals: number): string {
  const rounded = fixed(tick, decimals);
  return Number(rounded) === 0 ? '0' : rounded;
}
