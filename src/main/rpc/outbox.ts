/** Events sent but not yet acknowledged; beyond that a screen is slow, and only the newest of each thing waits. */
const windowSize = 16;

export interface Outbox {
  /** Sends now, or waits; an event waiting under the same key is replaced. */
  push(key: string, send: () => Promise<void>): void;
  /** Drops what waits. */
  close(): void;
}

/**
 * Back-pressure towards one screen. Every event carries a whole state, so for a screen that does not keep up the newest
 * one per key is enough, and the memory held is bounded by the number of keys, whatever the rate.
 */
export function createOutbox(): Outbox {
  const waiting = new Map<string, () => Promise<void>>();
  let inFlight = 0;
  let closed = false;

  const pump = (): void => {
    for (const [key, send] of waiting) {
      if (inFlight >= windowSize) return;
      waiting.delete(key);
      inFlight += 1;
      const done = (): void => {
        inFlight -= 1;
        pump();
      };
      send().then(done, done);
    }
  };

  return {
    push(key, send) {
      if (closed) return;
      waiting.set(key, send);
      pump();
    },
    close() {
      closed = true;
      waiting.clear();
    },
  };
}
