import { createContext, untrack } from 'svelte';
import { toProblem, type Problem } from '@contract/errors';
import type { LookAlikes } from '@contract/look-alikes';
import type { ScanSummary } from '@contract/scan';
import type { Connection } from '@renderer/connection/types';
import { RecentCache } from '@renderer/connection/recent-cache';

/** Scans whose look-alikes are kept; about 20 kB each. */
const keptScans = 64;

type Found = { readonly found: LookAlikes | null };

/** The simulated patterns most like the scan looked at: asked for only while they are shown. */
export class LookAlikesView {
  readonly #connection: Connection;
  readonly #kept = new RecentCache<Found>(keptScans);
  #open = $state(false);
  #answer = $state.raw<Found | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #key: string | null = null;
  #wanted: string | null = null;
  #busy = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Of the scan looked at; null where the model has none to show; undefined while it is not known. */
  get found(): LookAlikes | null | undefined {
    return this.#answer?.found;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  toggle(): void {
    this.#open = !this.#open;
  }

  /**
   * Says which scan is looked at; called at every change of it while they are shown.
   * @param model SHA-256 of the weights in use
   */
  look({ id, verdict }: ScanSummary, model: string | undefined): void {
    const key = JSON.stringify([id, verdict, model]);
    untrack(() => {
      if (key === this.#key && !this.#problem) return;
      this.#key = key;
      this.#problem = null;
      this.#answer = this.#kept.get(key) ?? null;
      this.#wanted = this.#answer ? null : id;
      void this.#fetch();
    });
  }

  /** One question at a time, and only the newest after it. */
  async #fetch(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#wanted !== null) {
      const [id, key] = [this.#wanted, this.#key!];
      this.#wanted = null;
      try {
        const answer = { found: await this.#connection.call('scans/look-alikes', { id }) };
        this.#kept.set(key, answer);
        if (key === this.#key) this.#answer = answer;
      } catch (error) {
        if (key === this.#key) this.#problem = toProblem(error);
      }
    }
    this.#busy = false;
  }
}

export const [useLookAlikes, provideLookAlikes] = createContext<LookAlikesView>();
