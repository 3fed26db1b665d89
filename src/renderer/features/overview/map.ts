import type { ScanSummary } from '@contract/scan';
import { standingOf } from '@contract/standing';
import { drawScaleBar, round } from '@renderer/drawing/scale-bar';
import type { OverviewColours } from './colours';
import { byClass, classes, type DefectClass } from '@vocabulary/classes';

/** A scan with its place in the map's plane, micrometres. */
export interface MapPoint {
  readonly scan: ScanSummary;
  readonly x: number;
  readonly y: number;
}

/** The particles' plane: the two axes along which the scans lie farthest apart. */
export interface MapPlane {
  readonly axes: readonly [string, string];
  readonly points: readonly MapPoint[];
}

/** What part of the plane is shown: its centre, and CSS pixels per micrometre. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const axisLabel = ({ name, motors }: { name: string; motors: readonly string[] }): string =>
  `${name} (${motors.join(' + ')})`;

/** The plane of those scans that record a position; null where none does. */
export function planeOf(scans: readonly ScanSummary[]): MapPlane | null {
  const placed = scans.filter(({ position }) => position !== undefined);
  const first = placed[0]?.position;
  if (!first) return null;
  const valueOf = (scan: ScanSummary, name: string): number | undefined =>
    scan.position?.axes.find((axis) => axis.name === name)?.micrometres;
  const spread = (name: string): number => {
    let [low, high] = [Infinity, -Infinity];
    for (const scan of placed) {
      const value = valueOf(scan, name);
      if (value === undefined) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  };
  const order = first.axes.map(({ name }) => name);
  const widest = [...first.axes].sort((a, b) => spread(b.name) - spread(a.name)).slice(0, 2);
  const [a, b] = widest.sort((p, q) => order.indexOf(p.name) - order.indexOf(q.name)) as [
    (typeof widest)[0],
    (typeof widest)[0],
  ];
  const points = placed.flatMap((scan): MapPoint[] => {
    const [x, y] = [valueOf(scan, a.name), valueOf(scan, b.name)];
    return x === undefined || y === undefined ? [] : [{ scan, x, y }];
  });
  return { axes: [axisLabel(a), axisLabel(b)], points };
}

/** The view that holds every point with some room around. */
export function viewOfAll(points: readonly MapPoint[], width: number, height: number): MapView {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [bottom, top] = [Math.min(bottom, y), Math.max(top, y)];
  }
  const margin = 36;
  const scale = Math.min(
    Math.max(20, width - 2 * margin) / Math.max(right - left, 0.5),
    Math.max(20, height - 2 * margin) / Math.max(top - bottom, 0.5),
  );
  return { x: (left + right) / 2, y: (bottom + top) / 2, scale };
}

/** The point nearest to a place on the canvas, within reach (CSS pixels). */
export function pointAt(
  points: readonly MapPoint[],
  view: MapView,
  size: readonly [number, number],
  place: readonly [number, number],
  reach = 12,
): MapPoint | undefined {
  let best: MapPoint | undefined;
  let least = reach;
  for (const point of points) {
    const distance = Math.hypot(
      size[0] / 2 + (point.x - view.x) * view.scale - place[0],
      size[1] / 2 - (point.y - view.y) * view.scale - place[1],
    );
    if (distance <= least) [best, least] = [point, distance];
  }
  return best;
}

/** The nearest point in a direction (right, up), as arrow keys go: sideways counts double. */
export function neighbour(
  points: readonly MapPoint[],
  from: MapPoint,
  right: number,
  up: number,
): MapPoint | undefined {
  let best: MapPoint | undefined;
  let least = Infinity;
  for (const point of points) {
    const [dx, dy] = [point.x - from.x, point.y - from.y];
    const along = dx * right + dy * up;
    const across = Math.abs(dx * up - dy * right);
    if (along <= 0 || across > 2 * along) continue;
    const cost = along + 2 * across;
    if (cost < least) [best, least] = [point, cost];
  }
  return best;
}

export interface MapDrawing {
  readonly width: number;
  readonly height: number;
  readonly plane: MapPlane;
  readonly view: MapView;
  readonly selected: string | null;
  readonly colours: OverviewColours;
}

/** Told apart without colour. */
const marksOf = (): Readonly<Record<DefectClass, Path2D>> => byClass((name) => new Path2D(classes[name].mark));

/** Draws the particles: shape and colour by class, filled where sure, hollow where not; with a scale bar and the axes' motors. */
export function drawMap(context: CanvasRenderingContext2D, drawing: MapDrawing): void {
  const { width, height, plane, view, selected, colours } = drawing;
  const size = Math.min(8, Math.max(3.5, 40 / Math.sqrt(plane.points.length)));
  const marks = marksOf();
  context.lineWidth = 1.6;
  for (const { scan, x, y } of plane.points) {
    const [px, py] = [width / 2 + (x - view.x) * view.scale, height / 2 - (y - view.y) * view.scale];
    if (px < -20 || py < -20 || px > width + 20 || py > height + 20) continue;
    const standing = standingOf(scan);
    const colour = standing ? colours.classes[standing.class] : colours.muted;
    const outline = new Path2D();
    if (standing) outline.addPath(marks[standing.class], new DOMMatrix([size, 0, 0, size, px, py]));
    else outline.rect(px - 1.5, py - 1.5, 3, 3);
    // Opaque inside, so that overlapping ones stay apart.
    context.fillStyle = standing?.sure ? colour : colours.surface;
    context.strokeStyle = colour;
    context.fill(outline);
    context.stroke(outline);
    if (scan.flagged) ring(context, px, py, size + 3.5, colours.flag);
    if (scan.id === selected) ring(context, px, py, size + 6, colours.accent);
  }
  context.font = colours.font;
  context.lineWidth = 1.5;
  drawFrame(context, drawing);
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.strokeStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

/** A scale bar and the names of the axes. */
function drawFrame(context: CanvasRenderingContext2D, { width, height, plane, view, colours }: MapDrawing): void {
  drawScaleBar(context, {
    ...{ right: width - 14, bottom: height - 12, pixelsPerUnit: view.scale, colour: colours.text },
    label: (length) => (length < 1 ? `${round(length * 1000)} nm` : `${round(length)} µm`),
  });
  context.fillStyle = colours.muted;
  context.textAlign = 'left';
  context.fillText(`${plane.axes[0]} →`, 12, height - 8);
  context.save();
  context.translate(8, height - 26);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'top';
  context.fillText(`${plane.axes[1]} →`, 0, 0);
  context.restore();
}
