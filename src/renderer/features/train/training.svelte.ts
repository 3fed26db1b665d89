import type { TrainingRequest, TrainingState } from '@contract/training';
import type { Connection } from '@renderer/connection/types';

/** The app's one training as the screen follows it. */
export class Training {
  readonly #connection: Connection;
  #state = $state.raw<TrainingState | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get state(): TrainingState | null {
    return this.#state;
  }

  get running(): boolean {
    return this.#state?.status === 'running' || this.#state?.status === 'stopping';
  }

  /** Done part of 0 to 1; null while that is not known. */
  get part(): number | null {
    const progress = this.#state?.progress;
    return progress && progress.steps > 0 ? progress.step / progress.steps : null;
  }

  /** The folder of the training that can be gone on with. */
  get resumable(): string | null {
    const status = this.#state?.status;
    return status === 'stopped' || status === 'failed' ? (this.#state?.folder ?? null) : null;
  }

  /** Listens to the app; returns the function that stops. */
  start(): () => void {
    return this.#connection.on('training-changed', (state) => (this.#state = state));
  }

  async load(): Promise<void> {
    this.#state = await this.#connection.call('training/state', undefined);
  }

  /** @returns the state that the app began with, whatever came after it */
  begin(request: TrainingRequest): Promise<TrainingState> {
    return this.#run(() => this.#connection.call('training/start', request));
  }

  /** @returns as above */
  resume(folder: string): Promise<TrainingState> {
    return this.#run(() => this.#connection.call('training/resume', { folder }));
  }

  async pause(): Promise<void> {
    await this.#run(() => this.#connection.call('training/pause', undefined));
  }

  /** Ends it with the best epoch so far. */
  async finish(): Promise<void> {
    await this.#run(() => this.#connection.call('training/finish', undefined));
  }

  /** The reply may be older than the newest event, which then already said what came of it. */
  async #run(call: () => Promise<TrainingState>): Promise<TrainingState> {
    const before = this.#state;
    const state = await call();
    if (this.#state === before) this.#state = state;
    return state;
  }
}
