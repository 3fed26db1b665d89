/** Screens are told of progress this often at most. */
export const TELL_MS = 250;

/** Tells of what changes often, and always of the last change. */
export interface Throttle {
  /** Tells at once: another state, rather than further progress. */
  now(): void;
  /** Tells as soon as the last telling lies far enough back. */
  soon(): void;
  /** Nothing more is told. */
  close(): void;
}

/** @param tell tells what is so at that moment */
export function createThrottle(tell: () => void): Throttle {
  let timer: NodeJS.Timeout | undefined;
  let toldAt = -Infinity;
  const now = (): void => {
    clearTimeout(timer);
    timer = undefined;
    toldAt = performance.now();
    tell();
  };
  return {
    now,
    soon: () => void (timer ??= setTimeout(now, Math.max(0, toldAt + TELL_MS - performance.now()))),
    close: () => clearTimeout(timer),
  };
}
