import { describe, expect, it } from 'vitest';
import { stream } from '@core/random/stream';
import { crossGap, drawGap, type Gap } from '@core/scatter/gap';

const SIDE = 64;
const volume = (value: (i: number, j: number, k: number) => number): Float32Array =>
  new Float32Array(SIDE ** 3).map((_, n) => value(n >> 12, (n >> 6) & 63, n & 63));
const across: Gap = { normal: 'across', offset: 9, width: 5 };

describe('crossGap', () => {
  it('loses what lies in its planes along Q, and bridges them by a straight line', () => {
    // A ramp comes back as it was; a bump that lies in the gap alone does not.
    const ramp = volume((i, j) => 100 + 3 * i + j);
    const bump = volume((i, j) => 100 + 3 * i + j + (i >= 40 && i <= 42 ? 1000 : 0));
    const filled = crossGap(bump, { normal: 'along-q', offset: 9, width: 3 }, 0.4);
    const worst = filled.reduce((most, x, n) => Math.max(most, Math.abs(x - ramp[n]!)), 0);
    // The line ends at whole voxels, a third of one from where it was thought to.
    expect(worst).toBeLessThan(3 * 0.5);
  });

  it.each([0, 0.6, 1.5])('lies along Q and the rocking direction, %s rad, and touches nothing else', (rocking) => {
    const noise = stream(2);
    const before = volume(() => 5 + noise.uniform());
    const after = crossGap(before.slice(), across, rocking);
    const wrong = before.filter((x, n) => {
      const [j, k] = [((n >> 6) & 63) - 32, (n & 63) - 32];
      const inside = Math.abs(k * Math.cos(rocking) - j * Math.sin(rocking) - 9) < 2.5;
      return inside === (after[n] === x);
    });
    expect(wrong).toHaveLength(0);
  });

  it('keeps a flat field flat, at the cube edges too', () => {
    for (const rocking of [0, 0.3, 0.8, 2.2]) {
      const flat = crossGap(
        volume(() => 7),
        { ...across, offset: 30 },
        rocking,
      );
      expect(flat.every((x) => Math.abs(x - 7) < 1e-5)).toBe(true);
    }
  });
});

describe('drawGap', () => {
  it('never covers the peak, and comes in both directions and on both sides', () => {
    const random = stream(1);
    const gaps = Array.from({ length: 300 }, () => drawGap(random));
    for (const { offset, width } of gaps) expect(Math.abs(offset) - width / 2).toBeGreaterThanOrEqual(3);
    expect(new Set(gaps.map(({ normal, offset }) => `${normal} ${Math.sign(offset)}`)).size).toBe(4);
  });
});
