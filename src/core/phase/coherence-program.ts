import {
  advance,
  all,
  assemble,
  f32x4,
  f64x2,
  i32,
  locals,
  repeat,
  v128,
  type Code,
  type Local,
} from '../wasm/assembler';
import type { CubeFft, Parts } from './fft';

const LANES = 16;
/** What an intensity is divided by at least, so that nothing is divided by nothing. */
const TINY = 1e-30;

/** The steps of {@link Coherence}, four voxels at a time, on cubes of a transform's memory. */
export interface CoherenceProgram {
  /** |F|^2 into the cube `to`. */
  intensity(parts: Parts, to: number): void;
  /** Each voxel of `from` keeps 1 - 2 `share` and gets `share` of its two neighbours along an axis, into `to`; the edges are neighbours. */
  spread(from: number, to: number, axis: 0 | 1 | 2, share: number): void;
  /** amplitude sqrt(intensity / blurred) into `to`; what is negative in `amplitude` stays. */
  wanted(cubes: { amplitude: number; intensity: number; blurred: number; to: number }): void;
  /**
   * Sums over the voxels that are not free: of square roots of `expected` times `amplitude`, of `expected`, of squares of `amplitude`.
   * @param spare a cube whose beginning is spent
   */
  sums(cubes: { amplitude: number; expected: number; spare: number }): readonly [number, number, number];
}

/** `run(re, im, to, end)`. */
function intensityProgram(): Uint8Array<ArrayBuffer> {
  const types = { re: 'i32', im: 'i32', to: 'i32', end: 'i32', a: 'v128', b: 'v128' } as const;
  const l = locals(types);
  const body = all(
    l.a.set(v128.load(l.re.get)),
    l.b.set(v128.load(l.im.get)),
    v128.store(l.to.get, f32x4.add(f32x4.mul(l.a.get, l.a.get), f32x4.mul(l.b.get, l.b.get))),
    advance(LANES, l.re, l.im, l.to),
  );
  return assemble(Object.values(types), 4, repeat(body, i32.lessThan(l.to.get, l.end.get)));
}

/** `run(at, before, after, to, end, share, rest)`. */
function spreadProgram(): Uint8Array<ArrayBuffer> {
  const types = {
    ...({ at: 'i32', before: 'i32', after: 'i32', to: 'i32', end: 'i32' } as const),
    ...({ share: 'f32', rest: 'f32' } as const),
  } as const;
  const l = locals(types);
  const beside = f32x4.add(v128.load(l.before.get), v128.load(l.after.get));
  const own = f32x4.mul(v128.load(l.at.get), f32x4.splat(l.rest.get));
  const body = all(
    v128.store(l.to.get, f32x4.add(own, f32x4.mul(beside, f32x4.splat(l.share.get)))),
    advance(LANES, l.at, l.before, l.after, l.to),
  );
  return assemble(Object.values(types), 7, repeat(body, i32.lessThan(l.to.get, l.end.get)));
}

/** `run(amplitude, intensity, blurred, to, end)`. */
function wantedProgram(): Uint8Array<ArrayBuffer> {
  const types = { amplitude: 'i32', intensity: 'i32', blurred: 'i32', to: 'i32', end: 'i32', m: 'v128' } as const;
  const l = locals(types);
  const share = f32x4.div(v128.load(l.intensity.get), f32x4.max(v128.load(l.blurred.get), v128.floats(TINY)));
  const body = all(
    l.m.set(v128.load(l.amplitude.get)),
    v128.store(
      l.to.get,
      v128.select(f32x4.mul(l.m.get, f32x4.sqrt(share)), l.m.get, f32x4.atLeast(l.m.get, v128.floats(0))),
    ),
    advance(LANES, l.amplitude, l.intensity, l.blurred, l.to),
  );
  return assemble(Object.values(types), 5, repeat(body, i32.lessThan(l.to.get, l.end.get)));
}

