import { describe, expect, it } from 'vitest';
import { layRocking, nearest, wholeSpan, type Curve } from '@renderer/features/figures/rocking';

const curve: Curve = { motor: 'eta', positions: [18, 18.5, 19], counts: [0, 1000, 200] };
const lay = (of: Curve, span = wholeSpan(of)) => layRocking(of, span, 400, 200, 'counts');

describe('layRocking', () => {
  it('puts every point between its labels: the first at the left end, none at the very top', () => {
    const chart = lay(curve);
    expect(chart.xOf(18)).toBe(chart.left);
    expect(chart.xOf(18.5)).toBe((chart.left + chart.right) / 2);
    expect(chart.xOf(19)).toBe(chart.right);
    expect(chart.yOf(0)).toBe(chart.bottom);
    expect(chart.yOf(1000)).toBeGreaterThan(chart.top);
    expect(chart.line.split('L')).toHaveLength(3);
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

  it('takes the height of what is seen', () => {
    const chart = lay(curve, [18.6, 19]);
    expect(chart.yOf(200)).toBeLessThan(chart.top + 0.1 * (chart.bottom - chart.top));
  });

  it('draws a motor that went backwards, a single point, and none at all', () => {
    expect(wholeSpan({ ...curve, positions: [19, 18.5, 18] })).toEqual([18, 19]);
    const single = lay({ motor: 'eta', positions: [18], counts: [5] });
    expect(single.line).not.toContain('NaN');
    expect(lay({ motor: 'eta', positions: [18], counts: [] }).line).not.toContain('NaN');
  });

  it('leaves the dots out where they would be a band', () => {
    const positions = Array.from({ length: 151 }, (_, n) => n);
    expect(lay({ motor: 'eta', positions, counts: positions }).dots).toBe('');
    expect(lay(curve).dots).not.toBe('');
  });
});

describe('nearest', () => {
  it('finds the point under the pointer', () => {
    expect(nearest(curve, 18.7)).toBe(1);
    expect(nearest(curve, 30)).toBe(2);
    expect(nearest({ ...curve, positions: [] }, 18)).toBe(-1);
  });
});
