import { advance, all, assemble, f32x4, i32, locals, repeat, v128, type Code } from '../wasm/assembler';
import type { CubeFft, Parts } from './fft';

/** What a modulus is divided by at least, so that nothing is divided by nothing. */
const TINY = 1e-30;
const LANES = 16;

/** The steps between two transforms, four voxels at a time, on cubes of a transform's memory. */
export interface Projections {
  /** Gives every voxel of the complex cube the amplitude of the cube `amplitude`, where that is not negative: those are free. */
  modulus(parts: Parts, amplitude: number): void;
  /**
   * Of `x` and what the modulus' projection made of it, times `scale`: inside the support (all bits 1 in the cube `support`) the latter,
   * outside `keep` x + `against` of it. Error reduction: 0 and 0; hybrid input-output: 1 and -beta.
   */
  support(x: Parts, projected: Parts, support: number, factors: { scale: number; keep: number; against: number }): void;
}

/** `run(re, im, amplitude, end)`. */
function modulusProgram(): Uint8Array<ArrayBuffer> {
  const types = {
    re: 'i32',
    im: 'i32',
    amplitude: 'i32',
    end: 'i32',
    a: 'v128',
    b: 'v128',
    m: 'v128',
    s: 'v128',
  } as const;
  const l = locals(types);
  const squares = f32x4.add(f32x4.mul(l.a.get, l.a.get), f32x4.mul(l.b.get, l.b.get));
  const tiny = f32x4.splat([0x43, ...new Uint8Array(Float32Array.of(TINY).buffer)]);
  const zero = f32x4.splat([0x43, 0, 0, 0, 0]);
  const scaled = (part: Code): Code => v128.select(f32x4.mul(part, l.s.get), part, f32x4.atLeast(l.m.get, zero));
  const body = all(
    l.a.set(v128.load(l.re.get)),
    l.b.set(v128.load(l.im.get)),
    l.m.set(v128.load(l.amplitude.get)),
    l.s.set(f32x4.div(l.m.get, f32x4.sqrt(f32x4.max(squares, tiny)))),
    v128.store(l.re.get, scaled(l.a.get)),
    v128.store(l.im.get, scaled(l.b.get)),
    advance(LANES, l.re, l.im, l.amplitude),
  );
  return assemble(Object.values(types), 4, repeat(body, i32.lessThan(l.re.get, l.end.get)));
}

/** `run(x, projected, support, end, scale, keep, against)` of one part. */
function supportProgram(): Uint8Array<ArrayBuffer> {
  const types = {
    ...({ x: 'i32', projected: 'i32', support: 'i32', end: 'i32' } as const),
    ...({ scale: 'f32', keep: 'f32', against: 'f32', p: 'v128', outside: 'v128' } as const),
  } as const;
  const l = locals(types);
  const body = all(
    l.p.set(f32x4.mul(v128.load(l.projected.get), f32x4.splat(l.scale.get))),
    l.outside.set(
      f32x4.add(f32x4.mul(v128.load(l.x.get), f32x4.splat(l.keep.get)), f32x4.mul(l.p.get, f32x4.splat(l.against.get))),
    ),
    v128.store(l.x.get, v128.select(l.p.get, l.outside.get, v128.load(l.support.get))),
    advance(LANES, l.x, l.projected, l.support),
  );
  return assemble(Object.values(types), 7, repeat(body, i32.lessThan(l.x.get, l.end.get)));
}

/** Compiled once: they are the same for every memory. */
let modules: readonly WebAssembly.Module[] | undefined;

/** The projections on a transform's memory. */
export function createProjections({ memory, at, size }: CubeFft): Projections {
  modules ??= [modulusProgram(), supportProgram()].map((program) => new WebAssembly.Module(program));
  const [modulus, support] = modules.map(
    (module) => new WebAssembly.Instance(module, { js: { memory } }).exports['run'] as (...args: number[]) => void,
  ) as [(...args: number[]) => void, (...args: number[]) => void];
  const bytes = 4 * size ** 3;
  return {
    modulus: ([re, im], amplitude) => modulus(at(re), at(im), at(amplitude), at(re) + bytes),
    support(x, projected, set, { scale, keep, against }) {
      for (const part of [0, 1] as const)
        support(at(x[part]), at(projected[part]), at(set), at(x[part]) + bytes, scale, keep, against);
    },
  };
}
