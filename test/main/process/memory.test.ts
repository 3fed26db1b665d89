import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { median } from '@core/math/median';
import { createScanSetup } from '@main/beamtime/scan-setup';
import { writeScan } from '@main/demo';
import { placeIn, takeAway } from '@main/files/laid';
import { shippedSettings } from '@main/ledger/settings';
import { createWorker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import { builtLauncher, temporaryFolder } from '../../support/build';
import { takenFrom } from '../../fault/support/figures';

/** The allocator's and the garbage collector's own ways made it 150 MB after some scans and 350 MB after these. */
it('a process that reads scan after scan takes no more after 150 of them than after 50', async () => {
  const folder = temporaryFolder();
  writeScan(folder, { points: 64 });
  const master = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.h5'))!;
  const worker = createWorker<ScanService>(builtLauncher(), 'scan-worker', {
    timeoutMs: 60_000,
    telling: () => ({ roots: [folder] }),
  });
  onTestFinished(() => worker.close());
  const [facts] = await worker.call('list', join(folder, master), 'bliss');
  const setup = createScanSetup(shippedSettings, { preset: () => 'auto' });
  const taken: number[] = [];
  for (let n = 0; n < 150; n++) {
    const volume = placeIn(folder);
    await worker.call('reduce', facts!.ref, setup.optionsFor(facts!), volume);
    await takeAway(volume);
    const [own] = takenFrom(process.pid).filter(({ process: name }) => name === 'scan-worker');
    taken.push(own!.memoryMb);
  }
  expect(median(taken.slice(-20))).toBeLessThan(1.1 * median(taken.slice(40, 60)));
}, 300_000);
