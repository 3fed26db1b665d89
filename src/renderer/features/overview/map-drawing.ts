import { standingOf } from '@contract/standing';
import { drawScaleBar, round } from '@renderer/drawing/scale-bar';
import { roundTicks, tickDecimals } from '@renderer/drawing/slices/axis';
import { fixed } from '@renderer/format';
import type { OverviewColours } from './colours';
import { onCanvas, type MapBox, type MapPlane, type MapView } from './map';
import { byClass, classes, type DefectClass } from '@vocabulary/classes';

export interface MapDrawing {
  readonly box: MapBox;
  readonly plane: MapPlane;
  readonly view: MapView;
  readonly selected: string | null;
  /** What the pointer is on. */
  readonly pointed: string | null;
  readonly colours: OverviewColours;
}

/** CSS pixels from tick to tick, at least. */
const tickRoom = 64;

/** A class's sign, which is drawn in a box of 16 x 16, about the middle of a disc that holds it. */
const signsOf = (radius: number): Readonly<Record<DefectClass, Path2D>> =>
  byClass((name) => {
    const scale = radius / 10;
    const sign = new Path2D();
    sign.addPath(new Path2D(classes[name].sign), new DOMMatrix([scale, 0, 0, scale, -8 * scale, -8 * scale]));
    return sign;
  });

/**
 * Draws the particles by the signs that lists and reports have for their classes: on a full disc where sure, in a hollow one where not; with
 * the stage's coordinates along the axes and a scale bar.
 */
export function drawMap(context: CanvasRenderingContext2D, drawing: MapDrawing): void {
  const { box, plane, view, selected, pointed, colours } = drawing;
  context.font = colours.font;
  drawGrid(context, drawing);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  const radius = Math.min(9, Math.max(4, 80 / Math.sqrt(plane.points.length)));
  const signs = signsOf(radius);
  for (const { scan, x, y } of plane.points) {
    const [px, py] = onCanvas(box, view, x, y);
    if (px < box.left - 20 || py < -20 || px > box.left + box.width + 20 || py > box.height + 20) continue;
    const standing = standingOf(scan);
    const colour = standing ? colours.classes[standing.class] : colours.muted;
    const sure = standing?.sure === true;
    context.save();
    context.translate(px, py);
    context.beginPath();
    context.arc(0, 0, standing ? radius : 2, 0, 2 * Math.PI);
    // Opaque, so that overlapping ones stay apart.
    context.fillStyle = sure ? colour : colours.surface;
    context.strokeStyle = sure ? colours.surface : colour;
    context.lineWidth = 1;
    context.fill();
    context.stroke();
    if (standing) {
      context.strokeStyle = sure ? colours.surface : colour;
      context.lineWidth = Math.max(1, radius / 5);
      context.lineCap = 'round';
      context.lineJoin = 'round';
      context.stroke(signs[standing.class]);
    }
    context.lineWidth = 1.6;
    if (scan.flagged) ring(context, radius + 2.5, colours.flag);
    if (scan.id === selected) ring(context, radius + 5, colours.accent);
    if (scan.id === pointed) ring(context, radius + 5, colours.text);
    context.restore();
  }
  context.lineWidth = 1.5;
  drawScaleBar(context, {
    ...{ right: box.left + box.width - 10, bottom: box.height - 8, pixelsPerUnit: view.scale, colour: colours.text },
    label: (length) => (length < 1 ? `${round(length * 1000)} nm` : `${round(length)} µm`),
  });
  context.restore();
}

function ring(context: CanvasRenderingContext2D, radius: number, colour: string): void {
  context.strokeStyle = colour;
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.stroke();
}

/** The stage's coordinates: lines at round values, their numbers beside them, and the motors. */
function drawGrid(context: CanvasRenderingContext2D, { box, plane, view, colours }: MapDrawing): void {
  const half = [box.width / view.scale / 2, box.height / view.scale / 2] as const;
  const across = roundTicks(view.x - half[0], view.x + half[0], box.width / tickRoom);
  const up = roundTicks(view.y - half[1], view.y + half[1], box.height / (tickRoom * 0.7));
  const right = box.left + box.width;
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const tick of across) {
    const [x] = onCanvas(box, view, tick, 0);
    context.moveTo(x, box.top);
    context.lineTo(x, box.height + 4);
  }
  for (const tick of up) {
    const [, y] = onCanvas(box, view, 0, tick);
    context.moveTo(box.left - 4, y);
    context.lineTo(right, y);
  }
  context.stroke();
  context.fillStyle = colours.muted;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  const decimals = [tickDecimals(across), tickDecimals(up)] as const;
  for (const tick of across) {
    const [x] = onCanvas(box, view, tick, 0);
    // A number at the very edge would be cut in two.
    if (x > box.left + 12 && x < right - 16) context.fillText(fixed(tick, decimals[0]), x, box.height + 6);
  }
  context.fillText(`${plane.axes[0]}, µm`, box.left + box.width / 2, box.height + 21);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of up) {
    const [, y] = onCanvas(box, view, 0, tick);
    if (y > 6 && y < box.height - 6) context.fillText(fixed(tick, decimals[1]), box.left - 7, y);
  }
  context.save();
  context.translate(9, box.height / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = 'center';
  context.fillText(`${plane.axes[1]}, µm`, 0, 0);
  context.restore();
}
