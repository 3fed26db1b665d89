import { describe, expect, it } from 'vitest';
import { layChart, nearest, riseFromZero, wholeSpan, type ChartPoint } from '@renderer/drawing/figure/chart';
import { siPrefixed } from '@renderer/format';

const pointsOf = (...points: readonly (readonly [number, number | null])[]): ChartPoint[] =>
  points.map(([x, y]) => ({ x, y }));
const curve = pointsOf([18, 0], [18.5, 1000], [19, 200]);
const up = riseFromZero('counts', (tick) => siPrefixed(tick));
const lay = (points: readonly ChartPoint[], span = wholeSpan([points], 1)) =>
  layChart({ lines: [points], span, across: 'eta (°)', up }, 400, 200);

describe('layChart', () => {
  it('puts every point between its labels: the first at the left end, none at the very top', () => {
    const chart = lay(curve);
    expect(chart.xOf(18)).toBe(chart.left);
    expect(chart.xOf(18.5)).toBe((chart.left + chart.right) / 2);
    expect(chart.xOf(19)).toBe(chart.right);
    expect(chart.yOf(0)).toBe(chart.bottom);
    expect(chart.yOf(1000)).toBeGreaterThan(chart.top);
    expect(chart.lines[0]!.line.split('L')).toHaveLength(3);
    expect(chart.across.title).toBe('eta (°)');
    expect(chart.across.labels[0]).toEqual({ t: 0, label: '18.0' });
    expect(chart.up.labels.map(({ label }) => label)).toContain('1k');
  });

  it('reads positions back, and keeps to the ends', () => {
    const chart = lay(curve);
    for (const position of [18, 18.25, 19]) expect(chart.positionAt(chart.xOf(position))).toBeCloseTo(position, 9);
    expect(chart.positionAt(-50)).toBe(18);
    expect(chart.positionAt(1e4)).toBe(19);
  });

  it('takes the height of what is seen, of all lines', () => {
    const chart = lay(curve, [18.6, 19]);
    expect(chart.yOf(200)).toBeLessThan(chart.top + 0.1 * (chart.bottom - chart.top));
    const lines = [curve, pointsOf([18, 0], [19, 4000])];
    const both = layChart({ lines, span: [18, 19], across: '', up }, 400, 200);
    expect(both.yOf(4000)).toBeGreaterThan(both.top);
    expect(both.lines).toHaveLength(2);
  });

  it('draws points that go backwards, a single one, and none at all', () => {
    expect(wholeSpan([curve.toReversed()], 1)).toEqual([18, 19]);
    expect(wholeSpan([pointsOf([0, 5])], 0.1)).toEqual([-0.05, 0.05]);
    const single = lay(pointsOf([18, 5]));
    expect(single.lines[0]!.line).not.toContain('NaN');
    expect(lay([]).lines[0]!.line).toBe('');
  });

  it('leaves a gap where nothing was measured, and a dot where one point stands between two gaps', () => {
    const { line, dots } = lay(pointsOf([0, 1], [1, 2], [2, null], [3, 4], [4, null])).lines[0]!;
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line.match(/L/g)).toHaveLength(1);
    expect(dots.match(/M/g)).toHaveLength(3);
  });

  it('leaves the dots out where they would be a band, but for points that no line leads to', () => {
    const many = Array.from({ length: 151 }, (_, n): ChartPoint => ({ x: n, y: n }));
    expect(lay(many).lines[0]!.dots).toBe('');
    expect(lay(curve).lines[0]!.dots).not.toBe('');
    const gapped = many.map(({ x, y }) => ({ x, y: x === 70 || x === 72 ? null : y }));
    expect(lay(gapped).lines[0]!.dots.match(/M/g)).toHaveLength(1);
  });
});

describe('nearest', () => {
  it('finds the point under the pointer', () => {
    expect(nearest(curve, 18.7)).toBe(1);
    expect(nearest(curve, 30)).toBe(2);
    expect(nearest([], 18)).toBe(-1);
  });
});
