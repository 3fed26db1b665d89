/** Asks about what is typed once typing pauses; of all answers only the one to the last question counts. */
export class AfterTyping {
  readonly #pauseMs: number;
  #questions = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs;
  }

  /** Something was typed: an answer still on its way is about what was there before. */
  typed(ask: () => void): void {
    this.#questions++;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(ask, this.#pauseMs);
  }

  /**
   * Asked now, typing or not.
   * @returns tells, when the answer comes, whether it still counts
   */
  ask(): () => boolean {
    clearTimeout(this.#timer);
    const mine = ++this.#questions;
    return () => mine === this.#questions;
  }
}
