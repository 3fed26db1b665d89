import { PotentialError, type EamElement, type EamTables } from './types';

/** Far above what is published (some 20 MB for four elements), far below what would hurt. */
export const SETFL_LARGEST_BYTES = 64 * 2 ** 20;
const MOST_ELEMENTS = 20;
const MOST_POINTS = 200_000;
const FEWEST_POINTS = 10;
const COMMENT_LINES = 3;

/** Pairs (0,0), (1,0), (1,1), (2,0) ... */
export const pairCount = (elements: number): number => (elements * (elements + 1)) / 2;

/** Writes tables as a DYNAMO setfl file, the text that `pair_style eam/alloy` and `eam/fs` read (docs.lammps.org/pair_eam.html). */
export function writeSetfl(tables: EamTables): string {
  const { elements, embedding, density, pair } = tables;
  const lines = (values: Float64Array): string => `${Array.from(values, (v) => v.toPrecision(17)).join('\n')}\n`;
  const blocks = elements.map(({ atomicNumber, mass, latticeAngstrom, structure }, i) => {
    const heading = `${atomicNumber} ${mass} ${latticeAngstrom} ${structure}\n`;
    return heading + lines(embedding[i]!) + density[i]!.map(lines).join('');
  });
  const comments = Array.from({ length: COMMENT_LINES }, (_, i) => tables.comments[i] ?? '');
  return [
    ...comments.map((c) => `${c.replaceAll(/\s+/g, ' ')}\n`),
    `${elements.length} ${elements.map((e) => e.name).join(' ')}\n`,
    `${embedding[0]!.length} ${tables.densityStep} ${pair[0]!.length} ${tables.distanceStep} ${tables.cutoffAngstrom}\n`,
    ...blocks,
    ...pair.map(lines),
  ].join('');
}

/** Reads the words of a text one by one and says where it stopped making sense. */
class Words {
  readonly #words: readonly string[];
  #next = 0;
  constructor(text: string) {
    this.#words = text.split(/\s+/).filter((w) => w !== '');
  }
  get left(): number {
    return this.#words.length - this.#next;
  }
  word(what: string): string {
    const word = this.#words[this.#next++];
    if (word === undefined) throw new PotentialError(`the file ends where ${what} should be`);
    return word;
  }
  number(what: string, low: number, high: number): number {
    const word = this.word(what);
    const value = Number(word);
    if (!(value >= low && value <= high))
      throw new PotentialError(`${what} is ${word.slice(0, 40)}, not a number from ${low} to ${high}`);
    return value;
  }
  count(what: string, low: number, high: number): number {
    const value = this.number(what, low, high);
    if (!Number.isInteger(value)) throw new PotentialError(`${what} is ${value}, not a whole number`);
    return value;
  }
  table(what: string, length: number): Float64Array {
    return Float64Array.from({ length }, () => this.number(what, -1e12, 1e12));
  }
}

/** What follows the comments of a setfl file: how large its tables are. */
interface Sizes {
  readonly names: readonly string[];
  readonly densities: number;
  readonly distances: number;
}

/** Whether the words left are those of Finnis-Sinclair, by their number alone; one element is the same in both. */
function finnisSinclair({ names, densities, distances }: Sizes, words: number): boolean {
  const n = names.length;
  const alloy = n * (4 + densities + distances) + pairCount(n) * distances;
  const fs = n * (4 + densities + n * distances) + pairCount(n) * distances;
  if (words === alloy) return false;
  if (words === fs) return true;
  throw new PotentialError(`its header announces ${alloy} (eam/alloy) or ${fs} (eam/fs) words, but ${words} follow`);
}

/**
 * Reads a setfl file, eam/alloy or eam/fs, told apart by its length. Nothing in it is trusted.
 * @throws PotentialError
 */
export function parseSetfl(text: string): EamTables & { readonly style: 'eam/alloy' | 'eam/fs' } {
  if (text.length > SETFL_LARGEST_BYTES) throw new PotentialError('the file is larger than any potential');
  const lines = text.split('\n', COMMENT_LINES);
  const comments = lines.map((l) => l.trim().slice(0, 200));
  const words = new Words(text.slice(lines.reduce((sum, l) => sum + l.length + 1, 0)));
  const kinds = words.count('the number of elements', 1, MOST_ELEMENTS);
  const names = Array.from({ length: kinds }, () => words.word('an element'));
  const odd = names.find((name) => !/^[A-Z][a-z]?$/.test(name));
  if (odd !== undefined) throw new PotentialError(`${odd.slice(0, 40)} is no element`);
  const densities = words.count('Nrho', FEWEST_POINTS, MOST_POINTS);
  const densityStep = words.number('drho', 1e-9, 1e9);
  const distances = words.count('Nr', FEWEST_POINTS, MOST_POINTS);
  const distanceStep = words.number('dr', 1e-9, 10);
  const cutoffAngstrom = words.number('the cutoff', 0.5, 30);
  if (cutoffAngstrom > distances * distanceStep * 1.001)
    throw new PotentialError(`the cutoff, ${cutoffAngstrom}, lies beyond its tables' last distance`);
  const fs = finnisSinclair({ names, densities, distances }, words.left);
  const elements: EamElement[] = [];
  const embedding: Float64Array[] = [];
  const density: Float64Array[][] = [];
  for (const name of names) {
    elements.push({
      name,
      atomicNumber: words.count('an atomic number', 1, 130),
      mass: words.number('a mass', 0.1, 400),
      latticeAngstrom: words.number('a lattice constant', 0, 100),
      structure: words.word('a structure').slice(0, 10),
    });
    embedding.push(words.table(`F of ${name}`, densities));
    density.push(Array.from({ length: fs ? kinds : 1 }, () => words.table(`rho of ${name}`, distances)));
  }
  const pair = Array.from({ length: pairCount(kinds) }, () => words.table('r phi(r)', distances));
  const style = fs ? 'eam/fs' : 'eam/alloy';
  return { style, comments, elements, densityStep, distanceStep, cutoffAngstrom, embedding, density, pair };
}
