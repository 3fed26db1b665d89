import type { Frame } from './draw';

export interface DropPicture {
  /** The painted map over the whole cut, one pixel per voxel. */
  readonly image: CanvasImageSource;
  readonly rows: number;
  /** Visible part of both axes in voxel edges. */
  readonly right: readonly [number, number];
  readonly up: readonly [number, number];
  /** Indices of the crosshair. */
  readonly at: readonly [number, number];
  /** Of the ball, voxels. */
  readonly radius: number;
  /** Of the map, 0 to 1. */
  readonly opacity: number;
}

/** Lays the map over a cut, and draws what of the cut a ball about the crosshair hides; the context is scaled to CSS pixels. */
export function drawOcclusion(context: CanvasRenderingContext2D, frame: Frame, picture: DropPicture): void {
  const { image, rows, right, up, at, radius, opacity } = picture;
  const [x0, x1] = right;
  const [y0, y1] = up;
  context.save();
  context.beginPath();
  context.rect(frame.left, frame.top, frame.width, frame.height);
  context.clip();
  // The map is far coarser than the voxels: its steps would only be read as structure.
  context.imageSmoothingEnabled = true;
  context.globalAlpha = opacity;
  context.drawImage(image, x0, rows - y1, x1 - x0, y1 - y0, frame.left, frame.top, frame.width, frame.height);
  context.globalAlpha = 1;
  context.strokeStyle = '#ffffff';
  context.setLineDash([4, 4]);
  context.beginPath();
  context.ellipse(
    frame.left + ((at[0] + 0.5 - x0) / (x1 - x0)) * frame.width,
    frame.top + (1 - (at[1] + 0.5 - y0) / (y1 - y0)) * frame.height,
    (radius / (x1 - x0)) * frame.width,
    (radius / (y1 - y0)) * frame.height,
    0,
    0,
    2 * Math.PI,
  );
  context.stroke();
  context.restore();
}
