import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { builtCli, builtLauncher, eventually, temporaryFolder } from '../support/build';
import { childrenOf, isRunning } from '../support/processes';
import { createScanWorker } from '@main/beamtime/scan-worker';
import { createTracker } from '@main/beamtime/tracker';
import { writeEndless } from '../helpers/damage';
import { writeTree } from '../helpers/hdf5';

/** Scans of a file that HDF5 never comes back from must not wait for, or outlive, anything. */

const harmless = (path: string): void =>
  writeTree(path, (tree) => {
    tree.group('/1.1', { NX_class: 'NXentry' });
    tree.put('/1.1/title', 'ascan eta 0 1 10 0.1');
    tree.put('/1.1/start_time', '2026-01-01T00:00:00');
    tree.put(
      '/1.1/measurement/eta',
      Float64Array.from({ length: 11 }, (_, i) => i / 10),
    );
  });

it('a file that HDF5 loops over for ever is set aside: every other scan is found at the same look, and at the next it waits for no one', async () => {
  const folder = temporaryFolder();
  writeEndless(join(folder, 'a-endless.h5'));
  harmless(join(folder, 'b.h5'));
  const scans = createScanWorker(builtLauncher(), () => [folder]);
  const patient = createScanWorker(builtLauncher(), () => [folder], { patient: true });
  onTestFinished(() => [scans, patient].forEach((worker) => worker.close()));
  const found = new Set<string>();
  const asked: string[] = [];
  const tracker = createTracker({
    scans: {
      call: (name, ...args) => {
        asked.push(String(args[0]).slice(folder.length + 1));
        return scans.call(name, ...args);
      },
    },
    patient,
    rows: { get: () => undefined, put: (row) => (found.add(row.name), row), remove: () => undefined },
    queue: { has: () => false, add: () => undefined, addEarly: () => undefined, follow: () => undefined },
    placeOf: () => undefined,
  });
  await tracker.sweep(folder);
  expect(found).toContain('b #1');
  expect(asked).toEqual(['a-endless.h5', 'b.h5']);
  // It is not asked of this process again, however often the folder is looked through.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await tracker.sweep(folder);
  await tracker.sweep(folder);
  expect(asked.filter((name) => name === 'a-endless.h5')).toHaveLength(1);
}, 120_000);

it('a process that hangs in native code ends soon after the one that started it was killed', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'data'));
  writeEndless(join(folder, 'data', 'endless.h5'));
  const command = spawn(process.execPath, [builtCli, 'classify', join(folder, 'data'), '--out', folder], {
    stdio: 'ignore',
  });
  onTestFinished(() => void command.kill('SIGKILL'));
  const [worker = 0] = await eventually(() => {
    const children = childrenOf(command.pid!);
    return children.length > 0 && children;
  }, 'it is being listed');
  // In the endless loop by now, or still before it: it has to end either way.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  command.kill('SIGKILL');
  await eventually(() => !isRunning(worker), 'the hanging process is gone', 20);
  expect(isRunning(worker)).toBe(false);
}, 120_000);
