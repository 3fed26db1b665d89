import { createContext } from 'svelte';
import type { DialogName } from '@renderer/shell/names';

/** Which dialog lies over the view, one at a time. */
export class Dialogs {
  #shown = $state<DialogName | null>(null);

  get shown(): DialogName | null {
    return this.#shown;
  }

  show(name: DialogName): void {
    this.#shown = name;
  }

  close(): void {
    this.#shown = null;
  }
}

export const [useDialogs, provideDialogs] = createContext<Dialogs>();
