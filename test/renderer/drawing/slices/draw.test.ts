import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisView, edgeAt, fitFrame, margins, voxelAt } from '@renderer/drawing/slices/draw';

const axis = (window: readonly [number, number]) => ({ window });

describe('fitFrame', () => {
  it('keeps voxels square and labels on the canvas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 120, max: 2000 }), fc.integer({ min: 120, max: 2000 }), (width, height) => {
        const frame = fitFrame(width, height, 64, 64);
        expect(frame.width).toBeCloseTo(frame.height, 9);
        expect(frame.left).toBeGreaterThanOrEqual(margins.left - 1e-9);
        expect(frame.top + frame.height).toBeLessThanOrEqual(height - margins.bottom + 1e-9);
        expect(frame.left + frame.width).toBeLessThanOrEqual(width - margins.right + 1e-9);
      }),
    );
  });
});

describe('voxelAt', () => {
  const frame = { left: 50, top: 10, width: 640, height: 640 };

  it('counts upwards from the bottom and to the right from the left', () => {
    expect(voxelAt(frame, axis([0, 64]), axis([0, 64]), 50, 649)).toEqual([0, 0]);
    expect(voxelAt(frame, axis([0, 64]), axis([0, 64]), 689, 10.5)).toEqual([63, 63]);
  });

  it('looks through the zoomed window', () => {
    expect(voxelAt(frame, axis([16, 48]), axis([20, 52]), 51, 649)).toEqual([16, 20]);
  });

  it('knows no voxel outside the frame', () => {
    for (const [x, y] of [
      [49, 100],
      [691, 100],
      [100, 9],
      [100, 651],
    ])
      expect(voxelAt(frame, axis([0, 64]), axis([0, 64]), x!, y!)).toBeNull();
  });
});

describe('edgeAt', () => {
  it('gives fractions of a voxel, for zooming about the pointer', () => {
    const frame = { left: 0, top: 0, width: 100, height: 100 };
    expect(edgeAt(frame, axis([10, 30]), axis([0, 20]), 25, 50)).toEqual([15, 10]);
  });
});

describe('axisView', () => {
  it('labels distances from the centre of mass at round values, evenly', () => {
    const { labels } = axisView('', 64, [0, 64], 0.001, 5);
    expect(labels.map(({ label }) => label)).toEqual(['−0.02', '0', '0.02']);
    // Zero stands at the middle of voxel 32.
    expect(labels[1]!.t).toBeCloseTo(32.5 / 64, 9);
    expect(labels[2]!.t - labels[1]!.t).toBeCloseTo(20 / 64, 9);
  });
});
