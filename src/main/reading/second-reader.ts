import { Worker } from 'node:worker_threads';
import type { FrameStatistics } from '@core/reduce/statistics';
import { inBackground } from '@main/process/report';
import { threadEntry } from '@main/process/thread-entry';
import type { ScanRef } from '@main/scan/types';

/** States of the second thread, in the first word of the control block; 0 while it starts. */
export const IDLE = 1;
const RUNNING = 2;
export const DONE = 3;
export const FAILED = 4;

/** Half of a scan to be read by the second thread, all results in shared memory. */
export interface HalfOrder {
  readonly ref: ScanRef;
  readonly from: number;
  readonly to: number;
  /** Rows and columns of a frame. */
  readonly shape: readonly [number, number];
  /** float32, the whole scan's frames; undefined where they are not kept. */
  readonly counts: SharedArrayBuffer | undefined;
  /** float32: sum, then quiet, of each pixel. */
  readonly sums: SharedArrayBuffer;
  /** uint8: invalid pixels. */
  readonly flags: SharedArrayBuffer;
  /** float64, one per frame of the half. */
  readonly frameSums: SharedArrayBuffer;
}

/** A half being read. */
export interface Half {
  /** Waits for it and adds its statistics. @returns false when it has to be read by the caller after all */
  join(into: FrameStatistics): boolean;
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
 * Lets the second thread read frames [from, to). The thread is started at the first call and used from when it is up.
 * @param counts shared memory that holds the whole scan's frames, or nothing where only their statistics are wanted
 * @returns undefined where there is no second thread (yet)
 */
export function readHalf(
  ref: ScanRef,
  from: number,
  to: number,
  shape: readonly [number, number],
  counts?: SharedArrayBuffer,
): Half | undefined {
  thread ??= start();
  const running = thread;
  if (!running || Atomics.load(running.control, 0) !== IDLE) return undefined;
  const pixels = shape[0] * shape[1];
  const order: HalfOrder = {
    ref,
    from,
    to,
    shape,
    counts,
    sums: new SharedArrayBuffer(8 * pixels),
    flags: new SharedArrayBuffer(pixels),
    frameSums: new SharedArrayBuffer(8 * (to - from)),
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
      merge(order, into);
      return true;
    },
  };
}

function merge({ sums, flags, frameSums, from, to }: HalfOrder, into: FrameStatistics): void {
  const pixels = into.sum.length;
  const sum = new Float32Array(sums, 0, pixels);
  const quiet = new Float32Array(sums, 4 * pixels, pixels);
  const invalid = new Uint8Array(flags);
  for (let p = 0; p < pixels; p++) {
    into.sum[p]! += sum[p]!;
    if (quiet[p]! < into.quiet[p]!) into.quiet[p] = quiet[p]!;
    if (invalid[p] === 1 && into.invalid[p] === 0) {
      into.invalid[p] = 1;
      into.invalidPixels++;
    }
  }
  into.frameSums.push(...new Float64Array(frameSums));
  into.frames += to - from;
}
