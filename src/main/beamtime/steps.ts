import { problemOf, inBackground } from '@main/process/report';

/** Something to be done for a scan, all at one go. */
export interface Step {
  readonly id: string;
  run(): Promise<void>;
}

/** Takes one step after the other, as long as there are any. */
export interface Steps {
  /** There may be something to do. */
  wake(): void;
  /** The step under way is finished, and none is begun until {@link resume}. */
  pause(): void;
  resume(): void;
  /** Of the scan for which a step is under way. */
  readonly current: string | undefined;
  /** Resolves when there is nothing to do or under way, or it was closed. */
  idle(): Promise<void>;
  close(): void;
}

interface StepsOptions {
  /** One step, or in how many milliseconds there will be one; undefined where there is none. */
  next(): Step | number | undefined;
  /** Whether nothing waits any more, for whatever reason. */
  isEmpty(): boolean;
  /** A step is about to run. @returns told when it is done */
  claim(): () => void;
  failed(id: string, problem: ReturnType<typeof problemOf>): void;
}

export function createSteps({ next, isEmpty, claim, failed }: StepsOptions): Steps {
  let [paused, closed, woken] = [false, false, false];
  let current: string | undefined;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let idlers: (() => void)[] = [];

  const run = async (): Promise<void> => {
    while (!closed && !paused) {
      woken = false;
      const step = next();
      if (typeof step === 'number') timer = setTimeout(wake, step);
      if (step === undefined || typeof step === 'number') return;
      current = step.id;
      const done = claim();
      try {
        await step.run();
      } catch (error) {
        failed(step.id, problemOf(error, 'judging'));
      }
      done();
      current = undefined;
    }
  };
  const tellIdlers = (): void => {
    for (const tell of idlers) tell();
    idlers = [];
  };
  function wake(): void {
    woken = true;
    if (running || closed) return;
    clearTimeout(timer);
    running = run().finally(() => {
      running = undefined;
      // Something was added between its last look and its end.
      if (woken && !paused) return wake();
      if (isEmpty()) tellIdlers();
    });
  }

  return {
    wake,
    pause: () => void (paused = true),
    resume() {
      paused = false;
      wake();
    },
    get current() {
      return current;
    },
    async idle() {
      await (closed || isEmpty() ? running : new Promise<void>((resolve) => idlers.push(resolve)));
    },
    close() {
      closed = true;
      clearTimeout(timer);
      if (running) inBackground(running.then(tellIdlers), 'closing the queue');
      else tellIdlers();
    },
  };
}
