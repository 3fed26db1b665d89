import { toProblem, type Problem } from '@contract/errors';
import type { InsideState } from '@contract/inside';
import type { ScanSummary } from '@contract/scan';
import type { Connection } from '@renderer/connection/types';
import { RecentCache } from '@renderer/connection/recent-cache';
import { prepareSolid, type Solid } from '@renderer/drawing/inside/solid';

/** Crystals kept for going back and forth; about 5 MB each. */
const keptCrystals = 12;

/** What the app found within one scan's crystal, as far as it is. */
export class Looked {
  readonly #connection: Connection;
  readonly #kept = new RecentCache<Solid>(keptCrystals);
  #scan: ScanSummary | null = null;
  #pictures = false;
  #state = $state.raw<InsideState | null>(null);
  #solid = $state.raw<Solid | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #fetching = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** null before the app has told it, and of a scan that has no verdict. */
  get state(): InsideState | null {
    return this.#state;
  }

  /** The crystal; null until there is one, and while nobody looks at it. */
  get solid(): Solid | null {
    return this.#solid;
  }

  /** Why there is nothing to be seen. */
  get problem(): Problem | null {
    return this.#problem ?? this.#state?.problem ?? null;
  }

  /** Listens to the app; returns the function that stops. */
  start(): () => void {
    const stops = [
      this.#connection.on('inside-changed', (state) => this.#take(state)),
      this.#connection.onStatus((status) => {
        if (status === 'open' && this.#scan) void this.#ask(this.#scan);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /**
   * Says which scan is looked at, at every change of it.
   * @param pictures whether its crystal is to be seen, too
   */
  look(scan: ScanSummary | null, pictures: boolean): void {
    const judged = scan?.verdict ? scan : null;
    const same = judged !== null && this.#scan !== null && keyOf(judged) === keyOf(this.#scan);
    this.#scan = judged;
    this.#pictures = pictures;
    if (!same) {
      this.#state = null;
      this.#solid = null;
      this.#problem = null;
      if (judged) void this.#ask(judged);
    } else void this.#fetch();
  }

  /** Asks the app to look into it, or to stop. */
  async turn(what: 'begin' | 'cancel'): Promise<void> {
    const scan = this.#scan;
    if (!scan) return;
    this.#problem = null;
    try {
      this.#take(await this.#connection.call(`inside/${what}`, { id: scan.id }));
    } catch (error) {
      if (this.#scan?.id === scan.id) this.#problem = toProblem(error);
    }
  }

  async #ask(scan: ScanSummary): Promise<void> {
    try {
      const state = await this.#connection.call('inside/state', { id: scan.id });
      if (this.#scan === scan) this.#take(state);
    } catch (error) {
      const problem = toProblem(error);
      // A lost connection is told by its status, and all is asked again once it is back.
      if (this.#scan === scan && problem.code !== 'connection-lost') this.#problem = problem;
    }
  }

  #take(state: InsideState | undefined): void {
    if (!state || state.id !== this.#scan?.id) return;
    this.#state = state;
    if (state.pictured === 0) this.#solid = null;
    else void this.#fetch();
  }

  /** Fetches the crystal as far as it is: one at a time, and again where it has grown meanwhile. */
  async #fetch(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    while (this.#wanted() !== null) {
      const key = this.#wanted()!;
      const id = this.#scan!.id;
      try {
        const picture = this.#kept.get(key) ? null : await this.#connection.call('inside/picture', { id });
        const solid = this.#kept.get(key) ?? (picture && prepareSolid(picture));
        if (!solid) break;
        // What grew on the way is asked for again, and is more than what was asked for.
        this.#kept.set(key, solid);
        if (this.#scan?.id === id) [this.#solid, this.#shown] = [solid, key];
      } catch (error) {
        if (this.#scan?.id === id) this.#problem = toProblem(error);
        break;
      }
    }
    this.#fetching = false;
  }

  #shown: string | null = null;

  /** Of the crystal that is lacking; null where none is. */
  #wanted(): string | null {
    if (!this.#scan || !this.#state || !this.#pictures || this.#state.pictured === 0) return null;
    const { pictured, status } = this.#state;
    const key = `${keyOf(this.#scan)} ${pictured} ${status === 'ready'}`;
    return this.#solid && this.#shown === key ? null : key;
  }
}

/** What is found belongs to the bytes that a verdict was made from. */
const keyOf = ({ id, verdict, judgedAt }: ScanSummary): string => JSON.stringify([id, verdict, judgedAt]);
