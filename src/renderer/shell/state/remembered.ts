export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** What a browser keeps for this app; where its settings forbid that, choices last until the window closes. */
export class Remembered {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  read(key: string): string | null {
    // Storage throws where the browser's settings forbid it; the screen works without.
    try {
      return this.#storage.getItem(`braggwatch.${key}`);
    } catch {
      return null;
    }
  }

  write(key: string, value: string): void {
    try {
      this.#storage.setItem(`braggwatch.${key}`, value);
    } catch {
      // The choice lasts until the window closes.
    }
  }
}
