import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble, f64, f64x2, i32, locals, repeat, v128, type Code, type ValueType } from '@core/wasm/assembler';

/** Runs a body with its one parameter and gives the two doubles at address 0. */
function run(types: readonly ValueType[], body: Code, parameter = 0): [number, number] {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(assemble(types, 1, body)), { js: { memory } });
  (instance.exports['run'] as (n: number) => void)(parameter);
  const [a, b] = new Float64Array(memory.buffer, 0, 2);
  return [a!, b!];
}

const keep = (value: Code): Code => v128.store(i32.const(0), f64x2.splat(value));

describe('assemble', () => {
  it('writes whole numbers and doubles as the machine reads them', () => {
    const edges = [0, 63, 64, -64, -65, 127, 128, 8191, 8192, -8193, 2 ** 31 - 1, -(2 ** 31)];
    for (const n of edges) expect(run(['i32'], keep(f64.fromI32(i32.const(n))))).toEqual([n, n]);
    fc.assert(fc.property(fc.integer(), (n) => void expect(run(['i32'], keep(f64.fromI32(i32.const(n))))[1]).toBe(n)));
    fc.assert(fc.property(fc.double(), (x) => void expect(run(['i32'], keep(f64.const(x)))[0]).toBe(x)));
  });

  it('calculates what the instructions are named for', () => {
    const n = i32.const;
    const whole = (code: Code): number => run(['i32'], keep(f64.fromI32(code)))[0];
    expect([whole(i32.add(n(-5), n(3))), whole(i32.mul(n(-5), n(3))), whole(i32.and(n(-5), n(127)))]).toEqual([
      -2, -15, 123,
    ]);
    expect([whole(i32.lessThan(n(1), n(2))), whole(i32.lessThan(n(2), n(1)))]).toEqual([1, 0]);
    expect([whole(i32.truncateF64(f64.const(-2.7))), whole(i32.truncateF64(f64.ceil(f64.const(2.1))))]).toEqual([
      -2, 3,
    ]);
    const [a, b] = [f64x2.splat(f64.const(7)), f64x2.splat(f64.const(0.5))];
    const pair = (code: Code): number => run(['i32'], v128.store(n(0), code))[1];
    expect([f64x2.add(a, b), f64x2.sub(a, b), f64x2.mul(a, b)].map(pair)).toEqual([7.5, 6.5, 3.5]);
    expect(
      [f64.sub(f64.const(7), f64.const(2)), f64.mul(f64.const(7), f64.const(2))].map((c) => run(['i32'], keep(c))[0]),
    ).toEqual([5, 14]);
  });

  it('repeats as long as its condition holds, with offsets beyond a byte', () => {
    const l = locals({ end: 'i32', i: 'i32', sum: 'f64' });
    const body = [
      ...l.sum.set(f64.const(0)),
      ...repeat(
        [
          ...v128.store(i32.const(8), f64x2.splat(f64.fromI32(l.i.get)), 4000),
          ...l.sum.set(f64.sub(l.sum.get, f64.mul(f64.const(-1), f64.load(i32.const(0), 4008)))),
          ...l.i.set(i32.add(l.i.get, i32.const(1))),
        ],
        i32.lessThan(l.i.get, l.end.get),
      ),
      ...v128.store(i32.const(0), v128.load64Splat(i32.const(4016))),
      ...i32.store8(i32.const(0), i32.const(0), 300),
      ...keep(l.sum.get),
    ];
    expect(run(['i32', 'i32', 'f64'], body, 101)).toEqual([5050, 5050]);
  });
});
