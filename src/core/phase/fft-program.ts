import { all, assemble, f32x4, i32, locals, repeat, v128, type Code, type Local } from '../wasm/assembler';

/** Bytes of one complex point of four lines in the scratch: four real parts, then four imaginary ones. */
export const POINT = 32;
const IMAGINARY = 16;
/** Bytes of a butterfly's three factors: real and imaginary part of each, single precision. */
export const FACTORS = 24;

/** Where a program finds its scratch and its factors, bytes. */
export interface Layout {
  /** Two scratch areas of `points` points each. */
  readonly scratch: readonly [number, number];
  /** The factors of all radix-4 stages, one stage after the other. */
  readonly factors: number;
}

const types = {
  re: 'i32',
  im: 'i32',
  stride: 'i32',
  end: 'i32',
  leg: 'i32',
  delta: 'i32',
  from: 'i32',
  to: 'i32',
  factor: 'i32',
  p: 'i32',
  q: 'i32',
  ar: 'v128',
  ai: 'v128',
  br: 'v128',
  bi: 'v128',
  cr: 'v128',
  ci: 'v128',
  dr: 'v128',
  di: 'v128',
  t: 'v128',
} as const;

type Locals = Record<keyof typeof types, Local>;
type Pair = readonly [Local, Local];

const { add, mul, sub } = i32;
const number = i32.const;

/** Radices of the stages for a line of so many points: fours, and a two at the end where the power is odd. */
export function radices(points: number): number[] {
  const found: number[] = [];
  let left = points;
  for (; left >= 4; left /= 4) found.push(4);
  return left === 2 ? [...found, 2] : found;
}

/** Reads or writes the complex points of one butterfly's leg `r`. */
interface Side {
  address(r: number): Code;
  /** Constant offset of leg r, bytes. */
  offset(r: number): number;
  imaginary(address: Code): Code;
  imaginaryOffset: number;
}

/**
 * One Stockham stage (decimation in frequency, self-sorting; Van Loan, Computational Frameworks for the FFT, 1992, section 1.7)
 * over four lines at once: legs n/4 (n/2) apart in, neighbours s apart out.
 */
function stage(l: Locals, size: number, radix: number, input: Side, output: Side): Code {
  const legs: readonly Pair[] = [
    [l.ar, l.ai],
    [l.br, l.bi],
    [l.cr, l.ci],
    [l.dr, l.di],
  ];
  const loads = legs.slice(0, radix).flatMap(([re, im], r) => {
    const at = input.address(r);
    return all(
      re.set(v128.load(at, input.offset(r))),
      im.set(v128.load(input.imaginary(at), input.offset(r) + input.imaginaryOffset)),
    );
  });
  const store = (r: number, [re, im]: Pair): Code => {
    const at = output.address(r);
    return all(
      v128.store(at, re.get, output.offset(r)),
      v128.store(output.imaginary(at), im.get, output.offset(r) + output.imaginaryOffset),
    );
  };
  /** a <- a + b, b <- a - b. */
  const cross = (a: Local, b: Local): Code =>
    all(l.t.set(f32x4.sub(a.get, b.get)), a.set(f32x4.add(a.get, b.get)), b.set(l.t.get));
  const [[ar, ai], [br, bi], [cr, ci], [dr, di]] = [legs[0]!, legs[1]!, legs[2]!, legs[3]!];
  if (radix === 2) return all(loads, cross(ar, br), cross(ai, bi), store(0, [ar, ai]), store(1, [br, bi]));
  /** Times the factor of that place. */
  const turned = ([re, im]: Pair, place: number): Code => {
    // Of the last stage they are all 1.
    if (size === 4) return [];
    const [c, s] = [8 * place, 8 * place + 4].map((offset) => v128.load32Splat(l.factor.get, offset)) as [Code, Code];
    return all(
      l.t.set(f32x4.sub(f32x4.mul(re.get, c), f32x4.mul(im.get, s))),
      im.set(f32x4.add(f32x4.mul(re.get, s), f32x4.mul(im.get, c))),
      re.set(l.t.get),
    );
  };
  return all(
    loads,
    // a + c, a - c, b + d, b - d
    cross(ar, cr),
    cross(ai, ci),
    cross(br, dr),
    cross(bi, di),
    // (a + c) + (b + d), and its difference
    cross(ar, br),
    cross(ai, bi),
    store(0, [ar, ai]),
    turned([br, bi], 1),
    store(2, [br, bi]),
    // (a - c) - i (b - d) into a; (a - c) + i (b - d) into c
    ar.set(f32x4.add(cr.get, di.get)),
    ai.set(f32x4.sub(ci.get, dr.get)),
    cr.set(f32x4.sub(cr.get, di.get)),
    ci.set(f32x4.add(ci.get, dr.get)),
    turned([ar, ai], 0),
    store(1, [ar, ai]),
    turned([cr, ci], 2),
    store(3, [cr, ci]),
  );
}

