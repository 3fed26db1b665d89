import { createContext } from 'svelte';
import type { Queue } from './queue.svelte';

/** What the window says by itself, above the view: none of it needs an answer. */
export class Notices {
  #software = $state<string | null>(null);
  #guiding = $state(false);
  #said = $state('');

  /** Who draws the window where no graphics card does; null otherwise, and until it is known. */
  get software(): string | null {
    return this.#software;
  }

  foundRenderer(software: string | null): void {
    this.#software = software;
  }

  /** True from the first-run guide on until its end has been read. */
  get guiding(): boolean {
    return this.#guiding;
  }

  guided(): void {
    this.#guiding = false;
  }

  /**
   * Begins the guide where there is no scan yet; who has some of other folders has seen one judged. It ends with the first
   * verdict, wherever that is seen. Returns the function that stops.
   */
  follow(queue: Queue): () => void {
    return queue.onLook(() => {
      if (queue.loaded && queue.scans.length === 0) this.#guiding = true;
    });
  }

  /** What came of the last thing asked for, where nothing else shows it; empty where all went as usual. */
  get said(): string {
    return this.#said;
  }

  say(words: string): void {
    this.#said = words;
  }
}

export const [useNotices, provideNotices] = createContext<Notices>();
