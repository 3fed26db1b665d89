import type { Problem } from '@contract/errors';
import type { VerdictLine } from '@contract/scan';
import type { Board } from '@main/jobs/board';
import type { Order } from '@main/jobs/order';
import { inBackground, problemOf } from '@main/process/report';
import type { ScanFacts } from '@main/scan/types';
import { createBacklog } from './backlog';
import { isOfModel } from './blame';
import { scanId } from './identity';
import { rejected } from './judge';
import { createLine, PACE, type Pace, type Trouble, type Turn } from './line';
import { createRetries } from './retries';
import { createSettler, type Scan, type SettleOptions } from './settle';
import { createUnderWay } from './under-way';

/**
 * The scans waiting to be judged, one at a time: what was just measured, the newest first, before a backlog, which is judged in the order
 * it came; finished scans before early looks at unfinished ones. What hinders
 * a scan for no fault of its own is tried again until it is over: nothing but a verdict, or a refusal, takes a scan out of it.
 */
export interface Queue {
  has(id: string): boolean;
  /** @param next somebody waits for it: just measured, or asked for by hand */
  add(facts: ScanFacts, signature: string, next?: boolean): void;
  addEarly(facts: ScanFacts): void;
  /** Reads its frames as they land, while nothing else waits: its verdict costs the last ones only. */
  follow(facts: ScanFacts): void;
  /** What was given up is taken in again, the next time it is seen; what waits for something to be mended is tried at once. */
  retryAll(): void;
  /** Resolves when nothing waits or runs, or it was closed. */
  idle(): Promise<void>;
  /** Scans that wait or run. */
  readonly size: number;
  /** What keeps them from being judged at present. */
  trouble(): Trouble | null;
  /** What would be said of those that wait, if nothing came to help them any more. */
  held(): VerdictLine[];
  close(): void;
}

export interface QueueOptions extends SettleOptions {
  /** Lists it among the jobs. */
  readonly board: Pick<Board, 'tell'>;
  readonly order: Order;
  /** Something keeps scans from being judged, or does so no longer. */
  onTrouble(problem: Problem | null): void;
  /** How soon what failed is tried again; tests take others. */
  readonly pace?: Pace;
}

/** An alert is raised when something has gone wrong so often; a process that was ended once is no news. */
const TOLD_AFTER = 2;

