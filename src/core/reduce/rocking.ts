import type { ScanGeometry } from '../geometry/q';

/** An evenly spaced frame: a weighted sum of measured ones, or a bridge over frames that are missing. */
export interface EvenFrame {
  readonly sources: readonly { readonly frame: number; readonly weight: number }[];
  /** Nearest measured points on either side, offsets in steps: intensity is carried over the hole between them. */
  readonly bridge?: readonly { readonly frames: readonly number[]; readonly offset: number }[];
}

/** Frames of a scan brought to evenly spaced angles. */
export interface RockingAxis {
  /** Position of the rocking motor at the first even frame, and from one to the next. */
  readonly start: number;
  readonly step: number;
  readonly frames: readonly EvenFrame[];
  /** 1 where no measured frame stands near. */
  readonly bridged: Uint8Array;
  /** Spacing of neighbouring recorded points in steps, frames that were not measured among them: the smallest and the largest. */
  readonly spacing: readonly [number, number];
}

interface Point {
  readonly at: number;
  readonly frames: readonly number[];
}

/** Recorded positions this near to an even grid (in steps) are taken as they are: the jitter of an encoder at rest. */
const EVEN = 0.02;
/** Frames within this part of a step of each other were taken at one angle. */
const SAME = 0.1;
/** A frame farther from every measured one than this, in steps, was not measured. */
const NEAR = 0.6;
/** Holes up to so many steps are bridged by a cubic, wider ones by a straight line, which invents nothing. */
const CUBIC_SPAN = 6;
const MOST_PER_FRAME = 8;

/** Whether every frame was measured and each step is as long as the others, in one direction. */
export function isEven(positions: ArrayLike<number>, unmeasured: ReadonlySet<number>): boolean {
  const n = positions.length;
  if (unmeasured.size > 0) return false;
  const middle = (n - 1) / 2;
  let mean = 0;
  let slope = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    mean += positions[i]! / n;
    slope += (i - middle) * positions[i]!;
    square += (i - middle) ** 2;
  }
  const step = slope / square;
  for (let i = 0; i < n; i++) {
    if (!(Math.abs(positions[i]! - mean - step * (i - middle)) <= EVEN * Math.abs(step))) return false;
  }
  return step !== 0;
}

/**
 * How evenly spaced frames are made of measured ones. Counts are samples of the intensity at the angle of their frame:
 * those at one angle are averaged, in between a line is fitted to the frames within a step, and over holes intensity is
 * interpolated as its square root, which is smooth where diffraction is.
 * @param positions of the rocking motor, one per frame, in any order
 * @param anchor frame that falls on an even one: that of the peak is not blurred
 * @returns undefined where there are fewer than four points
 */
export function rockingAxis(
  positions: ArrayLike<number>,
  unmeasured: ReadonlySet<number>,
  anchor: number,
): RockingAxis | undefined {
  const points = pointsOf(positions, unmeasured);
  if (points.length < 4) return undefined;
  const step = typicalStep(points, positions.length);
  const first = points[0]!.at;
  const last = points.at(-1)!.at;
  const anchored = positions[anchor] ?? first;
  const before = Math.floor((anchored - first) / step + 1e-6);
  const start = anchored - before * step;
  const count = before + Math.floor((last - anchored) / step + 1e-6) + 1;
  const frames: EvenFrame[] = [];
  const bridged = new Uint8Array(count);
  for (let e = 0, low = 0; e < count; e++) {
    const at = start + e * step;
    while (low < points.length && points[low]!.at <= at + 1e-6 * step) low++;
    const even = evenFrame(points, low, at, step);
    frames.push(even);
    const nearest = Math.min(...[points[low - 1], points[low]].map((p) => (p ? Math.abs(p.at - at) / step : Infinity)));
    if (even.bridge && nearest > NEAR) bridged[e] = 1;
  }
  let least = Infinity;
  let most = 0;
  const recorded = pointsOf(positions, new Set());
  for (let i = 1; i < recorded.length; i++) {
    const spacing = (recorded[i]!.at - recorded[i - 1]!.at) / step;
    least = Math.min(least, spacing);
    most = Math.max(most, spacing);
  }
  return { start, step, frames, bridged, spacing: [least, most] };
}

/** Index on the axis of a position of the rocking motor. */
export const indexOnAxis = ({ start, step }: RockingAxis, position: number): number => (position - start) / step;

/** The geometry of the even frames: each circle's angle, and the photon energy, from the frames that an even one is made of. */
export function geometryOnAxis(geometry: ScanGeometry, axis: Pick<RockingAxis, 'frames'>): ScanGeometry {
  const along = <T extends number | ArrayLike<number>>(angles: T): T | Float64Array => {
    if (typeof angles === 'number' || angles.length === 1) return angles;
    return Float64Array.from(axis.frames, (frame) => {
      if (frame.bridge) return straight(frame.bridge, angles);
      return frame.sources.reduce((sum, { frame: f, weight }) => sum + weight * angles[f]!, 0);
    });
  };
  const { energiesEv } = geometry;
  return {
    ...geometry,
    ...(energiesEv && { energiesEv: along(energiesEv) }),
    sampleAngles: geometry.sampleAngles.map((angles) => along(angles)),
    detectorAngles: geometry.detectorAngles.map((angles) => along(angles)),
  };
}

