import { drawFaults, faultMarks } from './faults';
import { arms, placeOf, type PreparedFrame } from './frame';
import type { Palette } from './palette';

/** Where a frame's picture lies on the canvas, CSS pixels; `scale` of them to a pixel of the picture. */
export interface FramePlace {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** In the middle of a canvas, as large as it holds. */
export function placeIn({ shape: [rows, columns] }: PreparedFrame, width: number, height: number): FramePlace {
  const scale = Math.min(width / columns, height / rows);
  const [pw, ph] = [columns * scale, rows * scale];
  return { scale, left: (width - pw) / 2, top: (height - ph) / 2, width: pw, height: ph };
}

/**
 * Draws a frame: its painted pixels, the box that the volume was made from, the pixel that Q falls on.
 * @param marked its faulty pixels are marked, too
 */
export function drawFrame(
  context: CanvasRenderingContext2D,
  frame: PreparedFrame,
  painted: CanvasImageSource,
  place: FramePlace,
  palette: Palette,
  marked: boolean,
): void {
  const { scale, left, top, width, height } = place;
  context.imageSmoothingEnabled = false;
  context.drawImage(painted, left, top, width, height);
  const point = (row: number, column: number): readonly [number, number] => {
    const [x, y] = placeOf(frame, row, column);
    return [left + x * width, top + y * height];
  };
  const { rows, cols } = frame.box;
  const [x0, y0] = point(rows[0] - 0.5, cols[0] - 0.5);
  const [x1, y1] = point(rows[1] - 0.5, cols[1] - 0.5);
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.strokeStyle = palette.crosshair;
  context.setLineDash([4, 3]);
  context.strokeRect(x0, y0, x1 - x0, y1 - y0);
  context.setLineDash([]);
  if (marked && frame.faults) drawFaults(context, faultMarks(frame.faults, point, scale / frame.bin));
  const [x, y] = point(frame.pixel[0], frame.pixel[1]);
  // Light on dark, so that it is seen on the peak itself.
  for (const [ink, thickness] of [
    ['#000000', 3],
    [palette.crosshair, 1],
  ] as const) {
    context.strokeStyle = ink;
    context.lineWidth = thickness;
    context.beginPath();
    for (const [dx, dy] of arms) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + 14 * dx, y + 14 * dy);
    }
    context.stroke();
  }
  context.restore();
}
