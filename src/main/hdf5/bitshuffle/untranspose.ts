import {
  assemble,
  f32x4,
  i32,
  i8x16,
  locals,
  repeat,
  v128,
  whileTrue,
  type Code,
  type Local,
  type ValueType,
} from '@core/wasm/assembler';

/** Elements whose bits are put together at once: sixteen bytes of each row of bits. */
export const GROUP = 128;
const BITS = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const BYTES = [0, 1, 2, 3] as const;

const sixteen = (lane: (n: number) => number): number[] => Array.from({ length: 16 }, (_, n) => lane(n));
/** Bytes of a and b in turn: of their lower or of their upper halves. */
const mixed = (upper: boolean): number[] => sixteen((n) => (n % 2 ? 16 : 0) + (n >> 1) + (upper ? 8 : 0));
/** Pairs of bytes of a and b in turn. */
const mixedPairs = (upper: boolean): number[] =>
  sixteen((n) => (n % 4 > 1 ? 16 : 0) + 2 * (n >> 2) + (n % 2) + (upper ? 8 : 0));

/**
 * Puts elements together whose bits were sorted by significance (Masui et al. 2015, Bitshuffle): row b holds bit b of every
 * element, eight elements a byte. Parameters: first row, where the floats go, bytes per row.
 * Rows are read in sixteens of bytes: behind the last one there must be room, and behind the floats for 128 of them.
 * @param bytes of an element that may be other than 0, 1 to 4
 * @param signed whether the elements are (of four bytes only)
 */
export function untransposeProgram(bytes: 1 | 2 | 4, signed: boolean): Uint8Array<ArrayBuffer> {
  const names = BYTES.flatMap((k) => BITS.map((i) => `b${k}${i}`));
  const types: Record<string, ValueType> = {
    ...{ from: 'i32', to: 'i32', row: 'i32', end: 'i32', at: 'i32' },
    ...Object.fromEntries(names.map((name) => [name, 'v128'])),
    ...Object.fromEntries(['zero', 't', 'low01', 'high01', 'low23', 'high23'].map((name) => [name, 'v128'])),
  };
  const handles = locals(types);
  const local = (name: string): Local => handles[name]!;
  const [from, to, row, end, at] = ['from', 'to', 'row', 'end', 'at'].map(local) as [Local, Local, Local, Local, Local];
  const used = BYTES.slice(0, bytes);
  const byte = (k: number, i: number): Code => (k < bytes ? local(`b${k}${i}`).get : local('zero').get);

  /** A square of eight bits by eight in each byte lane is turned about its diagonal (Hacker's Delight 7-3). */
  const turn = (k: number): Code =>
    (
      [
        [4, 0x0f],
        [2, 0x33],
        [1, 0x55],
      ] as const
    ).flatMap(([step, mask]) =>
      BITS.filter((i) => (i & step) === 0).flatMap((i) => {
        const [a, b, t] = [local(`b${k}${i}`), local(`b${k}${i + step}`), local('t')];
        const shift = i32.const(step);
        return [
          ...t.set(v128.and(v128.xor(i8x16.shr(a.get, shift), b.get), i8x16.splat(i32.const(mask)))),
          ...b.set(v128.xor(b.get, t.get)),
          ...a.set(v128.xor(a.get, i8x16.shl(t.get, shift))),
        ];
      }),
    );
  const load = (k: number): Code => [
    ...at.set(i32.add(from.get, i32.mul(row.get, i32.const(8 * k)))),
    ...BITS.flatMap((j) => [...local(`b${k}${j}`).set(v128.load(at.get)), ...at.set(i32.add(at.get, row.get))]),
    ...turn(k),
  ];
  const toFloat = signed && bytes === 4 ? f32x4.fromSigned : f32x4.fromUnsigned;
  /** Element 8 m + i lies in lane m of registers i: four floats each, in the place of the bytes they came from. */
  const widen = (i: number): Code => [
    ...local('low01').set(v128.shuffle8(byte(0, i), byte(1, i), mixed(false))),
    ...local('high01').set(v128.shuffle8(byte(0, i), byte(1, i), mixed(true))),
    ...local('low23').set(v128.shuffle8(byte(2, i), byte(3, i), mixed(false))),
    ...local('high23').set(v128.shuffle8(byte(2, i), byte(3, i), mixed(true))),
    ...BYTES.flatMap((q) => {
      const [a, b] = q < 2 ? ['low01', 'low23'] : ['high01', 'high23'];
      return local(`b${q}${i}`).set(toFloat(v128.shuffle8(local(a).get, local(b).get, mixedPairs(q % 2 === 1))));
    }),
  ];
  /** Quarter q of eight registers: floats 8 m + i for m = 4 q to 4 q + 3, turned into their order in memory. */
  const put = (q: number): Code =>
    [0, 4].flatMap((i) => {
      const [a, b, c, d] = BYTES.map((n) => local(`b${q}${i + n}`).get) as [Code, Code, Code, Code];
      const pair = (x: Code, y: Code, upper: boolean): Code =>
        v128.shuffle32(x, y, upper ? [2, 6, 3, 7] : [0, 4, 1, 5]);
      return [
        ...local('low01').set(pair(a, b, false)),
        ...local('high01').set(pair(a, b, true)),
        ...local('low23').set(pair(c, d, false)),
        ...local('high23').set(pair(c, d, true)),
        ...BYTES.flatMap((m) => {
          const [x, y] = m < 2 ? ['low01', 'low23'] : ['high01', 'high23'];
          const lanes = m % 2 === 0 ? ([0, 1, 4, 5] as const) : ([2, 3, 6, 7] as const);
          return v128.store(to.get, v128.shuffle32(local(x).get, local(y).get, lanes), 4 * (8 * (4 * q + m) + i));
        }),
      ];
    });
  const body = [
    ...end.set(i32.add(from.get, row.get)),
    ...whileTrue(i32.lessThan(from.get, end.get), [
      ...used.flatMap(load),
      ...BITS.flatMap(widen),
      ...BYTES.flatMap(put),
      ...from.set(i32.add(from.get, i32.const(16))),
      ...to.set(i32.add(to.get, i32.const(4 * GROUP))),
    ]),
  ];
  return assemble(Object.values(types), 3, body);
}

/** Leaves 1 at `result` where any byte from `from` to `end` is not 0, else 0. Parameters: from, end, result. */
export function anyProgram(): Uint8Array<ArrayBuffer> {
  const { from, end, result, all } = locals({ from: 'i32', end: 'i32', result: 'i32', all: 'v128' });
  return assemble(['i32', 'i32', 'i32', 'v128'], 3, [
    ...all.set(v128.floats(0)),
    ...repeat(
      [...all.set(v128.or(all.get, v128.load(from.get))), ...from.set(i32.add(from.get, i32.const(16)))],
      i32.lessThan(from.get, end.get),
    ),
    ...i32.store(result.get, v128.any(all.get)),
  ]);
}
