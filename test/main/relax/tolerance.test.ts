import { expect, it } from 'vitest';
import { energyTolerance } from '@main/relax/tolerance';

it('small crystals stop at the same energy per step, large ones at the same part of it', () => {
  expect(energyTolerance(110_000, 1e-6)).toBe(1e-6);
  expect(energyTolerance(900_000, 1e-6)).toBe(1e-6);
  expect(energyTolerance(11_000, 1e-6) * 11_000).toBeCloseTo(energyTolerance(55_000, 1e-6) * 55_000, 12);
});
