import { parentPort, workerData } from 'node:worker_threads';
import { reachInto } from '@main/files/reach';
import { foldFrames } from '@core/reduce/statistics';
import { boxesInto } from './boxes';
import { createRoom, frameMasks, readInto } from './read-into';
import { readerOf } from '@main/scan/readers';
import { DONE, FAILED, gatheredIn, IDLE, putGathered, type HalfOrder } from './second-reader';

/**
 * The second thread of the scan worker: decompressing is what reading a scan costs, and it is done twice as fast by two.
 * It opens the same file by itself and answers through shared memory, because the first thread is busy with its own half.
 */
const control = new Int32Array(workerData as SharedArrayBuffer);

const room = createRoom();

const settle = (state: number): void => {
  Atomics.store(control, 0, state);
  Atomics.notify(control, 0);
};

parentPort?.on('message', (order: HalfOrder) => {
  const { ref, from, to, shape, counts, empty, kept, order: frames } = order;
  try {
    reachInto(order.roots);
    const source = readerOf(ref.format).open(ref);
    try {
      const place = gatheredIn(order);
      const fold = foldFrames(...shape, { masks: frameMasks(source), empty, first: from, order: frames, place });
      const boxes =
        kept &&
        boxesInto(
          new Float32Array(kept.counts),
          kept.area,
          (frame) => (frames?.indexOf(frame) ?? frame) - from,
          shape[1],
        );
      readInto(source, from, to, fold, { counts: counts && new Float32Array(counts), room, boxes, order: frames });
      settle(putGathered(order, fold.statistics()) ? DONE : FAILED);
    } finally {
      source.close();
    }
  } catch {
    // The first thread reads this half itself and meets the error where it can be told.
    settle(FAILED);
  }
});

settle(IDLE);