function straight(bridge: NonNullable<EvenFrame['bridge']>, values: ArrayLike<number>): number {
  const mean = (frames: readonly number[]): number => frames.reduce((sum, f) => sum + values[f]!, 0) / frames.length;
  const low = bridge.findLast(({ offset }) => offset <= 0) ?? bridge[0]!;
  const high = bridge.find(({ offset }) => offset > 0) ?? bridge.at(-1)!;
  const share = high.offset === low.offset ? 0 : -low.offset / (high.offset - low.offset);
  return mean(low.frames) + share * (mean(high.frames) - mean(low.frames));
}

/** Measured frames by their angle; those at one angle are one point. */
function pointsOf(positions: ArrayLike<number>, unmeasured: ReadonlySet<number>): Point[] {
  const order = Array.from({ length: positions.length }, (_, f) => f)
    .filter((f) => !unmeasured.has(f) && Number.isFinite(positions[f]))
    .sort((a, b) => positions[a]! - positions[b]!);
  const gaps = order
    .slice(1)
    .map((f, i) => positions[f]! - positions[order[i]!]!)
    .sort((a, b) => a - b);
  const widest = (gaps.at(-1) ?? 0) * 1e-3;
  const real = gaps.filter((gap) => gap > widest);
  const usual = real[real.length >> 1] ?? 0;
  const groups: number[][] = [];
  for (const f of order) {
    const group = groups.at(-1);
    if (group && positions[f]! - positions[group[0]!]! <= SAME * usual) group.push(f);
    else groups.push([f]);
  }
  return groups.map((frames) => ({ at: frames.reduce((sum, f) => sum + positions[f]!, 0) / frames.length, frames }));
}

/**
 * The mean of the usual spacings. Two thirds of all are no longer: of a scan up and down again the wider ones are usual, not the jump at
 * dropped frames; and a motor that trembles makes them differ without measuring more coarsely.
 */
function typicalStep(points: readonly Point[], frames: number): number {
  const gaps = points.slice(1).map(({ at }, i) => at - points[i]!.at);
  gaps.sort((a, b) => a - b);
  const long = gaps[Math.floor((2 * gaps.length) / 3)]!;
  const usual = gaps.filter((gap) => gap > 0.5 * long && gap < 1.5 * long);
  const range = points.at(-1)!.at - points[0]!.at;
  return Math.max(usual.reduce((sum, gap) => sum + gap, 0) / usual.length, range / (MOST_PER_FRAME * frames));
}

/** @param low index of the first point beyond `at` */
function evenFrame(points: readonly Point[], low: number, at: number, step: number): EvenFrame {
  const offset = (p: Point): number => (p.at - at) / step;
  const near: Point[] = [];
  for (let i = low - 1; i >= 0 && offset(points[i]!) > -0.999; i--) near.unshift(points[i]!);
  const left = near.length > 0;
  const exact = left && offset(near.at(-1)!) > -0.02;
  for (let i = low; i < points.length && offset(points[i]!) < 0.999; i++) near.push(points[i]!);
  const right = near.some((p) => offset(p) > 0);
  if (exact || (left && right)) return { sources: fitted(near.map((p) => ({ p, d: offset(p) }))) };
  const before = points[low - 1];
  const after = points[low];
  if (!before || !after) return { sources: fitted([{ p: (before ?? after)!, d: 0 }]) };
  const span = offset(after) - offset(before);
  const around = span <= CUBIC_SPAN ? points.slice(Math.max(0, low - 2), low + 2) : [before, after];
  return { sources: [], bridge: around.map((p) => ({ frames: p.frames, offset: offset(p) })) };
}

/** Weights of a straight line fitted to the points within a step, the nearer the heavier, at its centre. */
function fitted(near: readonly { p: Point; d: number }[]): EvenFrame['sources'] {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  for (const { d } of near) {
    const w = 1 - Math.abs(d);
    s0 += w;
    s1 += w * d;
    s2 += w * d * d;
  }
  const determinant = s0 * s2 - s1 * s1;
  return near.flatMap(({ p, d }) => {
    const w = 1 - Math.abs(d);
    const weight = determinant > 1e-9 * s0 * s0 ? (w * (s2 - s1 * d)) / determinant : w / s0;
    return Math.abs(weight) < 1e-9 ? [] : p.frames.map((frame) => ({ frame, weight: weight / p.frames.length }));
  });
}
