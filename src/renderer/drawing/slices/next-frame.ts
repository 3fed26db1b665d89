/** Draws at most once per frame of the screen. */
export interface NextFrame {
  /** Does the job at the next frame, in place of any that still waits: only the newest picture is drawn. */
  request(job: () => void): void;
  cancel(): void;
}

export function nextFrame(): NextFrame {
  let waiting: (() => void) | undefined;
  let handle = 0;
  return {
    request(job) {
      if (!waiting) {
        handle = requestAnimationFrame(() => {
          const newest = waiting;
          waiting = undefined;
          newest?.();
        });
      }
      waiting = job;
    },
    cancel() {
      cancelAnimationFrame(handle);
      waiting = undefined;
    },
  };
}
