import { createContext } from 'svelte';
import type { Screening } from '@contract/screening';
import type { Connection } from '@renderer/connection/types';
import { weightsSchema } from '@contract/screening';
import type { Preferences } from '@renderer/shell/state/preferences.svelte';
import { criteria, type Wish } from '@vocabulary/screening';

/** Pause between a change and the next question, so that a burst of arriving scans asks once. */
const pauseMs = 200;
/** Fewest scans that the timeline zooms to. */
const fewest = 5;

/** What part of the timeline is shown, what is looked for, and what the app counted. */
export class Overview {
  readonly #connection: Connection;
  readonly #preferences: Preferences;
  #screening = $state.raw<Screening | null>(null);
  #wish = $state.raw<Wish>({ wanted: 'defect', weights: criteria });
  #span = $state.raw<readonly [number, number] | null>(null);
  #asked: { readonly ids: readonly string[]; readonly wish: Wish } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;

  constructor(connection: Connection, preferences: Preferences) {
    this.#connection = connection;
    this.#preferences = preferences;
    const kept = weightsSchema.safeParse(preferences.kept('weights'));
    if (kept.success) this.#wish = { ...this.#wish, weights: kept.data };
  }

  get screening(): Screening | null {
    return this.#screening;
  }

  get wish(): Wish {
    return this.#wish;
  }

  /** What is looked for is asked anew each day; how one weighs is a habit, and kept. */
  want(change: Partial<Wish>): void {
    this.#wish = { ...this.#wish, ...change };
    this.#preferences.keep('weights', this.#wish.weights);
  }

  /** First scan shown and the one after the last, counted from the oldest. */
  spanOf(count: number): readonly [number, number] {
    if (!this.#span) return [0, count];
    const [from, to] = this.#span;
    const length = Math.min(count, Math.max(fewest, to - from));
    const start = Math.min(Math.max(0, from), count - length);
    return [start, start + length];
  }

  get zoomed(): boolean {
    return this.#span !== null;
  }

  showSpan(from: number, to: number, count: number): void {
    this.#span = to - from >= count ? null : [from, Math.max(to, from + fewest)];
  }

  showAll(): void {
    this.#span = null;
  }

  /** Half as many scans (factor 0.5) or twice as many (2), about one of them. */
  zoomBy(factor: number, about: number, count: number): void {
    const [from, to] = this.spanOf(count);
    const length = Math.max(fewest, (to - from) * factor);
    const start = about - ((about - from) / Math.max(1, to - from)) * length;
    this.showSpan(Math.max(0, start), Math.max(0, start) + length, count);
  }

  /** Moves the part shown so that a scan lies in it. */
  reveal(index: number, count: number): void {
    const [from, to] = this.spanOf(count);
    if (!this.#span || (index >= from && index < to)) return;
    const start = index < from ? index : index + 1 - (to - from);
    this.#span = [start, start + (to - from)];
  }

  /** Asks for counts and candidates of these scans, a moment later; of several wishes the newest wins. */
  ask(ids: readonly string[]): void {
    this.#asked = { ids, wish: this.#wish };
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#fetch();
    }, pauseMs);
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#asked) {
      const { ids, wish } = this.#asked;
      this.#asked = null;
      try {
        this.#screening = await this.#connection.call('screening/report', {
          ids: [...ids],
          ...wish,
        });
      } catch {
        // A lost connection is told by its status, and the view asks again once it is back.
      }
    }
    this.#busy = false;
  }
}

export const [useOverview, provideOverview] = createContext<Overview>();
