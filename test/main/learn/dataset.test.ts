import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataSet } from '@main/learn/dataset';

const VOXELS = 64 ** 3;

/** As numpy.save writes it. */
function npy(shape: readonly number[], values: Float32Array, descr = '<f4'): Buffer {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = `${text.padEnd(117)}\n`;
  const lead = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 255, header.length >> 8]);
  return Buffer.concat([lead, Buffer.from(header, 'latin1'), Buffer.from(values.buffer)]);
}
const shard = (count: number, first: number): Buffer =>
  npy(
    [count, 64, 64, 64],
    Float32Array.from({ length: count * VOXELS }, (_, i) => first + Math.floor(i / VOXELS)),
  );
const line = (label: string): string =>
  JSON.stringify({ crystal: 3, label, split: 'test', oversampling: 3.5, seed: 1 });

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'braggwatch-dataset-'));
});
afterEach(() => rm(folder, { recursive: true }));
const put = (name: string, content: Buffer | string): Promise<void> => writeFile(join(folder, name), content);

describe('a data set', () => {
  it('is read pattern by pattern across its shards', async () => {
    await put('patterns-0000.npy', shard(2, 10));
    await put('patterns-0001.npy', shard(1, 12));
    await put('manifest.jsonl', `${line('edge')}\n${line('perfect')}\n${line('screw')}\n`);
    await put('recipe.json', '{"seed":7}');
    const set = await openDataSet(folder);
    expect(set.recipe).toEqual({ seed: 7 });
    expect(set.entries.map(({ label }) => label)).toEqual(['edge', 'perfect', 'screw']);
    for (const index of [2, 0, 1]) {
      const pattern = await set.read(index);
      expect(pattern).toHaveLength(VOXELS);
      expect([pattern[0], pattern.at(-1)]).toEqual([10 + index, 10 + index]);
    }
    await set.close();
  });

  it.each([
    ['a shard cut short', shard(2, 0).subarray(0, -4), line('edge')],
    ['a shard of another type', npy([1, 64, 64, 64], new Float32Array(2 * VOXELS), '<f8'), line('edge')],
    ['patterns of another size', npy([1, 32, 64, 64], new Float32Array(VOXELS / 2)), line('edge')],
    ['a shard that is no array', Buffer.from('hello'), line('edge')],
    ['more lines than patterns', shard(1, 0), `${line('edge')}\n${line('edge')}`],
    ['a label of another world', shard(1, 0), line('twin')],
    ['a crystal in no part', shard(1, 0), JSON.stringify({ crystal: 3, label: 'edge', oversampling: 3 })],
    ['a line that is no JSON', shard(1, 0), '{"crystal":'],
    ['no line at all', shard(1, 0), ''],
  ])('is refused with %s', async (_, bytes, manifest) => {
    await put('patterns-0000.npy', bytes);
    await put('manifest.jsonl', manifest);
    await expect(openDataSet(folder)).rejects.toMatchObject({ code: 'dataset-invalid' });
  });

  it('is refused while it is still being made', async () => {
    await put('patterns-0000.npy', shard(1, 0));
    await expect(openDataSet(folder)).rejects.toMatchObject({ code: 'dataset-invalid' });
  });

  it('is missed', async () => {
    await expect(openDataSet(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'path-missing' });
  });
});
