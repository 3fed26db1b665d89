import { toProblem, type Problem } from '@contract/errors';
import type { RecipeDraft } from '@contract/recipe';
import type { SetFolder, SimulationState } from '@contract/simulation';
import type { Connection } from '@renderer/connection/types';
import { AfterTyping } from '@renderer/connection/after-typing';

const pauseMs = 300;

/** The app's one simulation as the screen follows it, and the folder that the next one shall go into. */
export class Simulation {
  readonly #connection: Connection;
  /** Told when a simulation has ended: what is in its folder has changed. */
  readonly #onEnded: () => void;
  #state = $state.raw<SimulationState | null>(null);
  #folder = $state('');
  #workers = $state<number | null>(null);
  #look = $state.raw<SetFolder | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly #typing = new AfterTyping(pauseMs);

  constructor(connection: Connection, onEnded: () => void) {
    this.#connection = connection;
    this.#onEnded = onEnded;
  }

  get state(): SimulationState | null {
    return this.#state;
  }

  get running(): boolean {
    return this.#state?.status === 'running' || this.#state?.status === 'stopping';
  }

  get folder(): string {
    return this.#folder;
  }

  get workers(): number {
    return this.#workers ?? this.#state?.cores ?? 1;
  }

  set workers(workers: number) {
    this.#workers = workers;
  }

  /** What is in the folder. */
  get look(): SetFolder | null {
    return this.#look;
  }

  /** Why the folder cannot be used, or the request failed. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Made part of 0 to 1; null while that is not known. */
  get part(): number | null {
    const progress = this.#state?.progress;
    return progress && progress.ofCrystals > 0 ? progress.crystals / progress.ofCrystals : null;
  }

  /** Listens to the app; returns the function that stops. */
  start(): () => void {
    return this.#connection.on('simulation-changed', (state) => this.#take(state));
  }

  async load(): Promise<void> {
    const state = await this.#connection.call('simulation/state', undefined);
    this.#take(state);
    if (this.#folder === '' && state.folder !== null) this.#folder = state.folder;
  }

  /** Another folder, looked into once typing pauses. */
  setFolder(folder: string, recipe: RecipeDraft): void {
    this.#folder = folder;
    this.#look = null;
    this.#problem = null;
    this.#typing.typed(() => void this.lookInto(recipe));
  }

  async browse(recipe: RecipeDraft): Promise<void> {
    const folder = await this.#connection.call('simulation/pick-folder', undefined);
    if (folder === null) return;
    this.#folder = folder;
    await this.lookInto(recipe);
  }

  async lookInto(recipe: RecipeDraft): Promise<void> {
    const folder = this.#folder.trim();
    const counts = this.#typing.ask();
    if (folder === '') return;
    const look = await this.#attempt(() => this.#connection.call('simulation/look', { folder, recipe }));
    if (counts()) this.#look = look ?? null;
  }

  async begin(recipe: RecipeDraft): Promise<void> {
    const folder = this.#folder.trim();
    await this.#run(() => this.#connection.call('simulation/start', { folder, recipe, workers: this.workers }));
  }

  async resume(folder: string): Promise<void> {
    await this.#run(() => this.#connection.call('simulation/resume', { folder, workers: this.workers }));
  }

  async stop(): Promise<void> {
    await this.#run(() => this.#connection.call('simulation/stop', undefined));
  }

  /** The reply may be older than the newest event, which then already said what came of it. */
  async #run(call: () => Promise<SimulationState>): Promise<void> {
    const before = this.#state;
    const state = await this.#attempt(call);
    if (state && this.#state === before) this.#take(state);
  }

  #take(state: SimulationState): void {
    const ran = this.running;
    this.#state = state;
    if (ran && !this.running) this.#onEnded();
  }

  async #attempt<T>(call: () => Promise<T>): Promise<T | undefined> {
    this.#problem = null;
    try {
      return await call();
    } catch (error) {
      this.#problem = toProblem(error);
      return undefined;
    }
  }
}
