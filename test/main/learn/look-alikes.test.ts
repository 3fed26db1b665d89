import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '@main/engine/create';
import { findLookAlikes, readLookAlikes } from '@main/engine/look-alikes';
import { readCard, readModel } from '@main/engine/model';
import { addLookAlikes } from '@main/learn/add-look-alikes';
import { openDataSet } from '@main/learn/dataset';
import { runTraining } from '@main/learn/job';
import { decodeNpz, encodeNpz } from '@main/files/npy';
import { writeNoiseSet } from '../../support/noise-set';

let folder = '';
const at = (name: string): string => join(folder, name);
/** A copy of the model, to be spoilt. */
async function copy(name: string): Promise<string> {
  await cp(at('mine'), at(name), { recursive: true });
  return at(name);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'braggwatch-alike-'));
  writeNoiseSet(at('data'), { patterns: 12 });
  writeNoiseSet(at('other'), { patterns: 18, seed: 2 });
  const options = { epochs: 1, batch: 4, seed: 3 };
  await runTraining({ dataset: [at('data'), at('other')], out: at('mine'), network: 'three-class', options });
});
afterAll(() => rm(folder, { recursive: true }));

describe('look-alikes of a trained model', () => {
  it('come with it, from its training part alone, and find a pattern again that is among them', async () => {
    const model = await readModel(at('mine'));
    expect(model.card.lookAlikes?.patterns).toBe(20);
    const set = (await readLookAlikes(at('mine'), model.card))!;
    expect(set.sets.map(({ name }) => name)).toEqual(['data', 'other']);
    expect(set.features).toHaveLength(20 * 64);
    // Of every six lines the first four are to train on.
    expect(set.patterns.every(({ line }) => line % 6 < 4)).toBe(true);
    expect(set.patterns[0]).toMatchObject({ class: 'perfect', oversampling: expect.any(Number) });

    const data = await openDataSet(at('other'));
    const volume = await data.read(7);
    await data.close();
    const engine = await createEngine(model);
    const { features } = await engine.portray(volume, 1);
    await engine.close();
    const found = findLookAlikes(set, model.card.familiarity!, volume, features!);
    expect(found.nearest).toHaveLength(5);
    expect(found.nearest[0]).toMatchObject({
      pattern: { class: 'screw', set: 'other', line: 7 },
      thumbnail: found.scan,
    });
    expect(found.nearest[0]!.distance).toBeLessThan(1e-3);
    const distances = found.nearest.map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(found).toMatchObject({ among: 20, model: model.card.sha256 });
  });

  it('are added to a model without them from its own sets, the same ones', async () => {
    const bare = await copy('bare');
    const { lookAlikes, ...card } = await readCard(bare);
    const made = await readFile(join(bare, 'look-alikes.npz'));
    await rm(join(bare, 'look-alikes.npz'));
    await writeFile(join(bare, 'card.json'), JSON.stringify(card));
    expect(await readLookAlikes(bare, await readCard(bare))).toBeUndefined();
    const added = await addLookAlikes(bare, [at('data'), at('other')]);
    expect(added).toMatchObject({ patterns: 20, bytes: made.length });
    expect((await readCard(bare)).lookAlikes).toEqual(lookAlikes);
    expect(await readModel(bare)).toMatchObject({ card: { sha256: card.sha256 } });
  });

  it('are not taken from sets that it was not trained on', async () => {
    writeNoiseSet(at('strange'), { patterns: 24, seed: 9 });
    await expect(addLookAlikes(at('mine'), [at('data'), at('strange')])).rejects.toMatchObject({
      code: 'usage',
      detail: expect.stringContaining('strange'),
    });
    expect(existsSync(at('mine/look-alikes.npz'))).toBe(true);
  });
});

describe('a file of look-alikes that nobody vouches for', () => {
  const refused = async (model: string, why: string): Promise<void> =>
    expect(readLookAlikes(model, await readCard(model))).rejects.toMatchObject({
      code: 'look-alikes-invalid',
      detail: expect.stringContaining(why),
    });
  /** The card lists the file as it is now, as somebody would who meant harm. */
  async function list(model: string, bytes: Uint8Array): Promise<string> {
    const { sha256Of, writeCard } = await import('@main/learn/export');
    await writeFile(join(model, 'look-alikes.npz'), bytes);
    const card = await readCard(model);
    await writeCard(model, { ...card, lookAlikes: { sha256: sha256Of(bytes), patterns: 1 } });
    return model;
  }

  it('is refused when it is not the one in the card, or not there', async () => {
    const changed = await copy('changed');
    const bytes = await readFile(join(changed, 'look-alikes.npz'));
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(join(changed, 'look-alikes.npz'), bytes);
    await refused(changed, 'SHA-256');
    await rm(join(changed, 'look-alikes.npz'));
    await refused(changed, 'look-alikes.npz');
  });

  it('is refused when it is huge, no archive, of other shapes, or of other weights', async () => {
    await refused(await list(await copy('huge'), new Uint8Array(5 * 2 ** 20)), 'larger');
    await refused(await list(await copy('rubbish'), Uint8Array.of(1, 2, 3)), 'look-alikes.npz');
    // Zeros deflate to nothing: what counts is what it inflates to.
    const bomb = { features: { shape: [2 ** 25], data: new Uint8Array(2 ** 25) } };
    await refused(await list(await copy('bomb'), encodeNpz(bomb)), 'inflated');
    const arrays = decodeNpz(await readFile(at('mine/look-alikes.npz')));
    const short = { ...arrays, features: { shape: [15, 64], data: new Float32Array(15 * 64) } };
    await refused(await list(await copy('short'), encodeNpz(short)), '20 x 64');
    const words = JSON.parse(new TextDecoder().decode(arrays['about']!.data)) as object;
    const say = (change: object): Uint8Array => {
      const data = new TextEncoder().encode(JSON.stringify({ ...words, ...change }));
      return encodeNpz({ ...arrays, about: { shape: [data.length], data } });
    };
    await refused(await list(await copy('foreign'), say({ model: 'f'.repeat(64) })), 'other weights');
    await refused(await list(await copy('speechless'), say({ patterns: 'none' })), 'does not say');
  });
});
