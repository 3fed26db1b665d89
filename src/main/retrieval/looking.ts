import { setTimeout as delay } from 'node:timers/promises';
import type { Inside } from '@core/phase/inside';
import type { RetrievalInput } from './input';
import { look } from './look';
import type { Starter } from './threads';

/** How far a retrieval is after a step. */
export interface Progress {
  /** Starts that are done, fractions included. */
  readonly done: number;
  /** Starts that the picture is made of; 0: there is none yet. */
  readonly pictured: number;
  /** All are done. */
  readonly whole: boolean;
}

/** So long after a step the threads go on: where the next one comes at once, they need not stop. */
const GRACE_MS = 30;

/** One crystal that is being looked into, a step at a time: where no further step is asked for, the threads rest. */
export interface Looking {
  readonly input: RetrievalInput;
  /** Computes for so long at most; ends sooner where there is another picture. @throws whatever a start failed with */
  step(ms: number): Promise<Progress>;
  /** What the starts so far say together. */
  inside(): Inside | undefined;
  stop(): void;
}

export function beginLooking(input: RetrievalInput, starter: Starter, starts: number, seed: number): Looking {
  const stop = new AbortController();
  let done = 0;
  let inside: Inside | undefined;
  let whole = false;
  let tell = (): void => undefined;
  let resting: NodeJS.Timeout | undefined;
  starter.hold(true);
  const all = look(input, starter, {
    starts,
    seed,
    signal: stop.signal,
    onProgress: (share) => (done = share * starts),
    onPicture(next) {
      inside = next;
      tell();
    },
  }).then((last) => {
    inside = last;
    whole = true;
  });
  // Whoever takes the next step is told.
  all.catch(() => undefined);
  return {
    input,
    async step(ms) {
      const picture = new Promise<void>((resolve) => (tell = resolve));
      clearTimeout(resting);
      starter.hold(false);
      try {
        await Promise.race([all, picture, delay(ms, undefined, { signal: stop.signal })]);
      } finally {
        resting = setTimeout(() => starter.hold(true), GRACE_MS);
      }
      return { done, pictured: inside?.starts ?? 0, whole };
    },
    inside: () => inside,
    stop() {
      clearTimeout(resting);
      stop.abort(new Error('given up'));
    },
  };
}
