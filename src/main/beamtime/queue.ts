import type { Problem } from '@contract/errors';
import type { VerdictLine } from '@contract/scan';
import type { Board } from '@main/jobs/board';
import type { Order } from '@main/jobs/order';
import type { ScanFacts } from '@main/scan/types';
import { createAnnouncer } from './announce';
import { createBacklog } from './backlog';
import { isOfModel } from './blame';
import { scanId } from './identity';
import { rejected } from './judge';
import { createLine, PACE, type Pace, type Trouble, type Turn } from './line';
import { createRetries } from './retries';
import { createSettler, type Scan, type SettleOptions } from './settle';
import { createSteps, type Step } from './steps';
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
  /** Takes scans out of the line. @returns which of them waited; the one that is being judged is finished */
  giveUp(ids: readonly string[]): string[];
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
  /** Somebody gave up all that waited. */
  onGivenUp?(ids: readonly string[]): void;
  /** Something keeps scans from being judged, or does so no longer. */
  onTrouble(problem: Problem | null): void;
  /** How soon what failed is tried again; tests take others. */
  readonly pace?: Pace;
}

export function createQueue(options: QueueOptions): Queue {
  const { rows, board, order, pace = PACE } = options;
  const settler = createSettler(options);
  const line = createLine<Scan>(pace);
  const underWay = createUnderWay(settler, (id) => line.has(id));
  /** Given up by hand: not judged until asked for, or until the folder is watched anew. */
  const left = new Set<string>();
  const announce = createAnnouncer(options.onTrouble);

  const backlog = createBacklog(board, {
    pause: () => steps.pause(),
    resume: () => steps.resume(),
    cancel() {
      const given = giveUp(line.items().map(({ facts }) => scanId(facts.ref)));
      for (const id of given) left.add(id);
      underWay.clear();
      options.onGivenUp?.(given);
      steps.resume();
    },
  });
  const giveUp = (ids: readonly string[]): string[] => {
    const given = ids.filter((id) => id !== steps.current && line.has(id));
    for (const id of given) line.remove(id);
    return given;
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
  const step = (): Step | number | undefined => {
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
  const steps = createSteps({
    next: step,
    isEmpty: () => line.size === 0 && underWay.size === 0,
    claim: () => order.claim('judging'),
    // A mistake of ours costs the scan a try, never the queue.
    failed: (id, problem) => void line.failed(id, problem, Date.now()),
  });

  return {
    has: (id) => line.has(id) || left.has(id),
    add(facts, signature, next) {
      const id = scanId(facts.ref);
      left.delete(id);
      enter(id, { facts, signature }, next);
      steps.wake();
    },
    giveUp(ids) {
      const given = giveUp(ids);
      backlog.gone(given.length, line.size);
      steps.wake();
      return given;
    },
    retryAll() {
      left.clear();
      retries.forget();
      line.hurry(Date.now());
      steps.wake();
    },
    addEarly(facts) {
      if (line.has(scanId(facts.ref))) return;
      underWay.look(facts);
      steps.wake();
    },
    follow(facts) {
      if (line.has(scanId(facts.ref))) return;
      underWay.follow(facts);
      steps.wake();
    },
    idle: () => steps.idle(),
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
    close: () => steps.close(),
  };
}
