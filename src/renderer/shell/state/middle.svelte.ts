import { createContext } from 'svelte';

/** What the middle of the Watch view shows of the scan that is looked at: its pattern, or the crystal that was found from it. */
export class Middle {
  #crystal = $state(false);

  get crystal(): boolean {
    return this.#crystal;
  }

  showCrystal(crystal: boolean): void {
    this.#crystal = crystal;
  }
}

export const [useMiddle, provideMiddle] = createContext<Middle>();
