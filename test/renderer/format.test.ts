import { BraggwatchError } from '@contract/errors';
import { describe, expect, it } from 'vitest';
import {
  compact,
  intensity,
  millerIndices,
  milliseconds,
  percent,
  probability,
  problemDetail,
  reciprocal,
  wholePercent,
  wholeProbability,
} from '../../src/renderer/format';

describe('probabilities', () => {
  it('never claim certainty that rounding made', () => {
    expect(percent(0.97345)).toBe('97.3 %');
    expect(percent(0.9999)).toBe('> 99.9 %');
    expect(percent(0.0001)).toBe('< 0.1 %');
    expect(percent(1)).toBe('100.0 %');
    expect(percent(0)).toBe('0.0 %');
    expect([0, 1].map((p) => probability(p))).toEqual(['< 0.1 %', '> 99.9 %']);
    expect(wholeProbability(1)).toBe('> 99 %');
    expect(probability(0.97345)).toBe('97.3 %');
    expect(wholePercent(0.9991)).toBe('> 99 %');
    expect(wholePercent(0.615)).toBe('62 %');
  });
});

describe('distances in reciprocal space', () => {
  it('carry a sign and the decimals of the voxel', () => {
    expect(reciprocal(0.00213, 0.00071)).toBe('+0.00213');
    expect(reciprocal(-0.00213, 0.00071)).toBe('−0.00213');
  });

  it('know no negative zero', () => {
    expect(reciprocal(-1e-9, 0.00071)).toBe('0.00000');
  });
});

it('intensities keep three digits', () => {
  expect([0, 0.1274, 3.412e-5, 1].map(intensity)).toEqual(['0', '0.127', '3.41e−5', '1.00']);
});

it('numbers, indices and times are written as people write them', () => {
  expect(compact(2.77412)).toBe('2.774');
  expect(compact(-0.5)).toBe('−0.5');
  expect(millerIndices([1, -1, 0])).toBe('(1 −1 0)');
  expect([18.4, 2345].map(milliseconds)).toEqual(['18 ms', '2.3 s']);
});

describe('problemDetail', () => {
  it('is what the catalogue does not say by itself', () => {
    expect(problemDetail(new BraggwatchError('path-missing', '/data/x').toProblem())).toBe('/data/x');
    expect(problemDetail(new BraggwatchError('path-missing').toProblem())).toBe('');
  });
});
