import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { part, share } from '@main/cli/arguments';

it('a share is a number from 0 to 1', () => {
  expect([share('0'), share('0.3'), share('1')]).toEqual([0, 0.3, 1]);
  for (const text of ['', '-0.1', '1.1', '1/3', 'NaN']) expect(() => share(text), text).toThrow(InvalidArgumentError);
});

it('a part is one of so many', () => {
  expect(part('2/3')).toEqual({ index: 2, of: 3 });
  for (const text of ['0/3', '4/3', '0.3', '']) expect(() => part(text), text).toThrow(InvalidArgumentError);
});
