import { Worker } from 'node:worker_threads';
import type { FrameFold, FrameStatistics } from '@core/reduce/statistics';
import { flagged } from '@core/reduce/uncounted';
import { toldReach } from '@main/files/reach';
import { inBackground } from '@main/process/report';
import { threadEntry } from '@main/process/thread-entry';
import type { ScanRef } from '@main/scan/types';
import { pixelsOf, type Area, type KeptBoxes } from './boxes';

/** States of the second thread, in the first word of the control block; 0 while it starts. */
export const IDLE = 1;
const RUNNING = 2;
export const DONE = 3;
export const FAILED = 4;

/** Frames [from, to) of a scan's order, eights of them. */
export interface HalfScan {
  readonly ref: ScanRef;
  readonly from: number;
  readonly to: number;
  /** Rows and columns of a frame. */
  readonly shape: readonly [number, number];
  /** Frames that count as if they held nothing. */
  readonly empty: readonly number[] | undefined;
  /** The scan's frames in the order in which they are read; as they were recorded where there is none. */
  readonly order: readonly number[] | undefined;
}

/** Half of a scan to be read by the second thread, all results in shared memory. */
export interface HalfOrder extends HalfScan {
  /** float32, the whole scan's frames; undefined where they are not kept. */
  readonly counts: SharedArrayBuffer | undefined;
  /** float32: sum, then quiet, of each pixel. */
  readonly sums: SharedArrayBuffer;
  /** uint8: pixels that hold no count in any of the frames. */
  readonly flags: SharedArrayBuffer;
  /** Folders that the scan's files may lead into. */
  readonly roots: readonly string[] | undefined;
  /** float64, one per frame of the half. */
  readonly frameSums: SharedArrayBuffer;
  /** What is kept of each of its frames, float32 one behind the other. */
  readonly kept: { readonly area: Area; readonly counts: SharedArrayBuffer } | undefined;
}

/** A half being read. */
export interface Half {
  /** Waits for it and adds its statistics. @returns false when it has to be read by the caller after all */
  join(into: FrameFold): boolean;
}

const PATIENCE_MS = 60_000;

let thread: { worker: Worker; control: Int32Array } | undefined;

function start(): typeof thread {
  const path = threadEntry('reading-thread');
  if (!path) return undefined;
  const shared = new SharedArrayBuffer(4);
  const worker = new Worker(path, { workerData: shared });
  worker.on('error', () => (thread = undefined));
  worker.unref();
  return { worker, control: new Int32Array(shared) };
}

/**
 * Lets the second thread read a part of a scan. The thread is started at the first call and used from when it is up.
 * @param counts shared memory that holds the whole scan's frames, or nothing where they are not kept
 * @param boxes what is kept of them then; given once the half is joined
 * @returns undefined where there is no second thread (yet)
 */
export function readHalf(half: HalfScan, counts?: SharedArrayBuffer, boxes?: KeptBoxes): Half | undefined {
  thread ??= start();
  const running = thread;
  if (!running || Atomics.load(running.control, 0) !== IDLE) return undefined;
  const pixels = half.shape[0] * half.shape[1];
  const area = boxes?.area;
  const order: HalfOrder = {
    ...half,
    roots: toldReach(),
    counts,
    sums: new SharedArrayBuffer(8 * pixels),
    flags: new SharedArrayBuffer(pixels),
    frameSums: new SharedArrayBuffer(8 * (half.to - half.from)),
    kept: area && { area, counts: new SharedArrayBuffer(4 * pixelsOf(area) * (half.to - half.from)) },
  };
  Atomics.store(running.control, 0, RUNNING);
  running.worker.postMessage(order);
  return {
    join(into) {
      Atomics.wait(running.control, 0, RUNNING, PATIENCE_MS);
      const state = Atomics.load(running.control, 0);
      if (state === RUNNING) {
        // Stuck in native code: it cannot be asked to stop.
        inBackground(running.worker.terminate(), 'end of a reading thread');
        thread = undefined;
        return false;
      }
      Atomics.store(running.control, 0, IDLE);
      if (state !== DONE) return false;
      into.join(gatheredOf(order));
      if (boxes) takeBoxes(order, boxes);
      return true;
    },
  };
}

function takeBoxes({ kept, from, to, order }: HalfOrder, boxes: KeptBoxes): void {
  if (!kept) return;
  const pixels = pixelsOf(kept.area);
  for (let f = from; f < to; f++)
    boxes.put(order?.[f] ?? f, kept.area, new Float32Array(kept.counts, 4 * pixels * (f - from), pixels));
}

/** Where a half's statistics of each pixel are gathered. */
export const gatheredIn = ({ sums, shape: [rows, cols] }: HalfOrder): Pick<FrameStatistics, 'sum' | 'quiet'> => ({
  sum: new Float32Array(sums, 0, rows * cols),
  quiet: new Float32Array(sums, 4 * rows * cols),
});

/** What the second thread has left of the statistics that {@link putGathered} was given. */
function gatheredOf(order: HalfOrder): FrameStatistics {
  const { flags, frameSums, from, to, shape } = order;
  const uncounted = flagged(new Uint8Array(flags));
  return {
    ...{ rows: shape[0], cols: shape[1], frames: to - from, frameSums: [...new Float64Array(frameSums)] },
    ...gatheredIn(order),
    ...{ uncounted: Array.from({ length: to - from }, () => uncounted), belowZero: 0 },
  };
}

/**
 * Leaves the rest of a half's statistics, which were gathered {@link gatheredIn}, where the first thread finds it.
 * @returns false where there is no room for it: its frames do not hold the same pixels without a count
 */
export function putGathered({ flags, frameSums }: HalfOrder, gathered: FrameStatistics): boolean {
  const { uncounted, belowZero } = gathered;
  const [first] = uncounted;
  if (belowZero > 0 || uncounted.some((list) => list !== first)) return false;
  const marks = new Uint8Array(flags);
  for (const p of first ?? []) marks[p] = 1;
  new Float64Array(frameSums).set(gathered.frameSums);
  return true;
}
