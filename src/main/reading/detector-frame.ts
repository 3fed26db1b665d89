import { BraggwatchError } from '@contract/errors';
import type { DetectorFrame, FrameArea } from '@contract/detector-frame';
import { findIndex, linearise, type AffineQ } from '@core/geometry/affine';
import { createQMap } from '@core/geometry/q';
import type { Vec3 } from '@core/math/vector';
import { boxAbout, type Box } from '@core/reduce/region';
import { maskOfFrame } from '@core/reduce/frame-masks';
import { geometryOnAxis } from '@core/reduce/rocking';
import { isCount } from '@core/reduce/no-counts';
import { SIZE } from '@core/reduce/target';
import { MASK_DEAD, MASK_HOT } from '@core/reduce/mask';
import type { ListedFaults } from '@main/nexus/faults';
import type { Counts } from '@main/files/counts';
import { withGeometry } from '@main/scan/given';
import { lookUp } from '@main/scan/motor';
import type { ScanFacts, ScanSource } from '@main/scan/types';
import { knownMask } from './detector';
import { orderOf } from './plan';
import { frameMasks } from './read-into';
import { completeGeometry, type GeometrySources } from './geometry';

export interface FrameWish {
  /** 1/angstrom, sample frame. */
  readonly q: Vec3;
  /** Frame, row and column of the brightest pixel. */
  readonly peak: Vec3;
  /** Edge of the volume's voxels, 1/angstrom. */
  readonly voxel: number;
  readonly area: FrameArea;
  /** Index of the frame that is wanted, as it was recorded; otherwise the one nearest to Q. One past the last is the last. */
  readonly frame?: number | undefined;
}

/** Longest edge of what is sent: more than a panel shows, and a megabyte on the wire. */
const LONGEST = 512;
/** Larger frames than any detector has; a header may claim anything. */
const MOST_PIXELS = 2 ** 26;
/** Pixels shown around the volume's box, as a part of its size. */
const AROUND = 0.15;

/**
 * Reads the one frame of an open scan that is nearest to a Q, or the one that was asked for. Gaps, the file's own mask and counts that no detector
 * records are marked; hot and dead pixels are those that the whole scan told when it was reduced.
 * @throws BraggwatchError frames-absent, geometry-incomplete, not-a-rocking-curve, frames-missing, scan-unreadable
 */
export function detectorFrame(
  source: ScanSource,
  wishes: GeometrySources,
  wish: FrameWish,
  listed?: ListedFaults,
): DetectorFrame {
  const facts = withGeometry(source.facts, wishes.file);
  if (source.orthogonal) throw new BraggwatchError('frames-absent', facts.name);
  const sources = { ...wishes, file: facts.geometry };
  const [rows, cols] = facts.frameShape;
  const frames = facts.framesPresent;
  if (frames === 0 || rows * cols === 0) throw new BraggwatchError('frames-missing', `${facts.name} has no frames`);
  if (rows * cols > MOST_PIXELS) throw new BraggwatchError('scan-unreadable', `frames of ${rows} x ${cols} pixels`);
  const complete = completeGeometry(facts, sources);
  // Between frames Q is that of the angles between them, in whatever order they were taken.
  const order = byAngle(facts, frames);
  const sorted = order.map((each) => ({ sources: [{ frame: each, weight: 1 }] }));
  const map = createQMap(geometryOnAxis(complete.geometry, { frames: sorted }));
  const peak: Vec3 = [order.indexOf(Math.round(wish.peak[0])), wish.peak[1], wish.peak[2]];
  const affine = linearise(map, peak);
  const index = findIndex(map, wish.q, peak);
  if (!affine || !index?.every(Number.isFinite)) {
    throw new BraggwatchError('not-a-rocking-curve', 'the scanned motor does not turn the crystal through Q');
  }
  const nearest = order[Math.min(frames - 1, Math.max(0, Math.round(index[0])))]!;
  const frame = wish.frame === undefined ? nearest : Math.min(frames - 1, wish.frame);
  const counts = source.read(frame, frame + 1);
  const masks = frameMasks(source);
  const mask = invalidMasked(
    counts,
    knownMask(facts, complete.detector, complete.roiStart, masks && maskOfFrame(masks, frame)),
  );
  const box = volumeBox(affine, wish, [frames, rows, cols]);
  const seen = wish.area === 'whole' ? { rows: [0, rows] as const, cols: [0, cols] as const } : around(box, rows, cols);
  const half = 0.5;
  const faulty = listed && faultyPixels(listed, rows, cols);
  return {
    frame,
    frames,
    ...binned(counts, mask, cols, seen),
    faults: faulty ? faultsSeen(faulty, listed, cols, seen) : null,
    maximum: brightest(counts, mask, faulty),
    pixel: [index[1], index[2]],
    inside:
      wish.frame !== undefined ||
      (index[0] >= -half &&
        index[0] <= frames - half &&
        index[1] >= -half &&
        index[1] <= rows - half &&
        index[2] >= -half &&
        index[2] <= cols - half),
    box: { rows: [...box.rows], cols: [...box.cols] },
  };
}

