import type { AdaptingState, Likeness } from '@contract/adapting';
import type { Connection } from '@renderer/connection/types';

/** The app's one adapting to the beamtime, as the screen follows it, and what it would be made of. */
export class Adapting {
  readonly #connection: Connection;
  #state = $state.raw<AdaptingState | null>(null);
  #likeness = $state.raw<Likeness | null>(null);
  #asked = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get state(): AdaptingState | null {
    return this.#state;
  }

  /** What the judged scans say of their crystals. */
  get likeness(): Likeness | null {
    return this.#likeness;
  }

  get running(): boolean {
    return this.#state?.status === 'running' || this.#state?.status === 'stopping';
  }

  /** It ended before its time, and can be gone on with. */
  get resumable(): boolean {
    return this.#state?.status === 'stopped' || this.#state?.status === 'failed';
  }

  /** Done part of the stage, 0 to 1; null while that is not known. */
  get part(): number | null {
    const { done = null, total = null } = this.#state ?? {};
    return done !== null && total !== null && total > 0 ? Math.min(1, done / total) : null;
  }

  /** Listens to the app; returns the function that stops. */
  start(): () => void {
    return this.#connection.on('adapting-changed', (state) => (this.#state = state));
  }

  async load(): Promise<void> {
    await Promise.all([this.#run(() => this.#connection.call('adapting/state', undefined)), this.#look()]);
  }

  /** @param anew from the scans judged by now, whatever was begun before */
  async begin(anew: boolean): Promise<void> {
    await this.#run(() => this.#connection.call('adapting/start', { anew }));
  }

  /** Ends it for now. */
  async stop(): Promise<void> {
    await this.#run(() => this.#connection.call('adapting/stop', undefined));
  }

  /** Of several questions the last one counts. */
  async #look(): Promise<void> {
    const asked = ++this.#asked;
    const likeness = await this.#connection.call('adapting/likeness', undefined);
    if (asked === this.#asked) this.#likeness = likeness;
  }

  /** The reply may be older than the newest event, which then already said what came of it. */
  async #run(call: () => Promise<AdaptingState>): Promise<void> {
    const before = this.#state;
    const state = await call();
    if (this.#state === before) this.#state = state;
  }
}
