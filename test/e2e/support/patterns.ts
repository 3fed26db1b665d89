import type { DetectorFrame, FrameArea } from '@contract/detector-frame';
import type { Volume } from '@contract/volume';
import type { DefectClass } from '@vocabulary/classes';

const size = 64;
/** Axes of the volume in the sample frame. */
const frameOf: Volume['frame'] = [
  [-0.43, 0.36, 0.83],
  [0.64, 0.77, 0],
  [-0.64, 0.53, -0.56],
];
const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x) / x);

/**
 * A diffraction pattern that looks like its class, for the screen's specs: fringes of a small crystal; hollow for a
 * screw; split for an edge. A picture, not physics: nothing is judged from it.
 */
export function syntheticVolume(of: DefectClass, seed: number): Volume {
  const intensity = new Float32Array(size ** 3);
  const mask = new Uint8Array(size ** 3);
  const stretch = 0.42 + 0.12 * Math.abs(Math.sin(seed * 12.9));
  let maximum = 0;
  for (let i = 0, n = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      for (let k = 0; k < size; k++, n++) {
        const [x, y, z] = [i - 32, j - 32 + 0.3 * (i - 32), k - 32];
        const r2 = (x * x + y * y) / 14;
        const amplitude = (at: number): number =>
          sinc((x - at) * stretch) * sinc(y * stretch * 0.9) * sinc((z + at / 2) * stretch * 1.1);
        const value =
          of === 'perfect'
            ? amplitude(0)
            : of === 'screw'
              ? amplitude(0) * Math.sqrt(r2 / (1 + r2))
              : amplitude(3.2) - 0.9 * amplitude(-3.2);
        intensity[n] = value * value;
        // The corners lie outside the measured region, as after a real resampling.
        mask[n] = Math.abs(x) + Math.abs(z) > 52 ? 1 : 0;
        if (mask[n]) intensity[n] = 0;
        maximum = Math.max(maximum, intensity[n]!);
      }
  for (let n = 0; n < intensity.length; n++) intensity[n]! /= maximum;
  const voxel = 0.00071;
  return {
    shape: [size, size, size],
    intensity: new Uint8Array(intensity.buffer),
    mask,
    origin: [2.69 - 32 * voxel, -32 * voxel, -32 * voxel],
    voxel,
    frame: frameOf,
    frameName: 'q',
  };
}

/** Summed counts of a rocking curve with a peak in its middle. */
export function syntheticCurve(points: number): {
  readonly motor: string;
  readonly positions: number[];
  readonly counts: number[];
} {
  const positions = Array.from({ length: points }, (_, n) => 18.2 + (n * 0.6) / points);
  const counts = positions.map((_, n) =>
    Math.round(900 + 41_000 / (1 + ((n - points / 2) / 6) ** 2) + 300 * Math.sin(n * 1.7)),
  );
  return { motor: 'eta', positions, counts };
}

/**
 * A frame of a detector with a gap across its middle and a spot that moves with Q: along the first component through the
 * scan's 201 frames, along the second and third over columns and rows. A picture, not physics.
 */
export function syntheticFrame(q: readonly [number, number, number], area: FrameArea, asked?: number): DetectorFrame {
  const voxel = 0.00071;
  const centre: readonly number[] = frameOf.map((_, axis) => frameOf[0][axis as 0 | 1 | 2] * 2.69);
  const off = frameOf.map((row) =>
    row.reduce((sum, part, axis) => sum + (part * (q[axis]! - centre[axis]!)) / voxel, 0),
  );
  const wanted = asked ?? 100 + Math.round(off[0]! * 1.5);
  const frame = Math.min(200, Math.max(0, wanted));
  const [row, col] = [251 + 2 * off[2]!, 262 + 2 * off[1]!];
  const [top, left, edge] = area === 'peak' ? [167, 178, 168] : [0, 0, 516];
  const bin = area === 'peak' ? 1 : 2;
  const n = edge / bin;
  const counts = new Float32Array(n * n);
  const mask = new Uint8Array(n * n);
  for (let r = 0, at = 0; r < n; r++)
    for (let c = 0; c < n; c++, at++) {
      const [y, x] = [top + r * bin - 251, left + c * bin - 262];
      mask[at] = Math.abs(y - 5) < 3 ? 1 : 0;
      const fade = Math.exp(-(((frame - 100) / 30) ** 2));
      counts[at] = mask[at]
        ? 0
        : Math.round(9000 * fade * (sinc(x / 6) * sinc(y / 6)) ** 2 + ((r * 31 + c * 17) % 23 === 0 ? 1 : 0));
    }
  return {
    frame,
    frames: 201,
    start: [top, left],
    bin,
    shape: [n, n],
    counts: new Uint8Array(counts.buffer),
    mask,
    faults: {
      hot: {
        found: 12,
        pixels: [
          [203, 231],
          [246, 300],
          [287, 214],
        ],
      },
      dead: { found: 3, pixels: [[262, 283]] },
    },
    maximum: counts.reduce((most, value) => Math.max(most, value), 0),
    pixel: [row, col],
    inside: frame === wanted,
    box: { rows: [187, 315], cols: [198, 326] },
  };
}
