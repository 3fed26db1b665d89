import { beforeEach, expect, it, vi } from 'vitest';
import { foldFrames } from '@core/reduce/statistics';
import { readFrames } from '@main/reading/frames';
import { readHalf, type HalfScan } from '@main/reading/second-reader';
import { memorySource } from './memory-source';

vi.mock('@main/reading/second-reader', () => ({ readHalf: vi.fn() }));

const SHAPE = [256, 512] as const;
const PIXELS = SHAPE[0] * SHAPE[1];
const FRAMES = 43;
/** Brighter than both beside it a hundredfold, in the half that the second thread reads. */
const CORRUPT = 34;

const counts = Float32Array.from({ length: FRAMES * PIXELS }, (_, i) => (i * 2654435761) % 23);
counts.fill(60_000, CORRUPT * PIXELS, (CORRUPT + 1) * PIXELS);
const source = memorySource(counts, SHAPE);

/** The second thread's work, done when it is waited for. @param works false for one that fails */
const secondThread =
  (works: boolean): typeof readHalf =>
  (half: HalfScan, shared?: SharedArrayBuffer) => ({
    join(into) {
      if (!works) return false;
      const place = shared ? new Float32Array(shared) : counts.slice();
      const own = place.subarray(half.from * PIXELS, half.to * PIXELS);
      own.set(counts.subarray(half.from * PIXELS, half.to * PIXELS));
      const fold = foldFrames(...half.shape, { empty: half.empty, first: half.from });
      fold.add(own);
      into.join(fold.statistics());
      return true;
    },
  });

beforeEach(() => void vi.mocked(readHalf).mockReset());

it.each([
  ['kept', true, undefined],
  ['kept', false, undefined],
  ['too large to be kept', true, 0],
  ['too large to be kept', false, 0],
] as const)(
  'a scan that is %s has the same statistics when two threads read it, also where the second fails (works: %s)',
  (_, works, keepBytes) => {
    const reading = keepBytes === undefined ? {} : { keepBytes };
    const alone = readFrames(source, FRAMES, reading);
    const { statistics, corrupt } = { ...alone, statistics: structuredClone(alone.statistics) };
    vi.mocked(readHalf).mockImplementation(secondThread(works));
    const shared = readFrames(source, FRAMES, reading);
    expect(readHalf).toHaveBeenCalled();
    expect(corrupt).toEqual([CORRUPT]);
    expect(shared.corrupt).toEqual(corrupt);
    expect(shared.statistics.frames).toBe(FRAMES);
    expect(shared.statistics.frameSums).toEqual(statistics.frameSums);
    expect(shared.statistics.uncounted).toEqual(statistics.uncounted);
    for (const what of ['sum', 'quiet'] as const)
      expect(Buffer.compare(Buffer.from(shared.statistics[what].buffer), Buffer.from(statistics[what].buffer))).toBe(0);
  },
);
