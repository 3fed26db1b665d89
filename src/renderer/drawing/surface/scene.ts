import { turned, type Rotation } from '@renderer/drawing/crystal/camera';
import { drawAxes, nameEnd, type NamedAxis } from '@renderer/drawing/crystal/overlay';
import { createTarget, type Target } from '@renderer/drawing/crystal/raster';
import { drawScaleBar, round } from '@renderer/drawing/scale-bar';
import { Painter } from '@renderer/drawing/slices/painter';
import type { LogField } from './field';
import type { Surface } from './nets';
import { drawSurface } from './raster';

/** Part of the shorter edge that the surface fills, whichever way it is turned. */
const filling = 0.9;

/** What a body is turned about: the peak's centre, in voxels of the field. */
export const centreOf = ({ shape }: Pick<LogField, 'shape'>): [number, number, number] =>
  shape.map((n) => Math.floor(n / 2)) as [number, number, number];

/** An iso-surface as it is looked at, on the screen and in print. */
export interface Scene {
  readonly surface: Surface;
  readonly field: LogField;
  readonly shades: Uint32Array;
  /** A row of the shades for each vertex; the only one when left out. */
  readonly tints?: Uint8Array | undefined;
  readonly rotation: Rotation;
  readonly zoom: number;
  /** Of what is to fill the view, from the centre, in voxels of the field. */
  readonly reach: number;
  /** Edge of a voxel, in the unit of the scale bar. */
  readonly voxel: number;
  readonly unit: string;
  /** Along Q first. */
  readonly axes: readonly [NamedAxis, NamedAxis, NamedAxis];
  readonly ink: string;
  readonly font: string;
}

/** Pixels to draw a scene on, kept from frame to frame. */
export interface Stage {
  readonly density: number;
  readonly painter: Painter;
  readonly target: Target;
}

/** @param width in CSS pixels, as `height` */
export function createStage(width: number, height: number, density: number): Stage {
  const painter = new Painter(Math.round(width * density), Math.round(height * density));
  return { density, painter, target: createTarget(painter.canvas.width, painter.canvas.height, painter.words) };
}

/** Draws a scene on a context scaled to CSS pixels. */
export function drawScene(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { density, painter, target }: Stage,
  scene: Scene,
): void {
  const { surface, field, shades, tints, rotation, reach, ink, axes } = scene;
  const scale = (Math.min(width, height) * filling * scene.zoom) / (2 * reach);
  const centre = centreOf(field);
  drawSurface(target, { surface, centre, rotation, scale: scale * density, shades, tints });
  painter.commit();
  context.drawImage(painter.canvas, 0, 0, width, height);
  context.font = scene.font;
  context.lineWidth = 1.5;
  drawAxes(context, height, rotation, axes, ink);
  drawScaleBar(context, {
    ...{ right: width - 16, bottom: height - 16, pixelsPerUnit: scale / (scene.voxel * field.step), colour: ink },
    label: (length) => `${round(length)} ${scene.unit}`,
  });
  // The scattering vector through the peak's centre, as far as the surface reaches.
  const [right, up] = turned(rotation, [reach * scale, 0, 0]);
  const [x, y] = [width / 2, height / 2];
  context.strokeStyle = ink;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(x - right, y + up);
  context.lineTo(x + right, y - up);
  context.stroke();
  context.setLineDash([]);
  nameEnd(context, axes[0][1], [x, y], [right, -up]);
}
