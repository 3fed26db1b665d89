/** Room around a cut for the names of its axes, CSS pixels. */
const margins = { left: 30, right: 4, top: 2, bottom: 16 } as const;

type Span = readonly [number, number];

/** One cut as it is drawn. */
export interface CutPicture {
  /** What is seen along each axis, voxel edges. */
  readonly right: Span;
  readonly up: Span;
  /** Rows of the whole picture. */
  readonly rows: number;
  /** Voxels of the crosshair to the right and upwards. */
  readonly at: Span;
  /** Of the axes. */
  readonly names: readonly [right: string, up: string];
  readonly line: string;
  readonly crosshair: string;
  /** Where there is no crystal. */
  readonly outside: string;
  readonly text: string;
  readonly font: string;
}

/** The square that the cut fills. */
function frameIn(width: number, height: number): { left: number; top: number; edge: number } {
  const room = { width: width - margins.left - margins.right, height: height - margins.top - margins.bottom };
  const edge = Math.max(1, Math.min(room.width, room.height));
  return { left: margins.left + (room.width - edge) / 2, top: margins.top + (room.height - edge) / 2, edge };
}

/** What lies under a point of the canvas, voxel edges; beside the cut what is next to it there. */
export function edgeAt(width: number, height: number, right: Span, up: Span, x: number, y: number): Span {
  const { left, top, edge } = frameIn(width, height);
  const part = (t: number): number => Math.min(1 - 1e-9, Math.max(0, t));
  const along = ([from, to]: Span, t: number): number => from + part(t) * (to - from);
  return [along(right, (x - left) / edge), along(up, 1 - (y - top) / edge)];
}

/** Draws a cut that was painted at one pixel per voxel; the context is scaled to CSS pixels. */
export function drawBodyCut(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  image: CanvasImageSource,
  { right, up, rows, at, names, line, crosshair, outside, text, font }: CutPicture,
): void {
  const { left, top, edge } = frameIn(width, height);
  context.fillStyle = outside;
  context.fillRect(left, top, edge, edge);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, right[0], rows - up[1], right[1] - right[0], up[1] - up[0], left, top, edge, edge);
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, edge + 1, edge + 1);
  const voxel = edge / (right[1] - right[0]);
  const x = left + (at[0] + 0.5 - right[0]) * voxel;
  const y = top + edge - (at[1] + 0.5 - up[0]) * voxel;
  const gap = Math.max(4, voxel);
  context.save();
  context.beginPath();
  context.rect(left, top, edge, edge);
  context.clip();
  // Light on dark, so that it is seen on the crystal and beside it.
  for (const [colour, thickness] of [
    ['rgb(0 0 0 / 55%)', 2.5],
    [crosshair, 1],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.beginPath();
    for (const [x0, y0, x1, y1] of [
      [left, y, x - gap, y],
      [x + gap, y, left + edge, y],
      [x, top, x, y - gap],
      [x, y + gap, x, top + edge],
    ] as const) {
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
    }
    context.stroke();
  }
  context.restore();
  context.fillStyle = text;
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillText(names[0], left + edge / 2, top + edge + 3);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillText(names[1], left - 4, top + edge / 2);
}
