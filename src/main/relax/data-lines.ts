import { BraggwatchError } from '@contract/errors';

export const invalid = (detail: string): BraggwatchError => new BraggwatchError('atoms-invalid', detail);

/** The lines of a LAMMPS text file one after the other, without their comments; numbers in them are finite or refused. */
export class Lines {
  readonly #text: string;
  #at: number;
  #number = 1;
  /** What stood behind # in the line read last. */
  comment = '';

  constructor(text: string) {
    this.#text = text;
    // The first line is a title, whatever it says.
    this.#at = text.indexOf('\n') + 1 || text.length;
  }

  /** The next line, trimmed; undefined at the end. */
  next(): string | undefined {
    if (this.#at >= this.#text.length) return undefined;
    const found = this.#text.indexOf('\n', this.#at);
    const end = found < 0 ? this.#text.length : found;
    const line = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    this.#number++;
    const hash = line.indexOf('#');
    this.comment = hash < 0 ? '' : line.slice(hash + 1).trim();
    return (hash < 0 ? line : line.slice(0, hash)).trim();
  }

  /** The words of the next line that has any. */
  words(section: string): string[] {
    for (let line = this.next(); line !== undefined; line = this.next()) if (line) return line.split(/\s+/);
    throw invalid(`the file ends within its ${section}`);
  }

  fail(what: string): BraggwatchError {
    return invalid(`line ${this.#number}: ${what}`);
  }

  /** A number of at most `limit` either side of 0. */
  number(word: string | undefined, limit: number): number {
    const value = Number(word);
    if (!word || !(Math.abs(value) <= limit))
      throw this.fail(`${word?.slice(0, 20) ?? 'nothing'} where a number belongs`);
    return value;
  }

  /** A whole number from 1 to `limit`. */
  count(word: string | undefined, limit: number): number {
    const value = this.number(word, limit);
    if (!(Number.isInteger(value) && value >= 1)) throw this.fail(`${word} where a number from 1 to ${limit} belongs`);
    return value;
  }
}
