import { toProblem } from '@contract/errors';
import type { ScanSummary } from '@contract/scan';
import type { Connection } from '@renderer/connection/types';
import type { Alerts } from './alerts.svelte';
import { madeNow, sameMark, withMark, type Mark, type MarkValue } from './mark';
import type { Queue } from './queue.svelte';

interface Waiting {
  readonly id: string;
  readonly mark: Mark;
  readonly value: MarkValue;
  /** What stood there when it was made: where that is another by now, somebody else was at it. */
  readonly before: MarkValue;
}

/**
 * Marks on their way to the app. While it is away they are kept here and shown as made; once it is back they are sent, in the order in
 * which they were made. What somebody else has changed meanwhile stays as it is; of two notes both are kept.
 */
export class Unsent {
  readonly #connection: Connection;
  readonly #queue: Queue;
  readonly #alerts: Alerts;
  readonly #overtaken: (mark: Mark, scan: string) => void;
  #waiting = $state.raw<readonly Waiting[]>([]);

  /** @param overtaken told of a mark that was not sent, since somebody else has changed it */
  constructor(connection: Connection, queue: Queue, alerts: Alerts, overtaken: (mark: Mark, scan: string) => void) {
    this.#connection = connection;
    this.#queue = queue;
    this.#alerts = alerts;
    this.#overtaken = overtaken;
  }

  /** Marks that wait for the app. */
  get count(): number {
    return this.#waiting.length;
  }

  /** @returns the scan with its mark, sent or kept to be sent; undefined where the app refuses it, which is shown */
  async send(scan: ScanSummary, mark: Mark, value: MarkValue): Promise<ScanSummary | undefined> {
    // What was made before goes before it.
    if (this.#waiting.length > 0) return this.#keep(scan, mark, value);
    try {
      return this.#take(await this.#call(scan.id, mark, value));
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'connection-lost') return this.#keep(scan, mark, value);
      this.#alerts.report(problem);
      return undefined;
    }
  }

  /** Sends what waits. Never throws; what the connection is lost over again goes on waiting. */
  async sendAll(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      try {
        await this.#sendLate(next);
      } catch (error) {
        const problem = toProblem(error);
        if (problem.code === 'connection-lost') return;
        this.#alerts.report(problem);
      }
      this.#waiting = this.#waiting.filter((each) => each !== next);
    }
  }

  async #sendLate({ id, mark, value, before }: Waiting): Promise<void> {
    const { summary } = await this.#connection.call('scans/detail', { id });
    const now = summary[mark];
    const isOthers = !sameMark(now, before) && !sameMark(now, value);
    if (!isOthers) return void this.#take(await this.#call(id, mark, value));
    if (mark === 'note' && typeof now === 'string' && now !== '')
      return void this.#take(await this.#call(id, mark, `${now}\n${String(value)}`.slice(0, LONGEST_NOTE)));
    this.#take(summary);
    this.#overtaken(mark, summary.scan);
  }

  #keep(scan: ScanSummary, mark: Mark, value: MarkValue): ScanSummary {
    const known = this.#waiting.find((each) => each.id === scan.id && each.mark === mark);
    const before = known ? known.before : scan[mark];
    const made = madeNow(value);
    const others = this.#waiting.filter((each) => each !== known);
    // Taken back before it was sent: nobody need hear of it.
    this.#waiting = sameMark(made, before) ? others : [...others, { id: scan.id, mark, value: made, before }];
    return this.#take(withMark(scan, mark, made));
  }

  #take(scan: ScanSummary): ScanSummary {
    this.#queue.upsert(scan);
    return scan;
  }

  #call(id: string, mark: Mark, value: MarkValue): Promise<ScanSummary> {
    if (mark === 'flagged') return this.#connection.call('scans/flag', { id, flagged: value as boolean });
    if (mark === 'note') return this.#connection.call('scans/note', { id, note: value as string });
    if (mark === 'plan') return this.#connection.call('scans/plan', { id, plan: (value as MarkValue<'plan'>) ?? null });
    return this.#connection.call('scans/overrule', { id, overruled: (value as MarkValue<'overruled'>) ?? null });
  }
}

/** As the contract has it. */
const LONGEST_NOTE = 2000;
