import { acrossProgram, alongProgram, FACTORS, POINT, radices, type Layout } from './fft-program';

const PAGE = 65536;
type Run = (re: number, im: number, stride: number, end: number) => void;

/** Compiled once for each size: a retrieval's start would else take a tenth of a second for it. */
const programs = new Map<number, readonly WebAssembly.Module[]>();

function programsOf(size: number, layout: Layout): readonly WebAssembly.Module[] {
  const known = programs.get(size);
  if (known) return known;
  const compiled = [acrossProgram(size, layout), alongProgram(size, layout)].map(
    (program) => new WebAssembly.Module(program),
  );
  programs.set(size, compiled);
  return compiled;
}

/** A complex cube in a transform's memory: which of its cubes are its real and imaginary part. */
export type Parts = readonly [number, number];

/** Fourier transforms of cubes of one size in single precision, in WebAssembly's memory. */
export interface CubeFft {
  /** Points along each edge. */
  readonly size: number;
  /** Room for so many real cubes beside each other; cube n lies at {@link cube}(n). */
  cube(n: number): Float32Array;
  /** Byte address of a cube, for other programs on the same memory. */
  readonly at: (n: number) => number;
  readonly memory: WebAssembly.Memory;
  /**
   * Forward transform in place, F[k] = sum_n f[n] exp(-2 pi i k.n / size), of the complex cube whose real and imaginary parts are the cubes
   * `re` and `im`. Not scaled.
   */
  forward(re: number, im: number): void;
  /** As {@link forward} with exp(+i); not scaled either: forward and back multiplies by size^3. */
  back(re: number, im: number): void;
}

/**
 * Makes the transforms for cubes of `size` points along each edge.
 * @param size 32, 64, 128 or 256
 * @param cubes how many real cubes to make room for
 * @throws RangeError where the size is another
 */
export function createCubeFft(size: number, cubes: number): CubeFft {
  if (![32, 64, 128, 256].includes(size)) throw new RangeError(`no transform of ${size} points`);
  const bytes = 4 * size ** 3;
  const line = size * POINT;
  const factorsAt = 2 * line;
  const numbers = factorsOf(size);
  const first = Math.ceil((factorsAt + 4 * numbers.length) / 16) * 16;
  const layout: Layout = { scratch: [0, line], factors: factorsAt };
  const memory = new WebAssembly.Memory({ initial: Math.ceil((first + cubes * bytes) / PAGE) });
  new Float32Array(memory.buffer, factorsAt, numbers.length).set(numbers);
  const load = (module: WebAssembly.Module): Run =>
    new WebAssembly.Instance(module, { js: { memory } }).exports['run'] as Run;
  const [across, along] = programsOf(size, layout).map(load) as [Run, Run];

  const at = (n: number): number => first + n * bytes;
  const transform = (re: number, im: number): void => {
    along(re, im, 4 * size, re + bytes);
    const plane = 4 * size * size;
    for (let p = 0; p < bytes; p += plane) across(re + p, im + p, 4 * size, re + p + 4 * size);
    across(re, im, plane, re + plane);
  };
  return {
    size,
    memory,
    at,
    cube: (n) => new Float32Array(memory.buffer, at(n), size ** 3),
    forward: (re, im) => transform(at(re), at(im)),
    // The conjugate's transform: real and imaginary part change places, before and after.
    back: (re, im) => transform(at(im), at(re)),
  };
}

/** The three factors exp(-2 pi i r p / size), r = 1, 2, 3, of each butterfly of each radix-4 stage. */
function factorsOf(points: number): Float32Array {
  const factors: number[] = [];
  let size = points;
  for (const radix of radices(points)) {
    for (let p = 0; radix === 4 && p < size / 4; p++) {
      for (let r = 1; r < 4; r++) {
        const angle = (-2 * Math.PI * r * p) / size;
        factors.push(Math.cos(angle), Math.sin(angle));
      }
    }
    size /= radix;
  }
  if ((factors.length * 4) % FACTORS !== 0) throw new RangeError('factors come in threes');
  return Float32Array.from(factors);
}