export function createQueue(options: QueueOptions): Queue {
  const { rows, board, order, pace = PACE } = options;
  const settler = createSettler(options);
  const line = createLine<Scan>(pace);
  const underWay = createUnderWay(settler, (id) => line.has(id));
  /** Given up by hand: not judged until asked for, or until the folder is watched anew. */
  const left = new Set<string>();
  let [paused, closed] = [false, false];
  let current: string | undefined;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let woken = false;
  let failing: { readonly code: Problem['code']; readonly times: number } | null = null;
  let told = false;
  let idlers: (() => void)[] = [];

  const backlog = createBacklog(board, {
    pause: () => void (paused = true),
    resume: () => go(),
    cancel() {
      for (const { facts } of line.items()) {
        const id = scanId(facts.ref);
        if (id === current) continue;
        line.remove(id);
        left.add(id);
      }
      underWay.clear();
      go();
    },
  });
  const go = (): void => {
    paused = false;
    wake();
  };

  /** The same thing went wrong again, or all is well. */
  const announce = (problem: Problem | null): void => {
    failing = problem && { code: problem.code, times: failing?.code === problem.code ? failing.times + 1 : 1 };
    const isDue = problem === null ? told : failing?.times === TOLD_AFTER;
    if (!isDue) return;
    told = problem !== null;
    options.onTrouble(problem);
  };

  const judge = async (id: string, scan: Scan): Promise<void> => {
    const isAgain = line.trouble() !== null;
    backlog.begun(scan.facts.name);
    const begun = Date.now();
    const problem = await settler.settle(scan, isAgain);
    if (!problem) {
      line.passed(id);
      announce(null);
      backlog.ended(line.size);
      return retries.settled(id, scan, Date.now() - begun);
    }
    announce(problem);
    if (isOfModel(problem.code)) line.shown(id);
    if (line.failed(id, problem, Date.now()) === 'again') return;
    const hindered = settler.setAside(scan, problem);
    if (hindered) return void line.failed(id, hindered, Date.now());
    line.remove(id);
    retries.setAside(id, scan);
    backlog.ended(line.size);
    if (!line.trouble()) announce(null);
  };

  const turn = ({ id, item, ...whose }: Exclude<Turn<Scan>, { do: 'wait' }>): Promise<void> => {
    if (whose.do === 'judge') return judge(id, item);
    line.shown(id);
    const problem = line.trouble()?.problem;
    return problem ? settler.show(item, problem) : Promise.resolve();
  };
  const enter = (id: string, scan: Scan, next = false): void => {
    if (line.has(id)) return;
    retries.forget(id);
    underWay.forget(id);
    line.add(id, scan, Date.now(), next);
    backlog.added(line.size);
  };
  const retries = createRetries({ rows, settler, pace, waits: (id) => line.has(id), enter });
  /** One step, or in how many milliseconds there will be one. */
  const step = (): { readonly id: string; readonly run: () => Promise<void> } | number | undefined => {
    const now = Date.now();
    const next = line.next(now);
    if (next && next.do !== 'wait') return { id: next.id, run: () => turn(next) };
    const pauses: number[] = next ? [next.ms] : [];
    for (const among of next ? [underWay] : [underWay, retries]) {
      const found = among.next(now);
      if (typeof found === 'object') return found;
      if (found !== undefined) pauses.push(found);
    }
    return pauses.length > 0 ? Math.min(...pauses) : undefined;
  };
  const run = async (): Promise<void> => {
    while (!closed && !paused) {
      woken = false;
      const next = step();
      if (typeof next === 'number') timer = setTimeout(wake, next);
      if (next === undefined || typeof next === 'number') return;
      current = next.id;
      const done = order.claim('judging');
      try {
        await next.run();
      } catch (error) {
        // A mistake of ours costs the scan a try, never the queue.
        line.failed(next.id, problemOf(error, 'judging'), Date.now());
      }
      done();
      current = undefined;
    }
  };
  function wake(): void {
    woken = true;
    if (running || closed) return;
    clearTimeout(timer);
    running = run().finally(() => {
      running = undefined;
      // Something was added between its last look and its end.
      if (woken && !paused) return wake();
      if (line.size > 0 || underWay.size > 0) return;
      for (const tell of idlers) tell();
      idlers = [];
    });
  }

  return {
    has: (id) => line.has(id) || left.has(id),
    add(facts, signature, next) {
      const id = scanId(facts.ref);
      left.delete(id);
      enter(id, { facts, signature }, next);
      wake();
    },
    retryAll() {
      left.clear();
      retries.forget();
      line.hurry(Date.now());
      wake();
    },
    addEarly(facts) {
      if (line.has(scanId(facts.ref))) return;
      underWay.look(facts);
      wake();
    },
    follow(facts) {
      if (line.has(scanId(facts.ref))) return;
      underWay.follow(facts);
      wake();
    },
    async idle() {
      await (closed || (line.size === 0 && underWay.size === 0)
        ? running
        : new Promise<void>((resolve) => idlers.push(resolve)));
    },
    get size() {
      return line.size + underWay.size;
    },
    trouble: () => line.trouble(),
    held() {
      const trouble = line.trouble();
      if (!trouble) return [];
      return line.items().map(({ facts }) => {
        const row = rows.get(scanId(facts.ref));
        return rejected(facts, row?.problem ?? trouble.problem).line;
      });
    },
    close() {
      closed = true;
      clearTimeout(timer);
      const waiting = idlers;
      idlers = [];
      const tellAll = (): void => waiting.forEach((tell) => tell());
      if (running) inBackground(running.then(tellAll), 'closing the queue');
      else tellAll();
    },
  };
}
