import { createContext } from 'svelte';
import type { TrainingState } from '@contract/training';
import type { Connection } from '@renderer/connection/types';
import { Adapting } from './adapting.svelte';
import { Models } from './models.svelte';
import { TrainingDraft } from './training-form.svelte';
import { Training } from './training.svelte';

/** All that the Train panel shows. */
export class Train {
  readonly draft: TrainingDraft;
  readonly job: Training;
  readonly models: Models;
  readonly adapting: Adapting;

  constructor(connection: Connection) {
    this.draft = new TrainingDraft(connection);
    this.job = new Training(connection);
    this.models = new Models(connection);
    this.adapting = new Adapting(connection);
  }

  /** Listens to the app; returns the function that stops. */
  start(): () => void {
    const stops = [this.job.start(), this.models.start(), this.adapting.start()];
    return () => stops.forEach((stop) => stop());
  }

  /** Everything the panel needs, anew: at its opening and after a lost connection; what it says of the beamtime asks for itself. */
  async load(): Promise<void> {
    await Promise.all([this.job.load(), this.models.load(), this.draft.load()]);
  }

  async begin(): Promise<void> {
    const { request } = this.draft;
    this.#watch(await this.job.begin(request));
    await this.draft.load();
  }

  async resume(folder: string): Promise<void> {
    this.#watch(await this.job.resume(folder));
  }

  /** Pauses the training that runs, or goes on with the one that is paused. */
  async pauseOrResume(): Promise<void> {
    const folder = this.job.resumable;
    if (this.job.running) await this.job.pause();
    else if (folder !== null) await this.resume(folder);
  }

  /**
   * The training under way is what one wants to see. By the app's reply, not by the newest state: a question that was asked before, at
   * the panel's opening, may be answered with what was before.
   */
  #watch({ folder }: TrainingState): void {
    if (folder) this.models.choose(folder);
  }
}

export const [useTrain, provideTrain] = createContext<Train>();
