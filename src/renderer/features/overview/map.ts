import type { ScanSummary } from '@contract/scan';

/** A scan with its place in the map's plane, micrometres. */
export interface MapPoint {
  readonly scan: ScanSummary;
  readonly x: number;
  readonly y: number;
}

/** The particles' plane: the two axes along which the scans lie farthest apart. */
export interface MapPlane {
  /** The axes' names, and the same with their motors. */
  readonly names: readonly [string, string];
  readonly axes: readonly [string, string];
  readonly points: readonly MapPoint[];
}

/** A sample on which scans record where they were taken. */
export interface MappedSample {
  /** null: the files do not tell. */
  readonly name: string | null;
  readonly scans: readonly ScanSummary[];
}

/** The samples that have a map, in the order of their first scans among these. */
export const mappedSamples = (scans: readonly ScanSummary[]): MappedSample[] =>
  [
    ...Map.groupBy(
      scans.filter(({ position }) => position !== undefined),
      ({ sample }) => sample ?? null,
    ),
  ].map(([name, own]) => ({ name, scans: own }));

/** Where in the canvas the map lies: what is left of it beside the ticks, CSS pixels. */
export interface MapBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for ticks and titles of the axes: left of the map and below it. */
const beside = { left: 58, below: 36 } as const;

export const mapBox = (width: number, height: number): MapBox => ({
  left: beside.left,
  top: 0,
  width: Math.max(1, width - beside.left),
  height: Math.max(1, height - beside.below),
});

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
  return { names: [a.name, b.name], axes: [axisLabel(a), axisLabel(b)], points };
}

/** Where a place of the plane lies on the canvas, CSS pixels. */
export const onCanvas = (box: MapBox, view: MapView, x: number, y: number): readonly [number, number] => [
  box.left + box.width / 2 + (x - view.x) * view.scale,
  box.top + box.height / 2 - (y - view.y) * view.scale,
];

/** The place of the plane under a place on the canvas, micrometres. */
export const onPlane = (box: MapBox, view: MapView, [px, py]: readonly [number, number]): readonly [number, number] => [
  view.x + (px - box.left - box.width / 2) / view.scale,
  view.y - (py - box.top - box.height / 2) / view.scale,
];

/** The view that holds every point with some room around. */
export function viewOfAll(points: readonly MapPoint[], { width, height }: MapBox): MapView {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [bottom, top] = [Math.min(bottom, y), Math.max(top, y)];
  }
  const margin = 24;
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
  box: MapBox,
  place: readonly [number, number],
  reach = 12,
): MapPoint | undefined {
  let best: MapPoint | undefined;
  let least = reach;
  for (const point of points) {
    const [x, y] = onCanvas(box, view, point.x, point.y);
    const distance = Math.hypot(x - place[0], y - place[1]);
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
