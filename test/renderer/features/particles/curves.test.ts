import type { ParticleScan } from '@contract/particle';
import { expect, it } from 'vitest';
import { curvesOf, placed } from '@renderer/features/particles/curves';

const scan = (n: number, over: Partial<ParticleScan> = {}): ParticleScan => ({
  ...{ id: `s${n}`, scan: `S${n}`, at: `2026-05-13T0${n}:00:00.000Z`, reflection: 0 },
  ...over,
});

it('tells how chance, peak and strain change, each reflection’s spacing by its own first one', () => {
  const curves = curvesOf([
    scan(1, { defective: 0.1, counts: 100, dAngstrom: 2 }),
    scan(2, { defective: 0.8, dAngstrom: 1.5, reflection: 1 }),
    scan(3, { defective: 0.9, counts: 50, dAngstrom: 2.002 }),
    scan(4, { dAngstrom: 1.4997, reflection: 1, phaseSpreadRad: 0.4 }),
    scan(5, { reflection: null }),
  ]);
  expect(curves.map(({ of }) => of)).toEqual(['defective', 'counts', 'strain']);
  const strain = curves[2]!.points.map(({ value }) => value);
  expect(strain).toEqual([0, 0, expect.closeTo(10, 6), expect.closeTo(-2, 6)]);
});

it('stands along the time, or one after the other where nobody knows the times', () => {
  const points = [scan(1), scan(2), scan(5)].map((each, n) => ({ scan: each, value: n / 2 }));
  expect(placed({ of: 'defective', points }, 100, 40)).toEqual([
    { x: 0, y: 40 },
    { x: 25, y: 20 },
    { x: 100, y: 0 },
  ]);
  const at = points.map((point) => ({ ...point, scan: { ...point.scan, at: '2026-05-13T01:00:00.000Z' } }));
  expect(placed({ of: 'defective', points: at }, 100, 40).map(({ x }) => x)).toEqual([0, 50, 100]);
});
