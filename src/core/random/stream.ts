import type { Vec3 } from '@core/math/vector';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { poisson } from './poisson';

/** A sequence of random numbers, wholly determined by its seed and path. */
export interface RandomStream {
  /** In [0, 1), or in [from, to) when given. */
  uniform(from?: number, to?: number): number;
  /** Standard normal deviate. */
  normal(): number;
  poisson(mean: number): number;
  /** One of 0 .. n - 1. */
  integer(n: number): number;
  /** One of the items, each as likely; there is at least one. */
  pick<T>(items: readonly T[]): T;
  /** Uniform on the sphere. */
  unitVector(): Vec3;
  /** The same items in random order; `items` stays as it is. */
  shuffle<T>(items: readonly T[]): T[];
}

/** MurmurHash3's finaliser (A. Appleby, public domain): every input bit moves every output bit. */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Four generator words from the text of the seed and the path; the separator keeps ('a', 'bc') apart from ('ab', 'c'). */
function state(seed: number, path: readonly (string | number)[]): [number, number, number, number] {
  const text = [seed, ...path].join('\u0000');
  const words: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667];
  for (let lane = 0; lane < 4; lane++) {
    let word = words[lane]!;
    for (let i = 0; i < text.length; i++) word = mix(word ^ text.charCodeAt(i)) + 0x9e3779b9 * (i + 1 + lane);
    words[lane] = mix(word);
  }
  return words;
}

/**
 * An independent stream of random numbers for each path, so that crystal 17 draws the same whether or not crystal 16 was drawn,
 * in which process, and after what.
 * @param seed the recipe's seed, an integer
 * @param path e.g. `('crystal', 17, 'noise', 3)`
 */
export function stream(seed: number, ...path: (string | number)[]): RandomStream {
  const generator = xoroshiro128plusFromState(state(seed, path));
  const next = (): number => uniformFloat64(generator);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    uniform: (from = 0, to = 1) => from + (to - from) * next(),
    normal,
    poisson: (mean) => poisson(mean, next),
    integer: (n) => uniformInt(generator, 0, n - 1),
    pick: (items) => items[uniformInt(generator, 0, items.length - 1)]!,
    unitVector: () => {
      const z = 2 * next() - 1;
      const azimuth = 2 * Math.PI * next();
      const r = Math.sqrt(1 - z * z);
      return [r * Math.cos(azimuth), r * Math.sin(azimuth), z];
    },
    shuffle: (items) => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = uniformInt(generator, 0, i);
        [out[i], out[j]] = [out[j]!, out[i]!];
      }
      return out;
    },
  };
}
