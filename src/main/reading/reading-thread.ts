import { parentPort, workerData } from 'node:worker_threads';
import { createStatistics } from '@core/reduce/statistics';
import { frameMasks, readInto } from './read-into';
import { readerOf } from '@main/scan/readers';
import { FAILED, DONE, IDLE, type HalfOrder } from './second-reader';

/**
 * The second thread of the scan worker: decompressing is what reading a scan costs, and it is done twice as fast by two.
 * It opens the same file by itself and answers through shared memory, because the first thread is busy with its own half.
 */
const control = new Int32Array(workerData as SharedArrayBuffer);

const settle = (state: number): void => {
  Atomics.store(control, 0, state);
  Atomics.notify(control, 0);
};

parentPort?.on('message', ({ ref, from, to, shape: [rows, cols], counts, sums, flags, frameSums }: HalfOrder) => {
  try {
    const source = readerOf(ref.format).open(ref);
    try {
      const statistics = createStatistics(rows, cols);
      const pixels = rows * cols;
      const masks = frameMasks(source);
      readInto(source, from, to, counts && new Float32Array(counts), statistics, masks);
      new Float32Array(sums, 0, pixels).set(statistics.sum);
      new Float32Array(sums, 4 * pixels, pixels).set(statistics.quiet);
      new Uint8Array(flags).set(statistics.invalid);
      new Float64Array(frameSums).set(statistics.frameSums);
    } finally {
      source.close();
    }
    settle(DONE);
  } catch {
    // The first thread reads this half itself and meets the error where it can be told.
    settle(FAILED);
  }
});

settle(IDLE);
