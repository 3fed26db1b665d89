/** What runs in the page to measure it. Functions here are sent there as text: they may use nothing from outside. */
export interface Probe {
  /** Milliseconds from the next key press until all cuts have been painted anew. */
  opened(): Promise<number>;
  /** Starts watching the gaps between frames. */
  watchFrames(): void;
  /** What has been seen since then. */
  framesSeen(): FramesSeen;
  /** Frames per second while the crosshair is dragged through a cut, one step per frame. */
  scrub(seconds: number): Promise<Scrubbing>;
}

export interface FramesSeen {
  readonly frames: number;
  /** Longest time between two frames, and the longest task, ms. */
  readonly longestMs: number;
  readonly longestTaskMs: number;
  /** Gaps of more than 100 ms. */
  readonly dropped: number;
}

export interface Scrubbing {
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Cuts drawn per frame: shows that none was left out. */
  readonly cutsPerFrame: number;
  readonly longestMs: number;
}

export interface ProbedWindow extends Window {
  benchProbe: Probe;
}

/** Puts the probe into a page before its own code runs. */
export function installProbe(): void {
  const allowedMs = 100;
  const cuts = 3;
  let cutsDrawn = 0;
  let opening: { pressedAt: number; drawn: Set<unknown>; done: (ms: number) => void } | undefined;

  /** Calls back once the frame in hand has been handed over to the screen. */
  const afterPaint = (act: () => void): void => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = act;
    port2.postMessage(null);
  };
  const clear = CanvasRenderingContext2D.prototype.clearRect as (...args: unknown[]) => void;
  // Each drawing of a cut begins by clearing it, once.
  CanvasRenderingContext2D.prototype.clearRect = function (this: CanvasRenderingContext2D, ...args: unknown[]): void {
    clear.apply(this, args);
    if (!this.canvas.closest('[data-slice]')) return;
    cutsDrawn++;
    if (!opening || opening.pressedAt === 0) return;
    opening.drawn.add(this.canvas);
    if (opening.drawn.size < cuts) return;
    const { pressedAt, done } = opening;
    opening = undefined;
    afterPaint(() => done(performance.now() - pressedAt));
  };
  window.addEventListener(
    'keydown',
    (event) => {
      if (opening) opening.pressedAt = event.timeStamp;
    },
    true,
  );

  let seen = { frames: 0, longestMs: 0, longestTaskMs: 0, dropped: 0 };
  const watchFrames = (): void => {
    seen = { frames: 0, longestMs: 0, longestTaskMs: 0, dropped: 0 };
    let last = performance.now();
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longestTaskMs = Math.max(seen.longestTaskMs, duration);
    }).observe({ entryTypes: ['longtask'] });
    const tick = (now: number): void => {
      const gap = now - last;
      last = now;
      seen.frames++;
      seen.longestMs = Math.max(seen.longestMs, gap);
      if (gap > allowedMs) seen.dropped++;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  };

  const scrub = (seconds: number): Promise<Scrubbing> =>
    new Promise((resolve) => {
      const cut = document.querySelector('[data-slice]')!;
      const { left, top, width, height } = cut.getBoundingClientRect();
      let [begin, last, longestMs, frames] = [0, 0, 0, 0];
      const step = (now: number): void => {
        if (frames === 0) [begin, cutsDrawn] = [now, 0];
        else longestMs = Math.max(longestMs, now - last);
        last = now;
        if (now - begin >= seconds * 1000) {
          const elapsed = (now - begin) / 1000;
          resolve({ frames, framesPerSecond: frames / elapsed, cutsPerFrame: cutsDrawn / frames, longestMs });
          return;
        }
        // Round and round within the picture, a voxel or more at each step: the two other cuts are painted anew every time.
        const angle = frames++ * 0.17;
        const reach = 0.3 * Math.min(width, height);
        const at = {
          clientX: left + width / 2 + reach * Math.cos(angle),
          clientY: top + height / 2 + reach * Math.sin(angle),
        };
        // Between two frames, as a pointer's events come: one sent within a frame would be drawn in the one after the next.
        afterPaint(() => {
          cut.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, buttons: 1, ...at }));
          requestAnimationFrame(step);
        });
      };
      requestAnimationFrame(step);
    });

  (window as unknown as ProbedWindow).benchProbe = {
    opened: () => new Promise((done) => (opening = { pressedAt: 0, drawn: new Set(), done })),
    watchFrames,
    framesSeen: () => ({ ...seen }),
    scrub,
  };
}
