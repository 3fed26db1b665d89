import { setTimeout as sleep } from 'node:timers/promises';
import { createBlissScan, masterPath } from './bliss';
import { demoRecipe, type DemoRecipe } from './recipe';
import { discard, isComplete } from './resume';
import { simulateScan } from './simulate';
import { drawSpecs } from './spec';
import type { DefectClass } from '@vocabulary/classes';

/** A scan that has landed. */
export interface PlayedScan {
  readonly master: string;
  readonly number: number;
  readonly truth: DefectClass;
  /** Written by an earlier run and left as it is. */
  readonly found: boolean;
}

export interface PlayOptions {
  readonly recipe?: DemoRecipe;
  readonly seed?: number;
  /** 1: a scan takes about seven seconds; Infinity: as fast as they are simulated. */
  readonly speed?: number;
  readonly signal?: AbortSignal;
  /** Asked before every block; once it says no, nothing more is written. */
  readonly mayWrite?: () => boolean;
  readonly onScan?: (scan: PlayedScan) => void;
}

const SCAN_MS = 7000;
const BLOCKS_PER_SCAN = 10;

/**
 * Plays a beamtime into a folder: one scan after the other, each growing block by block as at the beamline. Scans that an
 * earlier run completed stay; one that it left half written is removed and written again, the same to the last count.
 * @throws DOMException AbortError once `signal` says so
 */
export async function playBeamtime(folder: string, options: PlayOptions = {}): Promise<void> {
  const { recipe = demoRecipe, seed = 1, speed = 1, signal, mayWrite = () => true, onScan } = options;
  // Sleeping also lets the process notice that it is no longer wanted.
  const until = (time: number): Promise<void> =>
    sleep(Math.max(time - performance.now(), 0), undefined, signal ? { signal } : {});

  for (const spec of drawSpecs(recipe, seed)) {
    const { number, defect: truth, frames } = spec;
    const master = masterPath(folder, spec);
    if (isComplete(folder, spec)) {
      onScan?.({ master, number, truth, found: true });
      continue;
    }
    const start = performance.now();
    const scan = simulateScan(spec);
    await until(start);
    if (!mayWrite()) return;
    discard(folder, spec);
    const writer = createBlissScan(folder, scan.header);
    const size = Math.ceil(frames / BLOCKS_PER_SCAN);
    for (let from = 0; from < frames; from += size) {
      const to = Math.min(from + size, frames);
      const counts = scan.frames(from, to);
      await until(start + ((to / frames) * SCAN_MS) / speed);
      if (!mayWrite()) return;
      writer.append(counts, scan.monitor(from, to));
    }
    writer.finish();
    onScan?.({ master, number, truth, found: false });
  }
}
