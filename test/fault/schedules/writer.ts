import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RandomStream } from '@core/random/stream';
import { digestOf, stamp } from './bench';

/** One thing that a writer does at once; readers see the state before it or the one behind it. */
export interface Step {
  run(): void;
  /**
   * The longest pause behind it, ms, for which nobody could know from the files that more is to come: the half of a last frame, or frames
   * that come after their scan's end without any room made for them. Any pause when left out.
   */
  readonly within?: number;
}

/** A scan as some program writes it. */
export interface Writing {
  readonly what: string;
  /** Path and number by which it is known. */
  readonly source: string;
  readonly number: number;
  readonly steps: readonly Step[];
  /** Digest of all its counts. */
  readonly truth: string;
}

export type Maker = (folder: string, name: string, draw: RandomStream) => Writing;

/** Rows and columns of the frames that are written: small, and yet frames rather than spectra. */
export const ROWS = 16;
export const COLS = 18;
export const PIXELS = ROWS * COLS;

/** Longest pauses within which the program must see that something is to come, a second below those it goes by. */
export const WITHIN_FRAME_MS = 4000;
export const WITHIN_FILE_MS = 2000;
export const WITHIN_LACK_MS = 55_000;

export interface Frames {
  readonly count: number;
  readonly counts: Int32Array;
  readonly digest: string;
  frame(k: number): Int32Array;
}

/** Frames of a scan, each with counts of its own. */
export function someFrames(draw: RandomStream): Frames {
  const count = Math.floor(draw.uniform(10, 14));
  const counts = Int32Array.from({ length: count * PIXELS }, () => Math.floor(draw.uniform(0, 50)));
  return { count, counts, digest: digestOf(counts), frame: (k) => counts.subarray(k * PIXELS, (k + 1) * PIXELS) };
}

export const oneOf = <T>(draw: RandomStream, all: readonly T[]): T =>
  all[Math.min(all.length - 1, Math.floor(draw.uniform(0, all.length)))]!;

/** Several lists in one, each in its own order. */
export function interleaved<T>(draw: RandomStream, ...lists: readonly (readonly T[])[]): T[] {
  const left = lists.map((list) => [...list]);
  const out: T[] = [];
  for (let waiting = left; waiting.length > 0; waiting = left.filter((list) => list.length > 0)) {
    const next = oneOf(draw, waiting).shift();
    if (next !== undefined) out.push(next);
  }
  return out;
}

export function put(path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  stamp(path);
}

export function add(path: string, bytes: string | Uint8Array): void {
  appendFileSync(path, bytes);
  stamp(path);
}

/** A file in pieces under its own name, or under another until it is whole. */
export function inPieces(draw: RandomStream, path: string, bytes: Uint8Array): Step[] {
  const aside = draw.uniform(0, 1) < 0.3;
  const name = aside ? `${path}.part` : path;
  const pieces = Math.floor(draw.uniform(1, 6));
  const cuts = Array.from({ length: pieces }, (_, k) => Math.round(((k + 1) * bytes.length) / pieces));
  const write = cuts.map((end, k) => ({
    run: () => (k === 0 ? put(name, bytes.subarray(0, end)) : add(name, bytes.subarray(cuts[k - 1], end))),
  }));
  if (!aside) return write;
  return [...write, { run: () => existsSync(name) && renameSync(name, path) }];
}

/** The geometry file of a stack of so many frames, at once or in two halves. */
export function geometryOf(draw: RandomStream, path: string, frames: number): Step[] {
  const eta = Array.from({ length: frames }, (_, k) => 16 + 0.01 * k);
  const text = JSON.stringify({ energyEv: 9000, distanceM: 0.9, directBeam: [8, 9], positions: { delta: 33, eta } });
  const half = text.slice(0, text.length / 2);
  const whole = { run: () => put(path, text) };
  return draw.uniform(0, 1) < 0.3 ? [{ run: () => put(path, half) }, whole] : [whole];
}
