/** Longest wait for a frame, ms: a hidden page draws none. */
const patienceMs = 200;

/** Gathers what comes within one frame of the screen and hands it on in one go, in the order in which it came. */
export class FrameBatch<T> {
  readonly #take: (all: readonly T[]) => void;
  #waiting: T[] = [];
  #frame: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(take: (all: readonly T[]) => void) {
    this.#take = take;
  }

  add(item: T): void {
    if (this.#waiting.push(item) > 1) return;
    if (typeof requestAnimationFrame === 'function') this.#frame = requestAnimationFrame(() => this.flush());
    this.#timer = setTimeout(() => this.flush(), patienceMs);
  }

  /** Hands on now what waits, before something that must not overtake it. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    const all = this.#waiting;
    this.#waiting = [];
    this.#take(all);
  }
}
