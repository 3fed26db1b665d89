import { createContext, untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { ParticleDetail } from '@contract/particle';
import type { ScanSummary } from '@contract/scan';
import type { Connection } from '@renderer/connection/types';

/** Pause between a change and the question, so that a burst of arriving scans asks once. */
const pauseMs = 200;

/** The particle that the scan looked at is of: its scans, and what they say together. */
export class ParticleView {
  readonly #connection: Connection;
  #detail = $state.raw<ParticleDetail | null>(null);
  #id: string | null = null;
  #key = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** null until it is known. */
  get detail(): ParticleDetail | null {
    return this.#detail;
  }

  /**
   * Says which scan is looked at, and what there is beside it: asked again when another scan has come, or one of the particle's, or
   * anybody's word on which scans belong together, is another.
   */
  look(id: string, scans: readonly ScanSummary[]): void {
    untrack(() => {
      const own = this.#detail?.scans.map((scan) => scan.id) ?? [];
      const watched = new SvelteSet([...own, id]);
      const of = scans.map((scan) =>
        watched.has(scan.id)
          ? [scan.particle, scan.state, scan.judgedAt, scan.verdict, scan.overruled]
          : (scan.particle ?? ''),
      );
      const key = JSON.stringify([id, of]);
      if (key === this.#key) return;
      this.#key = key;
      if (id !== this.#id && !own.includes(id)) this.#detail = null;
      this.#id = id;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#fetch(id), this.#detail ? pauseMs : 0);
    });
  }

  /** The particle's next scan after one of them, the first after the last; null where it has no other. */
  after(id: string): string | null {
    const ids = this.#detail?.scans.map((scan) => scan.id) ?? [];
    const next = ids[(ids.indexOf(id) + 1) % ids.length];
    return ids.includes(id) && next !== undefined && next !== id ? next : null;
  }

  async #fetch(id: string): Promise<void> {
    try {
      const detail = await this.#connection.call('particles/of', { id });
      if (id === this.#id) this.#detail = detail;
    } catch {
      // A lost connection is told by its status; asked again at the next change.
      this.#key = '';
    }
  }
}

export const [useParticle, provideParticle] = createContext<ParticleView>();
