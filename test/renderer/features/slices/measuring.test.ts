import { describe, expect, it } from 'vitest';
import { layChart } from '@renderer/drawing/figure/chart';
import { planes } from '@renderer/drawing/slices/plane';
import { prepareVolume } from '@renderer/drawing/slices/volume';
import { placeOf, profileOf, sumsOf } from '@renderer/features/slices/measured';
import { Measuring } from '@renderer/features/slices/measuring.svelte';
import { profileChart } from '@renderer/features/slices/profile-chart';
import { SliceView } from '@renderer/shell/state/slice-view.svelte';
import { wireVolume } from '../../drawing/slices/wire-volume';

const shape = [64, 64, 64] as const;

describe('Measuring', () => {
  it('draws with the pointer only while a tool is taken up, and keeps what was drawn when it is laid down', () => {
    const measuring = new Measuring(new SliceView());
    measuring.begin(planes[0], [3, 4]);
    expect(measuring.on(shape)).toBeNull();
    measuring.toggle('region');
    measuring.begin(planes[0], [3, 4]);
    measuring.reach([8, 2]);
    measuring.leave();
    measuring.toggle('region');
    expect(measuring.tool).toBeNull();
    expect(measuring.on(shape)).toEqual({ kind: 'region', plane: planes[0], from: [3, 4], to: [8, 2] });
    measuring.clear();
    expect(measuring.busy).toBe(false);
  });

  it('takes a click for no line', () => {
    const measuring = new Measuring(new SliceView());
    measuring.toggle('line');
    measuring.begin(planes[1], [3, 4]);
    measuring.leave();
    expect(measuring.on(shape)).toBeNull();
  });

  it('has the crosshair lead the end until it is left, and no longer', () => {
    const slices = new SliceView();
    const measuring = new Measuring(slices);
    slices.focus(planes[1]);
    measuring.lead('line');
    slices.step(planes[1].right, 5);
    slices.step(planes[1].up, -2);
    expect(measuring.on(shape)).toMatchObject({ from: [32, 32], to: [37, 30] });
    measuring.leave();
    slices.step(planes[1].right, 9);
    expect(measuring.on(shape)).toMatchObject({ to: [37, 30] });
    expect(measuring.led).toBe(false);
  });

  it('measures nothing on a volume that it does not lie inside, and again on one that it does', () => {
    const measuring = new Measuring(new SliceView());
    measuring.toggle('line');
    measuring.begin(planes[0], [3, 4]);
    measuring.reach([60, 4]);
    measuring.leave();
    expect(measuring.on([32, 32, 32])).toBeNull();
    expect(measuring.on(shape)).not.toBeNull();
  });
});

describe('what is measured of a volume', () => {
  const volume = prepareVolume(
    wireVolume(
      [5, 5, 5],
      (_i, j) => 10 ** -j,
      (i, j) => i === 2 && j === 2,
    ),
  );
  const side = { name: 'S1', volume };
  // Across the third axis: the second to the right.
  const seen = { mode: 'cut', crosshair: [2, 2, 1] } as const;
  const line = { kind: 'line', plane: planes[0], from: [0, 2], to: [4, 2] } as const;

  it('stands at its distance in 1/angstrom, and leaves out what was not measured', () => {
    const { points } = profileOf(side, line, seen);
    expect(points.map(({ y }) => y)).toEqual([1, 0.1, null, 0.001, 0.0001].map((y) => y && Math.fround(y)));
    points.forEach(({ x }, n) => expect(x).toBeCloseTo(n * volume.voxel, 12));
    expect(sumsOf(side, line, seen)).toMatchObject({ measured: 4, unmeasured: 1 });
    expect(placeOf(side, line, [4, 1])).toEqual([2 * volume.voxel, -1 * volume.voxel]);
  });

  it('is drawn by the scale of the colours: even decades in log, from zero in linear', () => {
    const profiles = [profileOf(side, line, seen)];
    const range = { low: 1e-5, high: 1, knee: 1e-4 };
    const lay = (scale: 'log' | 'linear') => {
      const chart = profileChart(profiles, scale, range);
      return { ...layChart(chart, 400, 300), titled: chart.across };
    };
    const log = lay('log');
    expect(log.yOf(0.1) - log.yOf(1)).toBeCloseTo(log.yOf(0.001) - log.yOf(0.01), 6);
    expect(log.yOf(1e-5)).toBeCloseTo(log.bottom, 6);
    expect(log.lines[0]!.line.match(/M/g)).toHaveLength(2);
    const linear = lay('linear');
    expect(linear.yOf(0)).toBe(linear.bottom);
    expect(linear.yOf(0.5) - linear.yOf(1)).toBeCloseTo(linear.yOf(0) - linear.yOf(0.5), 6);
    expect(linear.yOf(1)).toBeGreaterThan(linear.top);
  });
});