/** `run(amplitude, expected, to, end)`: three sums of two doubles each, which belong together, to `to`. */
function sumsProgram(): Uint8Array<ArrayBuffer> {
  const types = {
    ...({ amplitude: 'i32', expected: 'i32', to: 'i32', end: 'i32' } as const),
    ...({ m: 'v128', e: 'v128', told: 'v128', part: 'v128', cross: 'v128', own: 'v128', all: 'v128' } as const),
  } as const;
  const l = locals(types);
  const upper = v128.shuffle32(l.part.get, l.part.get, [2, 3, 2, 3]);
  const sum = (to: Local, of: Code): Code =>
    all(
      l.part.set(v128.and(of, l.told.get)),
      to.set(f64x2.add(to.get, f64x2.add(f64x2.fromLowerFloats(l.part.get), f64x2.fromLowerFloats(upper)))),
    );
  const body = all(
    l.m.set(v128.load(l.amplitude.get)),
    l.e.set(v128.load(l.expected.get)),
    l.told.set(f32x4.atLeast(l.m.get, v128.floats(0))),
    sum(l.cross, f32x4.mul(f32x4.sqrt(l.e.get), l.m.get)),
    sum(l.own, l.e.get),
    sum(l.all, f32x4.mul(l.m.get, l.m.get)),
    advance(LANES, l.amplitude, l.expected),
  );
  const kept = [l.cross, l.own, l.all].map((one, n) => v128.store(i32.add(l.to.get, i32.const(n * LANES)), one.get));
  return assemble(Object.values(types), 4, all(repeat(body, i32.lessThan(l.expected.get, l.end.get)), ...kept));
}

type Run = (...args: number[]) => void;
/** Compiled once: they are the same for every memory. */
let modules: readonly WebAssembly.Module[] | undefined;
const made = new WeakMap<WebAssembly.Memory, CoherenceProgram>();

/** The steps on a transform's memory; the same for the same memory. */
export function createCoherenceProgram(fft: CubeFft): CoherenceProgram {
  const known = made.get(fft.memory);
  if (known) return known;
  const program = onMemory(fft);
  made.set(fft.memory, program);
  return program;
}

function onMemory({ memory, at, size, cube }: CubeFft): CoherenceProgram {
  modules ??= [intensityProgram(), spreadProgram(), wantedProgram(), sumsProgram()].map(
    (code) => new WebAssembly.Module(code),
  );
  const [intensity, spread, wanted, sums] = modules.map(
    (module) => new WebAssembly.Instance(module, { js: { memory } }).exports['run'] as Run,
  ) as [Run, Run, Run, Run];
  const bytes = 4 * size ** 3;
  return {
    intensity: ([re, im], to) => intensity(at(re), at(im), at(to), at(to) + bytes),
    spread(from, to, axis, share) {
      const rest = 1 - 2 * share;
      // Runs of neighbours in memory, `run` bytes long, of which `size` follow each other along the axis.
      const run = 4 * size ** (2 - axis);
      if (axis < 2) {
        for (let start = 0; start < bytes; start += size * run) {
          for (let n = 0; n < size; n++) {
            const place = (k: number): number => at(from) + start + (k % size) * run;
            const target = at(to) + start + n * run;
            spread(place(n), place(n + size - 1), place(n + 1), target, target + run, share, rest);
          }
        }
        return;
      }
      spread(at(from), at(from) - 4, at(from) + 4, at(to), at(to) + bytes, share, rest);
      const [values, out] = [cube(from), cube(to)];
      for (let first = 0, last = size - 1; first < out.length; first += size, last += size) {
        out[first] = rest * values[first]! + share * (values[last]! + values[first + 1]!);
        out[last] = rest * values[last]! + share * (values[last - 1]! + values[first]!);
      }
    },
    wanted: ({ amplitude, intensity: own, blurred, to }) =>
      wanted(at(amplitude), at(own), at(blurred), at(to), at(to) + bytes),
    sums({ amplitude, expected, spare }) {
      sums(at(amplitude), at(expected), at(spare), at(expected) + bytes);
      const pairs = new Float64Array(memory.buffer, at(spare), 6);
      const [cross, own, all] = [0, 2, 4].map((n) => pairs[n]! + pairs[n + 1]!);
      return [cross!, own!, all!];
    },
  };
}
