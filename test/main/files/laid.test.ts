import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { layDown, pickUp, placeIn, takeAway } from '@main/files/laid';
import { removeLeftovers } from '@main/files/writing';
import { temporaryFolder } from '../../support/build';

const values = Float32Array.of(0, 0.25, 1, 1e-30);
const bytes = new Uint8Array(values.buffer);

it('a volume is picked up as it was laid down, in a folder that is made for it, and gone when it is taken away', async () => {
  const place = placeIn(join(temporaryFolder(), 'results'));
  layDown(place, bytes);
  expect(pickUp(place)).toEqual(values);
  expect(statSync(place).mode & 0o777).toBe(0o600);
  await takeAway(place);
  expect(readdirSync(dirname(place))).toEqual([]);
  await takeAway(place);
});

it('two have two places, and one that a dead process left is known as such', () => {
  const folder = temporaryFolder();
  const [mine, other] = [placeIn(folder), placeIn(folder)];
  expect(mine).not.toBe(other);
  // No process has a number as high as that.
  const dead = other.replace(`-${process.pid}.part`, `-${2 ** 30}.part`);
  for (const place of [mine, dead]) layDown(place, bytes);
  removeLeftovers(folder);
  expect([existsSync(mine), existsSync(dead)]).toEqual([true, false]);
});

it('where nothing can be laid down, the place is to blame', () => {
  const taken = join(temporaryFolder(), 'file');
  writeFileSync(taken, '');
  expect(() => layDown(placeIn(taken), bytes)).toThrow(expect.objectContaining({ code: 'result-unwritable' }));
});
