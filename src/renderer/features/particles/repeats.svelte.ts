import { createContext, untrack } from 'svelte';
import { toProblem, type Problem } from '@contract/errors';
import type { ParticleDetail } from '@contract/particle';
import type { RepeatsSum } from '@contract/repeats';
import type { Connection } from '@renderer/connection/types';
import { prepareVolume } from '@renderer/drawing/slices/volume';
import type { Comparison } from '@renderer/shell/state/comparison.svelte';
import { repeatsText as words } from './repeats-words';

/** The sum of the repeats of the reflection that is looked at. */
export class Repeats {
  readonly #connection: Connection;
  readonly #comparison: Comparison;
  #sum = $state.raw<RepeatsSum | null>(null);
  #problem = $state.raw<Problem | null>(null);
  /** Scans whose repeats are being summed. */
  #running = $state.raw<readonly string[]>([]);
  /** The reflection's scans, as they were when it was asked about. */
  #key = $state('');

  constructor(connection: Connection, comparison: Comparison) {
    this.#connection = connection;
    this.#comparison = comparison;
  }

  /** null where none was made. */
  get sum(): RepeatsSum | null {
    return this.#sum;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get running(): boolean {
    return this.#running.includes(this.#key);
  }

  /** Says which scan is looked at, and its particle: asked again whenever that is another. */
  look(id: string, detail: ParticleDetail): void {
    untrack(() => {
      const ids = detail.reflections.find((reflection) => reflection.ids.includes(id))?.ids ?? [];
      if (ids.join(' ') !== this.#key) {
        this.#key = ids.join(' ');
        this.#sum = null;
        this.#problem = null;
        if (this.#comparison.sum) this.#comparison.withSum(null);
      }
      if (ids.length > 1) void this.#ask('repeats/of', id);
    });
  }

  async make(id: string): Promise<void> {
    const key = this.#key;
    if (this.running) return;
    this.#running = [...this.#running, key];
    await this.#ask('repeats/sum', id);
    this.#running = this.#running.filter((each) => each !== key);
  }

  /** Shows the sum beside the scan that is looked at. */
  async show(id: string): Promise<void> {
    const sum = this.#sum;
    if (!sum) return;
    const volume = await this.#connection.call('repeats/volume', { id }).catch((error: unknown) => {
      this.#problem = toProblem(error);
      return null;
    });
    if (!volume) return;
    const name = words.named(sum.repeats.filter(({ left }) => !left).length);
    this.#comparison.withSum({ name, verdict: sum.verdict, volume: prepareVolume(volume) });
  }

  async #ask(what: 'repeats/of' | 'repeats/sum', id: string): Promise<void> {
    const key = this.#key;
    try {
      const sum = await this.#connection.call(what, { id });
      if (key !== this.#key) return;
      this.#sum = sum;
      this.#problem = null;
    } catch (error) {
      // A lost connection is told by its status; whoever asked for a sum is told why there is none.
      if (key === this.#key && what === 'repeats/sum') this.#problem = toProblem(error);
    }
  }
}

export const [useRepeats, provideRepeats] = createContext<Repeats>();
