/** Keeps the entries used last, as long as their sizes together stay within a limit; the one unused for longest goes first. */
export class RecentCache<T> {
  readonly #entries = new Map<string, T>();
  readonly #limit: number;
  readonly #sizeOf: (entry: T) => number;
  #size = 0;

  /** @param sizeOf in whatever `limit` is counted in; each entry counts once where left out */
  constructor(limit: number, sizeOf: (entry: T) => number = () => 1) {
    this.#limit = limit;
    this.#sizeOf = sizeOf;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    // A map keeps the order of insertion, so what is used moves to its end.
    if (entry !== undefined) this.set(key, entry);
    return entry;
  }

  /** The newest entry is kept whatever its size. */
  set(key: string, entry: T): void {
    this.#drop(key);
    this.#entries.set(key, entry);
    this.#size += this.#sizeOf(entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.#limit || oldest === key) break;
      this.#drop(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#size = 0;
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#size -= this.#sizeOf(entry);
  }
}