/** The scratch area at the moving pointer, legs so many bytes apart. */
const scratchSide = (pointer: Local, leg: number): Side => ({
  address: () => pointer.get,
  offset: (r) => r * leg,
  imaginary: (address) => address,
  imaginaryOffset: IMAGINARY,
});

/** The volume at the moving pointer: legs `l.leg` bytes apart, imaginary parts `l.delta` bytes on. */
const volumeSide = (l: Locals, pointer: Local): Side => ({
  address: (r) => (r === 0 ? pointer.get : add(pointer.get, r === 1 ? l.leg.get : mul(l.leg.get, number(r)))),
  offset: () => 0,
  imaginary: (address) => add(address, l.delta.get),
  imaginaryOffset: 0,
});

/** All stages of four lines. `ends`: the volume itself for the first input and the last output, where it can be read in place. */
function stages(l: Locals, points: number, { scratch, factors }: Layout, inPlace: boolean): Code {
  const plan = radices(points);
  let done = 1;
  let factorsAt = factors;
  return plan.flatMap((radix, n) => {
    const size = points / done;
    const [first, last] = [n === 0, n === plan.length - 1];
    const spread = done;
    const [from, to] = inPlace ? [scratch[(n + 1) % 2]!, scratch[n % 2]!] : [scratch[n % 2]!, scratch[(n + 1) % 2]!];
    const input = first && inPlace ? volumeSide(l, l.from) : scratchSide(l.from, (points / radix) * POINT);
    const output = last && inPlace ? volumeSide(l, l.to) : scratchSide(l.to, spread * POINT);
    const step = (side: Local, direct: boolean): Code => side.set(add(side.get, direct ? l.stride.get : number(POINT)));
    const body = all(
      stage(l, size, radix, input, output),
      step(l.from, first && inPlace),
      step(l.to, last && inPlace),
      l.q.set(add(l.q.get, number(1))),
    );
    const group = all(
      l.q.set(number(0)),
      repeat(body, i32.lessThan(l.q.get, number(spread))),
      l.to.set(add(l.to.get, number((radix - 1) * spread * POINT))),
      l.factor.set(add(l.factor.get, number(FACTORS))),
      l.p.set(add(l.p.get, number(1))),
    );
    const start = (at: number, direct: boolean): Code => (direct ? l.re.get : number(at));
    const legOf = first || last ? l.leg.set(mul(l.stride.get, number(points / radix))) : [];
    const code = all(
      legOf,
      l.from.set(start(from, first && inPlace)),
      l.to.set(start(to, last && inPlace)),
      l.factor.set(number(factorsAt)),
      l.p.set(number(0)),
      repeat(group, i32.lessThan(l.p.get, number(size / radix))),
    );
    done *= radix;
    if (radix === 4) factorsAt += (size / 4) * FACTORS;
    return code;
  });
}

