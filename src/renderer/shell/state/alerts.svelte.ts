import { createContext } from 'svelte';
import { toProblem, type Problem } from '@contract/errors';
import type { Alert } from '@contract/app';

/** What is wrong with the app as it stands, and what this screen asked for in vain. */
export class Alerts {
  #standing = $state.raw<readonly Alert[]>([]);
  /** Standing alerts that were read; each comes back once its condition has gone and come anew. */
  #read = $state.raw<readonly string[]>([]);
  #failures = $state.raw<readonly Alert[]>([]);
  #failureCount = 0;

  /** Standing conditions of the app; each disappears with its condition. */
  get standing(): readonly Alert[] {
    return this.#standing.filter(({ id }) => !this.#read.includes(id));
  }

  /** Requests of this screen that failed; each stays until dismissed. */
  get failures(): readonly Alert[] {
    return this.#failures;
  }

  /** Takes the app's list of what stands. */
  stand(alerts: readonly Alert[]): void {
    this.#standing = alerts;
    this.#read = this.#read.filter((id) => alerts.some((alert) => alert.id === id));
  }

  dismiss(id: string): void {
    this.#failures = this.#failures.filter((failure) => failure.id !== id);
    if (this.#standing.some((alert) => alert.id === id)) this.#read = [...this.#read, id];
  }

  /** Runs what the user asked for; a failure is shown and false returned. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
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
