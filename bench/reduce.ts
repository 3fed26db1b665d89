import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@main/app';
import { createSettings } from '@main/ledger/settings';
import { createBlissScan } from '@main/demo/bliss';
import { simulateScan, writeScan, type ScanFixture } from '@main/demo';
import { openLedger } from '@main/ledger/ledger';
import { nodeLauncher } from '@main/process/launcher';
import { createWorker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import { median, runPeer } from './peer';

const ROUNDS = 5;
/** As many and as large frames as the peer is given, a count per pixel as there. */
const scan: ScanFixture = {
  shape: [516, 516],
  frames: 100,
  peak: [50, 250, 262],
  fringes: 9,
  directBeam: [250, 262],
  distanceM: 0.9,
  peakCounts: 1e5,
  background: 1,
  points: 64,
  hotPixels: 30,
};

/**
 * Reading and reducing 100 x 516 x 516 bitshuffle-LZ4 frames, side by side with xrayutilities gridding as many random
 * numbers, turn by turn; then the time from the last frame on disk to the verdict.
 */
export async function benchReduce(print: (line: object) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-bench-'));
  try {
    const { master } = writeScan(folder, scan);
    const ours: number[] = [];
    const theirs: number[] = [];
    const scans = createWorker<ScanService>(nodeLauncher, 'scan-worker', { timeoutMs: 120_000 });
    const ledger = openLedger(':memory:');
    const settings = createSettings(ledger);
    const [facts] = await scans.call('list', master, 'bliss');
    if (!facts) throw new Error('the benchmark scan was not found');
    const preset = settings.presetOf('auto', facts);
    const options = { preset, answers: settings.answers(preset.name), method: 'linear', frame: 'q' } as const;
    for (let round = 0; round <= ROUNDS; round++) {
      const { timings } = await scans.call('reduce', facts.ref, options);
      const peer = runPeer('xu_grid.py', ['100', '516', '516']);
      const seconds = (timings.read + timings.reduce) / 1000;
      print({
        round,
        warmUp: round === 0,
        read_s: timings.read / 1000,
        reduce_s: timings.reduce / 1000,
        ours_s: seconds,
        peer,
      });
      if (round === 0) continue;
      ours.push(seconds);
      if (typeof peer['seconds'] === 'number') theirs.push(peer['seconds']);
    }
    scans.close();
    ledger.close();
    const summary = { bench: 'reduce', ours_s: median(ours) };
    print(
      theirs.length > 0
        ? { ...summary, xrayutilities_s: median(theirs), ratio: median(theirs) / median(ours) }
        : summary,
    );
    print(await lastFrameToVerdict(join(folder, 'live')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the moment the writer has closed the scan to the verdict in the ledger, the app watching. */
async function lastFrameToVerdict(folder: string): Promise<object> {
  const times: number[] = [];
  let landed = 0;
  let verdict: () => void = () => undefined;
  const { header, frames, monitor } = simulateScan(writeScan(join(folder, 'first'), scan).spec);
  const app = createApp({
    launcher: nodeLauncher,
    home: join(folder, 'home'),
    shell: 'web',
    watch: { folder: join(folder, 'first') },
    onLine(line) {
      if (line.state === 'early') return;
      times.push((performance.now() - landed) / 1000);
      verdict();
    },
  });
  const judged = (): Promise<void> => new Promise((resolve) => (verdict = resolve));
  await judged();
  for (let i = 2; i < 2 + ROUNDS; i++) {
    const writer = createBlissScan(join(folder, 'first'), { ...header, dataset: `000${i}` });
    writer.append(frames(0, 50), monitor(0, 50));
    writer.append(frames(50, 100), monitor(50, 100));
    landed = performance.now();
    const next = judged();
    writer.finish();
    await next;
  }
  await app.close();
  return { bench: 'last frame on disk to verdict', median_s: median(times.slice(1)), all_s: times.slice(1) };
}
