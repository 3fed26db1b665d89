import { expect, it } from 'vitest';
import { fixed } from '@core/math/fixed';

it('writes what rounds to zero without a sign, and everything else as it is', () => {
  expect([-0.04, -0, 0.04, 0].map((value) => fixed(value, 1))).toEqual(['0.0', '0.0', '0.0', '0.0']);
  expect([-0.4, -0.04, -10.2, 3].map((value) => fixed(value, 1))).toEqual(['-0.4', '0.0', '-10.2', '3.0']);
  expect(fixed(-0.4, 0)).toBe('0');
  expect(fixed(-0.004, 3)).toBe('-0.004');
});
