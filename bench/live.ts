import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '@main/app';
import { createBlissScan, limaPath } from '@main/demo/bliss';
import { simulateScan, writeScan } from '@main/demo';
import { nodeLauncher } from '@main/process/launcher';
import { detectors, scanOf } from './detectors';
import { median } from './peer';

const FRAMES = 200;
const FRAMES_PER_S = 20;
/** Frames that are written at once: four writes a second. */
const AT_ONCE = 5;
const SCANS = 8;
const PAGE = 4096;
const LATEST_MS = 120_000;

/** What one write changed in one file. */
interface Patch {
  /** Below the folder of raw data. */
  readonly path: string;
  readonly parts: readonly { readonly at: number; readonly bytes: Buffer }[];
}

/**
 * The pages of a file that a write changed, from where it ended before: frames are on disk before anything points to them, their first bytes
 * included, which stand in the page that was last.
 */
function changes(before: Buffer, after: Buffer): Patch['parts'] {
  const parts: { at: number; bytes: Buffer }[] = [];
  const grownFrom = Math.floor(before.length / PAGE) * PAGE;
  for (let at = 0; at < after.length; at += PAGE) {
    const page = after.subarray(at, at + PAGE);
    if (page.equals(before.subarray(at, at + PAGE))) continue;
    const last = parts.at(-1);
    if (last && last.at + last.bytes.length === at && at !== grownFrom)
      last.bytes = after.subarray(last.at, at + page.length);
    else parts.push({ at, bytes: page });
  }
  return [...parts.filter(({ at }) => at >= grownFrom), ...parts.filter(({ at }) => at < grownFrom)];
}

/**
 * Writes a scan as Lima and BLISS do, and keeps what each write changed: compressing is what a detector's own computer does, and would take the
 * processor from what is measured.
 * @returns the writes that bring frames, and the last one, which ends the scan
 */
function recorded(folder: string): { readonly steps: readonly (readonly Patch[])[]; readonly end: readonly Patch[] } {
  const { header, frames, monitor } = simulateScan(
    writeScan(join(folder, 'template'), { ...scanOf('eiger4m'), frames: FRAMES, peak: peakOf(), upTo: 0, ended: false })
      .spec,
  );
  const raw = join(folder, 'recorded');
  const writer = createBlissScan(raw, header);
  const paths = [join(dirname(writer.master), limaPath(header)), writer.master];
  const seen = new Map<string, Buffer>();
  const taken = (): Patch[] =>
    paths.filter(existsSync).map((path) => {
      const after = readFileSync(path);
      const parts = changes(seen.get(path) ?? Buffer.alloc(0), after);
      seen.set(path, after);
      return { path: relative(raw, path), parts };
    });
  const steps: Patch[][] = [];
  for (let from = 0; from < FRAMES; from += AT_ONCE) {
    writer.append(frames(from, from + AT_ONCE), monitor(from, from + AT_ONCE));
    steps.push(taken());
  }
  writer.finish();
  return { steps, end: taken() };
}

const peakOf = (): [number, number, number] => {
  const [, row, col] = scanOf('eiger4m').peak!;
  return [FRAMES / 2, row, col];
};

/** Makes the same change below another folder. */
function play(folder: string, patches: readonly Patch[]): void {
  for (const { path, parts } of patches) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w+');
    for (const { at, bytes } of parts) writeSync(descriptor, bytes, 0, bytes.length, at);
    closeSync(descriptor);
  }
}

/** Scans of an Eiger 4M of 200 frames, 20 a second, the app watching: from the last frame on disk to the verdict. */
export async function benchLive(print: (line: object) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-bench-'));
  try {
    const { steps, end } = recorded(folder);
    const raw = join(folder, 'RAW_DATA');
    mkdirSync(raw);
    let told: () => void = () => undefined;
    const app = createApp({
      ...{ launcher: nodeLauncher, home: join(folder, 'home'), shell: 'web', watch: { folder: raw } },
      onLine: ({ state }) => state !== 'early' && told(),
    });
    const times: number[] = [];
    for (let scan = 0; scan < SCANS; scan++) {
      const own = join(raw, `night${scan}`);
      const judged = new Promise<void>((resolve) => (told = resolve));
      const begun = performance.now();
      for (const [n, step] of steps.entries()) {
        await sleep(Math.max(0, begun + (1000 * AT_ONCE * n) / FRAMES_PER_S - performance.now()));
        play(own, step);
      }
      const landed = performance.now();
      play(own, end);
      await Promise.race([judged, sleep(LATEST_MS, undefined, { ref: false })]);
      times.push((performance.now() - landed) / 1000);
      print({ bench: 'live', scan, last_frame_to_verdict_s: times.at(-1), written_s: (landed - begun) / 1000 });
    }
    await app.close();
    const sorted = times.toSorted((a, b) => a - b);
    const megabytes =
      [...steps.flat(), ...end].flatMap(({ parts }) => parts).reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
    print({
      ...{
        bench: 'live',
        shape: detectors.eiger4m.shape,
        frames: FRAMES,
        frames_per_s: FRAMES_PER_S,
        scan_mb: Math.round(megabytes),
      },
      ...{ scans: SCANS, median_s: median(times), worst_s: sorted.at(-1) },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
