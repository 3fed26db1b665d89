import { createContext, untrack } from 'svelte';
import { toProblem, type Problem } from '@contract/errors';
import { z } from 'zod';
import type { Alert } from '@contract/app';
import type { Remembered } from './remembered';

const readSchema = z.array(z.string());
/** Of folders of beamtimes long ago nobody is reminded. */
const mostRead = 50;

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** What is wrong with the app as it stands, and what this screen asked for in vain. */
export class Alerts {
  #standing = $state.raw<readonly Alert[]>([]);
  /** Standing alerts that were read; each comes back once its condition has gone and come anew. */
  #read = $state.raw<readonly string[]>([]);
  #failures = $state.raw<readonly Alert[]>([]);
  #failureCount = 0;
  readonly #remembered: Remembered | undefined;

  /** @param remembered where what was read is kept, for the next time the page is opened */
  constructor(remembered?: Remembered) {
    this.#remembered = remembered;
    const kept = readSchema.safeParse(parsed(remembered?.read('alerts-read')));
    if (kept.success) this.#read = kept.data;
  }

  /** Standing conditions of the app; each disappears with its condition. */
  get standing(): readonly Alert[] {
    return this.#standing.filter(({ id }) => !this.#read.includes(id));
  }

  /** Requests of this screen that failed; each stays until dismissed. */
  get failures(): readonly Alert[] {
    return this.#failures;
  }

  /** Takes the app's list of what stands. An app that was started anew has not looked yet: only what was seen to go is no longer read. */
  stand(alerts: readonly Alert[]): void {
    const there = (id: string): boolean => alerts.some((alert) => alert.id === id);
    const gone = this.#standing.filter(({ id }) => !there(id)).map(({ id }) => id);
    this.#standing = alerts;
    if (gone.some((id) => this.#read.includes(id))) this.#haveRead(this.#read.filter((id) => !gone.includes(id)));
  }

  dismiss(id: string): void {
    this.#failures = this.#failures.filter((failure) => failure.id !== id);
    if (this.#standing.some((alert) => alert.id === id)) this.#haveRead([...this.#read, id]);
  }

  #haveRead(ids: readonly string[]): void {
    this.#read = ids.slice(-mostRead);
    this.#remembered?.write('alerts-read', JSON.stringify(this.#read));
  }

  /**
   * Runs what the user asked for; a failure is shown and false returned. Begun in an effect, it is no reason to begin it again: what it
   * reads, and then brings anew, would have it asked for without end.
   */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await untrack(action);
      return true;
    } catch (error) {
      this.report(toProblem(error));
      return false;
    }
  }

  report(problem: Problem): void {
    const others = this.#failures.filter((failure) => failure.problem.message !== problem.message);
    this.#failures = [...others, { id: `failure-${this.#failureCount++}`, problem }];
  }
}

export const [useAlerts, provideAlerts] = createContext<Alerts>();