/** The frames by their angles where they were taken in no order, else as they were recorded. */
function byAngle({ motor, positions }: ScanFacts, frames: number): readonly number[] {
  const recorded = Array.from({ length: frames }, (_, frame) => frame);
  const at = motor === undefined ? undefined : lookUp(positions, motor);
  if (typeof at !== 'object' || at.length < frames) return recorded;
  const order = orderOf([...at.slice(0, frames)]);
  const isTurned = order.every((frame, i) => frame === frames - 1 - i);
  return isTurned ? recorded : order;
}

type Part = Pick<Box, 'rows' | 'cols'>;

/** Where the faces' middles and corners of the volume lie on the detector. */
function volumeBox(affine: AffineQ, { peak, voxel }: FrameWish, shape: Vec3): Part {
  const reach = affine.inverse.map((row) => (SIZE / 2) * voxel * Math.hypot(...row)) as unknown as Vec3;
  return boxAbout(peak, reach, shape);
}

function around(box: Part, rows: number, cols: number): Part {
  const widened = ([first, last]: readonly [number, number], size: number): [number, number] => {
    const room = Math.ceil((last - first) * AROUND);
    return [Math.max(0, first - room), Math.min(size, last + room)];
  };
  return { rows: widened(box.rows, rows), cols: widened(box.cols, cols) };
}

/** Also masks what no detector records. */
function invalidMasked(counts: Counts, mask: Uint8Array): Uint8Array {
  for (let p = 0; p < mask.length; p++) if (!isCount(counts[p]!)) mask[p] = 1;
  return mask;
}

/** A hot pixel would leave the peak in the dark. */
function brightest(counts: Counts, mask: Uint8Array, faulty?: ReadonlyMap<number, number>): number {
  let most = 0;
  for (let p = 0; p < mask.length; p++) if (mask[p] === 0 && counts[p]! > most && !faulty?.has(p)) most = counts[p]!;
  return most;
}

/** Why each faulty pixel is one. A list of another detector's pixels has some that are not there. */
function faultyPixels({ hot, dead }: ListedFaults, rows: number, cols: number): Map<number, number> {
  const why = new Map<number, number>();
  for (const [kind, { pixels }] of [
    [MASK_HOT, hot],
    [MASK_DEAD, dead],
  ] as const) {
    for (let n = 0; n + 1 < pixels.length; n += 2) {
      const [row, col] = [pixels[n]!, pixels[n + 1]!];
      if (row >= 0 && row < rows && col >= 0 && col < cols) why.set(row * cols + col, kind);
    }
  }
  return why;
}

function faultsSeen(
  faulty: ReadonlyMap<number, number>,
  listed: ListedFaults,
  cols: number,
  { rows: [top, bottom], cols: [left, right] }: Part,
): NonNullable<DetectorFrame['faults']> {
  const seen = (kind: number): [number, number][] =>
    [...faulty].flatMap(([pixel, why]): [number, number][] => {
      const [row, col] = [Math.floor(pixel / cols), pixel % cols];
      return why === kind && row >= top && row < bottom && col >= left && col < right ? [[row, col]] : [];
    });
  return {
    hot: { found: listed.hot.found, pixels: seen(MASK_HOT) },
    dead: { found: listed.dead.found, pixels: seen(MASK_DEAD) },
  };
}

/** The brightest pixel stands for its bin: a mean would hide single photons and narrow peaks. */
function binned(
  counts: Counts,
  mask: Uint8Array,
  cols: number,
  { rows: [top, bottom], cols: [left, right] }: Part,
): Pick<DetectorFrame, 'start' | 'bin' | 'shape' | 'counts' | 'mask'> {
  const bin = Math.max(1, Math.ceil(Math.max(bottom - top, right - left) / LONGEST));
  const [height, width] = [Math.ceil((bottom - top) / bin), Math.ceil((right - left) / bin)];
  const out = new Float32Array(height * width);
  const unseen = new Uint8Array(height * width).fill(1);
  for (let row = top; row < bottom; row++) {
    for (let col = left; col < right; col++) {
      const pixel = row * cols + col;
      if (mask[pixel] !== 0) continue;
      const at = Math.floor((row - top) / bin) * width + Math.floor((col - left) / bin);
      unseen[at] = 0;
      if (counts[pixel]! > out[at]!) out[at] = counts[pixel]!;
    }
  }
  return { start: [top, left], bin, shape: [height, width], counts: new Uint8Array(out.buffer), mask: unseen };
}
