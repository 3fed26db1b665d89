/** Requests under way, so that nothing is asked for twice at once. */
export class Pending<T> {
  readonly #requests = new Map<string, Promise<T>>();

  /**
   * Joins the request of this key, or makes it.
   * @param keep told of what came of it, unless all was forgotten meanwhile
   */
  ask(key: string, make: () => Promise<T>, keep: (result: T) => void): Promise<T> {
    const known = this.#requests.get(key);
    if (known) return known;
    const request = make().then((result) => {
      if (this.#requests.get(key) === request) {
        this.#requests.delete(key);
        keep(result);
      }
      return result;
    });
    this.#requests.set(key, request);
    return request;
  }

  forget(): void {
    this.#requests.clear();
  }
}
