import { all, assemble, f64, f64x2, i32, locals, repeat, v128, type Code, type Local } from '@core/wasm/assembler';
import { KERNEL_STEPS, spreadKernel } from './kernel';
import { GRID, MASK, PLACE, place, ROW, WIDTH, type Spreader } from './spread';

// Memory, in bytes. Weights are read two at a time, so there are eight of them; the eighth is 0.
const LANES = 8;
const BATCH = 1024;
const atoms = { at: 0, stride: 8 * PLACE };
const table = { at: BATCH * atoms.stride, rows: KERNEL_STEPS + 2, stride: 8 * LANES };
const weights = { at: table.at + table.rows * table.stride, stride: table.stride };
const touched = { at: weights.at + 3 * weights.stride, size: GRID * GRID };
const grid = { at: touched.at + touched.size, size: 16 * GRID * GRID * ROW };
const PAGE = 65536;

const types = {
  end: 'i32',
  atom: 'i32',
  first: 'i32',
  second: 'i32',
  third: 'i32',
  entry: 'i32',
  plane: 'i32',
  row: 'i32',
  i: 'i32',
  at: 'f64',
  part: 'v128',
  slow: 'v128',
  weight: 'v128',
  fast0: 'v128',
  fast1: 'v128',
  fast2: 'v128',
  fast3: 'v128',
  fast4: 'v128',
  fast5: 'v128',
  fast6: 'v128',
} as const;

/**
 * The loop of the plain spreader, (re, im) at a time. In double precision like it: single would be faster still, but where a hundred
 * atoms share a grid cell the sums swallow the kernel's tails, which shows as 1e-5 of the peak.
 */
function program(): Uint8Array<ArrayBuffer> {
  const l = locals(types);
  const { and, add, mul } = i32;
  const number = i32.const;
  const wrap = (index: Code): Code => and(index, number(MASK));
  const repeated = (count: number, part: (n: number) => Code): Code =>
    Array.from({ length: count }, (_, n) => part(n)).flat();

  /** One axis: the first grid point, and the weights from the table into their place. */
  const weigh = (axis: number, first: Local): Code =>
    all(
      l.at.set(f64.sub(f64.load(l.atom.get, 8 * axis), f64.const(WIDTH / 2))),
      first.set(i32.truncateF64(f64.ceil(l.at.get))),
      l.at.set(f64.mul(f64.sub(f64.fromI32(first.get), l.at.get), f64.const(KERNEL_STEPS))),
      l.entry.set(i32.truncateF64(l.at.get)),
      l.part.set(f64x2.splat(f64.sub(l.at.get, f64.fromI32(l.entry.get)))),
      l.entry.set(mul(l.entry.get, number(table.stride))),
      repeated(LANES / 2, (pair) => {
        const here = v128.load(l.entry.get, table.at + 16 * pair);
        const next = v128.load(l.entry.get, table.at + table.stride + 16 * pair);
        const between = f64x2.add(here, f64x2.mul(l.part.get, f64x2.sub(next, here)));
        return v128.store(number(weights.at + axis * weights.stride + 16 * pair), between);
      }),
    );
  const weight = (axis: number, index: Code): Code => v128.load64Splat(index, weights.at + axis * weights.stride);

  const fast = [l.fast0, l.fast1, l.fast2, l.fast3, l.fast4, l.fast5, l.fast6];
  const spreadRow = (j: number): Code =>
    all(
      l.row.set(add(l.plane.get, wrap(add(l.second.get, number(j))))),
      l.row.set(add(l.third.get, mul(l.row.get, number(16 * ROW)))),
      l.weight.set(f64x2.mul(l.slow.get, weight(1, number(8 * j)))),
      repeated(WIDTH, (k) => {
        const before = v128.load(l.row.get, grid.at + 16 * k);
        return v128.store(l.row.get, f64x2.add(before, f64x2.mul(l.weight.get, fast[k]!.get)), grid.at + 16 * k);
      }),
    );
  const spreadPlane = all(
    l.plane.set(mul(wrap(add(l.first.get, l.i.get)), number(GRID))),
    l.slow.set(weight(0, mul(l.i.get, number(8)))),
    repeated(WIDTH, spreadRow),
    l.i.set(add(l.i.get, number(1))),
  );
  const spreadAtom = all(
    weigh(0, l.first),
    weigh(1, l.second),
    weigh(2, l.third),
    // (re, im) lie behind the three coordinates.
    repeated(WIDTH, (k) => fast[k]!.set(f64x2.mul(v128.load(l.atom.get, 24), weight(2, number(8 * k))))),
    i32.store8(add(mul(wrap(l.first.get), number(GRID)), wrap(l.second.get)), number(1), touched.at),
    l.third.set(mul(wrap(l.third.get), number(16))),
    l.i.set(number(0)),
    repeat(spreadPlane, i32.lessThan(l.i.get, number(WIDTH))),
    l.atom.set(add(l.atom.get, number(atoms.stride))),
  );
  return assemble(Object.values(types), 1, repeat(spreadAtom, i32.lessThan(l.atom.get, l.end.get)));
}

let compiled: WebAssembly.Module | undefined;

/** The spreader in WebAssembly with SIMD; undefined where this runtime has none, or does not let code be made. */
export function createSimdSpreader(): Spreader | undefined {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((grid.at + grid.size) / PAGE) });
  let run: (end: number) => void;
  try {
    compiled ??= new WebAssembly.Module(program());
    run = new WebAssembly.Instance(compiled, { js: { memory } }).exports['run'] as typeof run;
  } catch {
    return undefined;
  }
  const kernel = spreadKernel(WIDTH);
  const entries = new Float64Array(memory.buffer, table.at, table.rows * LANES);
  for (let s = 0; s <= KERNEL_STEPS; s++) kernel.entry(s, entries.subarray(s * LANES));
  const batch = new Float64Array(memory.buffer, atoms.at, BATCH * PLACE);
  return {
    grid: new Float64Array(memory.buffer, grid.at, grid.size / 8),
    touched: new Uint8Array(memory.buffer, touched.at, touched.size),
    spread(positions, window) {
      const total = positions.length / 3;
      for (let from = 0; from < total; from += BATCH) {
        const count = Math.min(BATCH, total - from);
        place(positions, window, from, count, batch);
        run(count * atoms.stride);
      }
    },
  };
}