/**
 * Transforms lines whose neighbours lie beside each other in memory, four at a time.
 * `run(re, im, stride, end)`: byte addresses of the first four lines' first points, bytes from point to point, and where the real parts
 * of the last four lines' first points end.
 */
export function acrossProgram(points: number, layout: Layout): Uint8Array<ArrayBuffer> {
  const l = locals(types);
  const body = all(
    stages(l, points, layout, true),
    l.re.set(add(l.re.get, number(16))),
    l.im.set(add(l.im.get, number(16))),
  );
  const code = all(l.delta.set(sub(l.im.get, l.re.get)), repeat(body, i32.lessThan(l.re.get, l.end.get)));
  return assemble(Object.values(types), 4, code);
}

/**
 * Transforms lines whose points lie beside each other, four lines at a time, turned into the scratch and back.
 * `run(re, im, stride, end)`: byte addresses of the first point, bytes from line to line, end of the real parts.
 */
export function alongProgram(points: number, layout: Layout): Uint8Array<ArrayBuffer> {
  const l = locals(types);
  const rows = [l.ar, l.br, l.cr, l.dr] as const;
  const halves = [l.ai, l.bi, l.ci, l.di] as const;
  /** Turns the 4 x 4 numbers in `rows` over, into `rows`. */
  const transpose = all(
    halves[0].set(v128.shuffle32(rows[0].get, rows[1].get, [0, 4, 1, 5])),
    halves[1].set(v128.shuffle32(rows[0].get, rows[1].get, [2, 6, 3, 7])),
    halves[2].set(v128.shuffle32(rows[2].get, rows[3].get, [0, 4, 1, 5])),
    halves[3].set(v128.shuffle32(rows[2].get, rows[3].get, [2, 6, 3, 7])),
    rows[0].set(v128.shuffle32(halves[0].get, halves[2].get, [0, 1, 4, 5])),
    rows[1].set(v128.shuffle32(halves[0].get, halves[2].get, [2, 3, 6, 7])),
    rows[2].set(v128.shuffle32(halves[1].get, halves[3].get, [0, 1, 4, 5])),
    rows[3].set(v128.shuffle32(halves[1].get, halves[3].get, [2, 3, 6, 7])),
  );
  const line = (r: number, pointer: Local): Code =>
    add(pointer.get, r === 0 ? number(0) : mul(l.stride.get, number(r)));
  const turnIn = (part: number): Code =>
    all(
      rows.flatMap((row, r) => row.set(v128.load(line(r, l.from)))),
      transpose,
      rows.flatMap((row, r) => v128.store(l.to.get, row.get, r * POINT + part)),
    );
  const turnOut = (part: number): Code =>
    all(
      rows.flatMap((row, r) => row.set(v128.load(l.to.get, r * POINT + part))),
      transpose,
      rows.flatMap((row, r) => v128.store(line(r, l.from), row.get)),
    );
  const sweep = (start: Local, scratch: number, part: number, turn: (part: number) => Code): Code =>
    all(
      l.from.set(start.get),
      l.to.set(number(scratch)),
      l.q.set(number(0)),
      repeat(
        all(
          turn(part),
          l.from.set(add(l.from.get, number(16))),
          l.to.set(add(l.to.get, number(4 * POINT))),
          l.q.set(add(l.q.get, number(4))),
        ),
        i32.lessThan(l.q.get, number(points)),
      ),
    );
  const into = layout.scratch[0];
  const out = layout.scratch[radices(points).length % 2]!;
  const body = all(
    sweep(l.re, into, 0, turnIn),
    sweep(l.im, into, IMAGINARY, turnIn),
    stages(l, points, layout, false),
    sweep(l.re, out, 0, turnOut),
    sweep(l.im, out, IMAGINARY, turnOut),
    l.re.set(add(l.re.get, mul(l.stride.get, number(4)))),
    l.im.set(add(l.im.get, mul(l.stride.get, number(4)))),
  );
  return assemble(Object.values(types), 4, repeat(body, i32.lessThan(l.re.get, l.end.get)));
}
