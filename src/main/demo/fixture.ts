import { createBlissScan } from './bliss';
import { simulateScan, type SimulatedScan } from './simulate';
import type { ScanSpec } from './spec';

/** How much of a scan to write. */
export interface ScanFixture extends Partial<ScanSpec> {
  /** Write only so many frames, as a scan under way has; all when left out. */
  readonly upTo?: number;
  /** Write `end_time`; when left out, if every frame is written. */
  readonly ended?: boolean;
}

export interface FixtureScan extends SimulatedScan {
  readonly master: string;
  readonly spec: ScanSpec;
}

/** A scan small enough for a test: 41 frames of 96 x 96 pixels, a flawless detector without gaps, five pixels per fringe. */
const small: ScanSpec = {
  sample: 'test',
  dataset: '0001',
  number: 1,
  defect: 'perfect',
  element: 'Pt',
  hkl: [1, -1, 1],
  lateralNm: 240,
  offCentre: 0.05,
  strainRad: 0.3,
  points: 32,
  energyEv: 9000,
  distanceM: 0.35,
  directBeam: [44.5, 50.25],
  frames: 41,
  fringes: 7,
  detector: 'mpx1x4',
  shape: [96, 96],
  peak: [20, 47, 49],
  peakCounts: 50_000,
  background: 0.02,
  gaps: [],
  hotPixels: 0,
  deadPixels: 0,
  zingerRate: 0,
  countTimeS: 0.5,
  startedAt: '2026-11-22T20:00:00.000Z',
  seed: 1,
  detectorSeed: 1,
};

/** Counts written at once: the frames of a large detector do not fit into memory together. */
const BLOCK_PIXELS = 2 ** 26;

/**
 * Writes a simulated scan into a folder of raw data: for tests, and for trying the program out. The same fixture with other
 * `hotPixels`, `deadPixels` or `gaps` holds the same photons on a detector with other faults.
 * @param folder the RAW_DATA folder
 */
export function writeScan(folder: string, { upTo, ended, ...change }: ScanFixture = {}): FixtureScan {
  const spec: ScanSpec = { ...small, ...change };
  const scan = simulateScan(spec);
  const writer = createBlissScan(folder, scan.header);
  const frames = Math.min(upTo ?? spec.frames, spec.frames);
  const block = Math.max(1, Math.floor(BLOCK_PIXELS / (spec.shape[0] * spec.shape[1])));
  for (let from = 0; from < frames; from += block) {
    const to = Math.min(frames, from + block);
    writer.append(scan.frames(from, to), scan.monitor(from, to));
  }
  if (ended ?? frames === spec.frames) writer.finish();
  return { ...scan, master: writer.master, spec };
}
