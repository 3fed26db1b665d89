import { turned, type Rotation } from '@renderer/drawing/crystal/camera';
import { drawAxes, type NamedAxis } from '@renderer/drawing/crystal/overlay';
import { drawScaleBar, round } from '@renderer/drawing/scale-bar';
import type { Triple } from '@renderer/drawing/slices/volume';
import type { Body, BodyStage } from './body';

/** Part of the shorter edge that a body fills, whichever way it is turned. */
const filling = 0.84;
/** Q reaches so far beyond the body, in parts of its reach. */
const beyond = 1.12;
/** Arms of the crosshair, in parts of the body's reach. */
const armLength = 0.16;
/** Of Q's arrow, CSS pixels. */
const arrow = 8;

/** A body as it is looked at, on the screen and in print. */
export interface BodyScene {
  readonly body: Body;
  readonly rotation: Rotation;
  readonly zoom: number;
  /** From the body's centre, voxels. */
  readonly reach: number;
  /** Unit vector along Q, and what it is called. */
  readonly q: Triple;
  readonly qName: string;
  readonly axes: readonly NamedAxis[];
  /** Where the cuts meet; null where there are none. */
  readonly crosshair: Triple | null;
  /** Length of a voxel in the scale bar's unit. */
  readonly voxel: number;
  readonly unit: string;
  readonly ink: string;
  /** About what is written over the body. */
  readonly ground: string;
  readonly crosshairInk: string;
  readonly font: string;
}

/** CSS pixels per voxel in a view of this size. */
export const bodyScale = ({ reach, zoom }: Pick<BodyScene, 'reach' | 'zoom'>, width: number, height: number): number =>
  (Math.min(width, height) * filling * zoom) / (2 * reach);

/** Draws a body and what is written over it on a context scaled to CSS pixels. @param density pixels of the picture per CSS pixel */
export function drawBodyScene(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  stage: BodyStage,
  density: number,
  scene: BodyScene,
): void {
  const { body, rotation, reach, q, ink } = scene;
  const scale = bodyScale(scene, width, height);
  const look = {
    rotation,
    scale: scale * density,
    width: Math.round(width * density),
    height: Math.round(height * density),
  };
  context.drawImage(stage.draw(body, look), 0, 0, width, height);
  const place = (point: Triple): readonly [number, number] => {
    const [right, up] = turned(rotation, minus(point, body.centre));
    return [width / 2 + right * scale, height / 2 - up * scale];
  };
  context.font = scene.font;
  context.lineWidth = 1.5;
  drawAxes(context, height, rotation, scene.axes, ink);
  drawScaleBar(context, {
    ...{ right: width - 16, bottom: height - 16, pixelsPerUnit: scale / scene.voxel, colour: ink },
    label: (length) => `${round(length)} ${scene.unit}`,
  });
  const tip = turned(rotation, q.map((part) => part * reach * beyond * scale) as [number, number, number]);
  drawQ(context, [width / 2, height / 2], [tip[0], -tip[1]], scene);
  if (scene.crosshair) drawCrosshair(context, scene.crosshair, armLength * reach, scene.crosshairInk, place);
}

const minus = (a: Triple, b: Triple): Triple => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** The scattering vector through the body's centre, with an arrow and its name at its end. */
function drawQ(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  [dx, dy]: readonly [number, number],
  { ink, ground, qName }: BodyScene,
): void {
  const along = (): void => {
    context.beginPath();
    context.moveTo(x - dx, y - dy);
    context.lineTo(x + dx, y + dy);
    context.stroke();
  };
  // On the page's own ground, so that it stands out of any colour.
  context.strokeStyle = ground;
  context.globalAlpha = 0.55;
  context.lineWidth = 4;
  along();
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.strokeStyle = ink;
  context.setLineDash([5, 4]);
  along();
  context.setLineDash([]);
  const length = Math.hypot(dx, dy);
  // Along the line of sight its name stands below its foot.
  const [ux, uy] = length > 1 ? [dx / length, dy / length] : [0, 1];
  context.fillStyle = ink;
  if (length > 2 * arrow) {
    context.beginPath();
    context.moveTo(x + dx, y + dy);
    context.lineTo(x + dx - arrow * (ux + 0.4 * uy), y + dy - arrow * (uy - 0.4 * ux));
    context.lineTo(x + dx - arrow * (ux - 0.4 * uy), y + dy - arrow * (uy + 0.4 * ux));
    context.fill();
  }
  const [nameX, nameY] = [x + dx + 1.6 * arrow * ux, y + dy + 1.6 * arrow * uy];
  context.fillStyle = ground;
  context.globalAlpha = 0.8;
  context.beginPath();
  context.arc(nameX, nameY, arrow, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = ink;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(qName, nameX, nameY);
}

/** Light on dark, so that it is seen on any colour. */
function drawCrosshair(
  context: CanvasRenderingContext2D,
  at: Triple,
  arm: number,
  ink: string,
  place: (point: Triple) => readonly [number, number],
): void {
  for (const [colour, thickness] of [
    ['#000000', 3],
    [ink, 1.25],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.beginPath();
    for (const axis of [0, 1, 2] as const) {
      const end = (sign: number): Triple => [
        at[0] + (axis === 0 ? sign * arm : 0),
        at[1] + (axis === 1 ? sign * arm : 0),
        at[2] + (axis === 2 ? sign * arm : 0),
      ];
      context.moveTo(...place(end(-1)));
      context.lineTo(...place(end(1)));
    }
    context.stroke();
  }
}
