import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { formFactor } from '@core/scatter/formFactor';
import { createScatterer } from '@core/scatter/nufft';
import { stream } from '@core/random/stream';
import { createRetrievalMemory, ITERATIONS } from '@core/phase/retrieve';
import { encodeNpz } from '@main/files/npy';
import { volumeOf, type RetrievalInput } from '@main/retrieval/input';
import { look, SEED, STARTS } from '@main/retrieval/look';
import { runStart } from '@main/retrieval/start';
import { createStarter, type Starter } from '@main/retrieval/threads';
import { median, peerFolder, runPeer } from './peer';
import { crystal, OVERSAMPLING } from './scatter';

const ROUNDS = 3;
const COUNTS = 1e5;

/** The counts of a platinum crystal with an edge dislocation, as measured: 1e5 at the peak, Poisson's noise. */
function measured(): RetrievalInput {
  const { positions, window } = crystal(42.4);
  const amplitude = createScatterer().amplitude(positions, window, (q) => formFactor('Pt', q));
  const intensity = Float32Array.from({ length: amplitude.length / 2 }, (_, v) =>
    Math.hypot(amplitude[2 * v]!, amplitude[2 * v + 1]!),
  ).map((value) => value ** 2);
  const peak = intensity.reduce((most, value) => Math.max(most, value), 0);
  const random = stream(1, 'bench', 'counts');
  const counts = intensity.map((value) => random.poisson((value / peak) * COUNTS));
  const size = Math.cbrt(counts.length);
  const pattern = {
    size,
    intensity: counts,
    mask: new Uint8Array(counts.length),
    volume: volumeOf(size, OVERSAMPLING),
  };
  return { pattern, q: [1, 0, 0], hkl: [1, 1, 1], voxel: window.dq };
}

/** Seconds of processor time of one start, on this thread alone. */
function oneStart({ pattern }: RetrievalInput): { cpu_s: number; free_error: number } {
  const fft = createRetrievalMemory(pattern.size);
  const begin = process.cpuUsage();
  const steps = runStart({ pattern, seed: SEED, start: 0, volume: pattern.volume }, fft);
  for (let step = steps.next(); ; step = steps.next()) {
    if (!step.done) continue;
    const { user, system } = process.cpuUsage(begin);
    return { cpu_s: (user + system) / 1e6, free_error: step.value.freeError };
  }
}

/** Seconds from asking to the first picture, and to the last of five starts, by all cores. */
async function asSeen(input: RetrievalInput, starter: Starter): Promise<{ first_picture_s: number; all_s: number }> {
  const begin = performance.now();
  let first = NaN;
  const onPicture = (): void => {
    if (Number.isNaN(first)) first = performance.now() - begin;
  };
  await look(input, starter, { starts: STARTS, seed: SEED, onPicture });
  return { first_picture_s: first / 1000, all_s: (performance.now() - begin) / 1000 };
}

/** A start's iterations beside the trial's in scipy, one core each, turn by turn; then five starts as a user waits for them. */
export async function benchPhase(print: (line: object) => void): Promise<void> {
  const input = measured();
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-bench-'));
  const starter = createStarter(availableParallelism());
  try {
    const { size, intensity, mask } = input.pattern;
    const path = join(folder, 'volume.npz');
    const shape = [size, size, size];
    writeFileSync(path, encodeNpz({ intensity: { shape, data: intensity }, mask: { shape, data: mask } }));
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ours = oneStart(input);
      const args = [peerFolder('phase.py') ?? '.', path, String(OVERSAMPLING)];
      const peer = runPeer('phase_start.py', args);
      print({ round, iterations: ITERATIONS, ours, peer, ...(await asSeen(input, starter)) });
      const { cpu_s: theirs, iterations } = peer;
      if (typeof theirs === 'number' && typeof iterations === 'number')
        ratios.push(theirs / iterations / (ours.cpu_s / ITERATIONS));
    }
    if (ratios.length > 0) print({ bench: 'phase', iteration_times_faster: median(ratios) });
  } finally {
    starter.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
