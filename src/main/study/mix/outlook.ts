/** Work of one kind goes at one pace: a relaxed crystal takes minutes, an unrelaxed one seconds. */
export type Kind = 'unrelaxed crystals' | 'relaxed crystals' | 'raw scans' | 'training steps' | 'judged patterns';

interface Task {
  readonly kind: Kind;
  readonly units: number;
  done: number;
}

export interface Left {
  readonly secondsLeft?: number;
  /** There is work of a kind whose pace this run has not seen yet: it takes longer than `secondsLeft`. */
  readonly atLeast: boolean;
}

/** How long the rest of several long jobs takes, by the pace of this run. */
export interface Outlook {
  add(task: string, kind: Kind, units: number): void;
  /** Work on a task begins or goes on; `done` units of it are there already. */
  begin(task: string, done: number): void;
  advance(task: string, done: number): void;
  finish(task: string): void;
  left(): Left;
}

/** @param now milliseconds */
export function createOutlook(now: () => number = () => performance.now()): Outlook {
  const tasks = new Map<string, Task>();
  const seen = new Map<Kind, { seconds: number; units: number }>();
  let since = now();
  const advance = (name: string, done: number): void => {
    const task = tasks.get(name);
    if (!task) return;
    const pace = seen.get(task.kind) ?? { seconds: 0, units: 0 };
    // A unit that is lost with its process costs its time all the same.
    seen.set(task.kind, {
      seconds: pace.seconds + (now() - since) / 1000,
      units: Math.max(0, pace.units + done - task.done),
    });
    task.done = done;
    since = now();
  };
  return {
    advance,
    add: (name, kind, units) => void tasks.set(name, { kind, units, done: 0 }),
    begin(name, done) {
      const task = tasks.get(name);
      if (task) task.done = done;
      since = now();
    },
    finish(name) {
      const task = tasks.get(name);
      if (task) task.done = task.units;
    },
    left() {
      let [seconds, known, atLeast] = [0, false, false];
      for (const { kind, units, done } of tasks.values()) {
        if (units <= done) continue;
        const pace = seen.get(kind);
        if (pace && pace.units > 0) [seconds, known] = [seconds + ((units - done) * pace.seconds) / pace.units, true];
        else atLeast = true;
      }
      return { ...(known && { secondsLeft: seconds }), atLeast };
    },
  };
}
