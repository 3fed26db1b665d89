import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { createWithVolume } from '@main/app/with-volume';
import { layDown } from '@main/files/laid';
import { removeLeftovers } from '@main/files/writing';
import type { LedgerRow } from '@main/ledger/row';
import type { ScanService } from '@main/reading/service';
import type { Worker } from '@main/process/worker';
import { fakeRow, fakeScan, judged } from '../../e2e/support/fake-scans';
import { eventually, temporaryFolder } from '../../support/build';

const voxels = Uint8Array.of(0, 0, 128, 63);

function bench() {
  const folder = temporaryFolder();
  const rows = new Map<string, LedgerRow>([judged(1, 'edge'), fakeScan(2)].map((scan) => [scan.id, fakeRow(scan)]));
  const asked: unknown[][] = [];
  const call = (async (...args: unknown[]) => {
    asked.push(args);
    layDown(String(args[2]), voxels);
  }) as Pick<Worker<ScanService>, 'call'>['call'];
  return { folder, asked, withVolume: createWithVolume({ get: (id) => rows.get(id) }, { call }, folder) };
}

it('has a volume laid down for as long as somebody works with it, and taken away however that ends', async () => {
  const { folder, asked, withVolume } = bench();
  const read = await withVolume('scan-1', async ({ laid }) => {
    expect(dirname(laid)).toBe(folder);
    // What looks for what dead processes left does not take it.
    removeLeftovers(folder);
    return [...readFileSync(laid)];
  });
  expect(read).toEqual([...voxels]);
  expect(asked.map(([what, result]) => [what, result])).toEqual([['layDown', 'scan-1']]);
  await eventually(() => readdirSync(folder).length === 0, 'it is taken away');
  let place = '';
  const failing = withVolume('scan-1', async ({ laid }) => {
    place = laid;
    throw new Error('of the engine');
  });
  await expect(failing).rejects.toThrow('of the engine');
  expect(place).not.toBe('');
  await eventually(() => !existsSync(place), 'that, too');
});

it('says that there is none', async () => {
  const { asked, withVolume } = bench();
  const work = () => Promise.reject(new Error('begun'));
  await expect(withVolume('scan-2', work)).rejects.toMatchObject({ code: 'volume-missing' });
  await expect(withVolume('scan-9', work)).rejects.toMatchObject({ code: 'volume-missing' });
  expect(asked).toEqual([]);
});
