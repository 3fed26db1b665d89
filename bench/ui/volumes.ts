import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Volume } from '@contract/volume';
import { createSettings } from '@main/ledger/settings';
import { writeScan } from '@main/demo';
import { openLedger } from '@main/ledger/ledger';
import { nodeLauncher } from '@main/process/launcher';
import { createWorker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import { detailOf, judged } from '../../test/e2e/support/fake-scans';

/** A volume as the app keeps it: read from a result on disk, in the process that reads scan files, at every call. */
export interface KeptVolume {
  read(): Promise<Volume>;
  close(): void;
}

/** Reduces a small simulated scan and keeps its result as the app does. */
export async function keepVolume(): Promise<KeptVolume> {
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-bench-'));
  const scans = createWorker<ScanService>(nodeLauncher, 'scan-worker', { timeoutMs: 120_000 });
  const ledger = openLedger(':memory:');
  const close = (): void => {
    scans.close();
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { master } = writeScan(folder, {
      shape: [256, 256],
      frames: 60,
      peak: [30, 128, 128],
      fringes: 9,
      directBeam: [128, 128],
      distanceM: 0.9,
      peakCounts: 1e5,
      background: 1,
      points: 64,
      hotPixels: 0,
    });
    const settings = createSettings(ledger);
    const [facts] = await scans.call('list', master, 'bliss');
    if (!facts) throw new Error('the benchmark scan was not found');
    const preset = settings.presetOf('auto', facts);
    const answers = settings.answers(preset.name);
    const record = await scans.call('reduce', facts.ref, { preset, answers, method: 'linear', frame: 'q' });
    const path = join(folder, 'result.nxs');
    await scans.call('record', path, record.kept, detailOf(judged(1, 'edge')).line!);
    return { read: () => scans.call('volume', path), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Fringes of a small crystal in a cube of any size, outside of whose measured region two edges lie. */
export function cubeOf(size: number): Volume {
  const half = size / 2;
  const along = (stretch: number): Float64Array =>
    Float64Array.from({ length: size }, (_, n) => {
      const x = ((n - half) * stretch * 64) / size;
      return x === 0 ? 1 : (Math.sin(x) / x) ** 2;
    });
  const [a, b, c] = [along(0.45), along(0.5), along(0.55)];
  const intensity = new Float32Array(size ** 3);
  const mask = new Uint8Array(size ** 3);
  for (let i = 0, n = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      for (let k = 0; k < size; k++, n++) {
        if (Math.abs(i - half) + Math.abs(k - half) > 0.8 * size) mask[n] = 1;
        else intensity[n] = a[i]! * b[j]! * c[k]!;
      }
  const voxel = (0.00071 * 64) / size;
  return {
    shape: [size, size, size],
    intensity: new Uint8Array(intensity.buffer),
    mask,
    origin: [2.69 - half * voxel, -half * voxel, -half * voxel],
    voxel,
    frame: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    frameName: 'q',
  };
}
