import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { limaPath } from '@main/demo/bliss';
import { writeScan, type ScanFixture } from '@main/demo';
import { openLedger } from '@main/ledger/ledger';
import { createSettings } from '@main/ledger/settings';
import { nodeLauncher } from '@main/process/launcher';
import { createWorker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import { median, runPeer } from './peer';

/** Detectors by their rows and columns, and how many frames a scan of theirs has here. */
export const detectors = {
  maxipix: { shape: [516, 516], frames: 120 },
  eiger2m: { shape: [1062, 2068], frames: 120 },
  eiger4m: { shape: [2162, 2068], frames: 120 },
  eiger9m: { shape: [3262, 3108], frames: 100 },
  // A fly scan.
  fly1001: { shape: [516, 516], frames: 1001 },
} as const;
type Detector = keyof typeof detectors;
export const detectorNames = Object.keys(detectors) as Detector[];

const ROUNDS = 3;

/** A simulated scan as this detector writes it: bitshuffle-LZ4, a chunk per frame, a weak background. */
export function scanOf(detector: Detector): ScanFixture {
  const { shape, frames } = detectors[detector];
  const [row, col] = [Math.round(0.45 * shape[0]), Math.round(0.55 * shape[1])];
  return {
    shape,
    frames,
    peak: [frames / 2, row, col],
    fringes: 9,
    directBeam: [row - 10, col + 12],
    distanceM: 0.9,
    peakCounts: 1e5,
    background: 0.05,
    points: 64,
    hotPixels: 30,
  };
}

/** The most memory a process has held so far, MB; undefined where the system does not tell. */
function mostMemory(pid: number | undefined): number | undefined {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid ?? 'self'}/status`, 'utf8'));
    return found ? Math.round(Number(found[1]) / 1024) : undefined;
  } catch {
    return undefined;
  }
}

/** Whole scans of a large detector: from the files to the volume, turn by turn with h5py reading the same frames once. */
export async function benchDetector(detector: Detector, print: (line: object) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-bench-'));
  const ledger = openLedger(':memory:');
  try {
    const { master, header } = writeScan(folder, scanOf(detector));
    const frames = join(dirname(master), limaPath(header));
    const settings = createSettings(ledger);
    const rounds: { ours: number; theirs: number; memory: number | undefined }[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      let pid: number | undefined;
      const launcher: typeof nodeLauncher = {
        launch(entry) {
          const port = nodeLauncher.launch(entry);
          pid = port.pid;
          return port;
        },
      };
      // A new worker each time: memory is compared, and what it has learnt must not count.
      const scans = createWorker<ScanService>(launcher, 'scan-worker', { timeoutMs: 600_000 });
      const [facts] = await scans.call('list', master, 'bliss');
      if (!facts) throw new Error('the benchmark scan was not found');
      const preset = settings.presetOf('auto', facts);
      const options = { preset, answers: settings.answers(preset.name), method: 'linear', frame: 'q' } as const;
      const { timings } = await scans.call('reduce', facts.ref, options);
      const memory = mostMemory(pid);
      scans.close();
      const peer = runPeer('h5py_pass.py', [frames, 'entry_0000/measurement/data']);
      const ours = (timings.read + timings.reduce) / 1000;
      print({
        detector,
        round,
        warmUp: round === 0,
        read_s: timings.read / 1000,
        ours_s: ours,
        memory_mb: memory,
        peer,
      });
      if (round > 0) rounds.push({ ours, theirs: Number(peer['seconds']), memory });
    }
    const ours = median(rounds.map((round) => round.ours));
    const theirs = median(rounds.map((round) => round.theirs));
    print({
      bench: 'reduce',
      detector,
      file_mb: Math.round(statSync(frames).size / 1e6),
      ours_s: ours,
      ...(Number.isFinite(theirs) && { h5py_one_pass_s: theirs, of_h5py: ours / theirs }),
      memory_mb: Math.max(...rounds.map((round) => round.memory ?? 0)),
    });
  } finally {
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
