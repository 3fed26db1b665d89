import { createContext } from 'svelte';

/** What of the worklist outlasts its panel. */
export class Worklist {
  #asked = $state(false);

  /** A key asked for it: the panel takes the focus as soon as it has a row. */
  get asked(): boolean {
    return this.#asked;
  }

  ask(): void {
    this.#asked = true;
  }

  answered(): void {
    this.#asked = false;
  }
}

export const [useWorklist, provideWorklist] = createContext<Worklist>();
