/**
 * A few WebAssembly instructions as functions that give their bytes, so that a hot loop can be written where it is used and needs no
 * tool to build. Operands come first, as in the text format's folded form. Opcodes: WebAssembly Core Specification 2.0, appendix A.7.
 */
export type Code = readonly number[];

const codes = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof codes;

/** LEB128, as the format writes whole numbers. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (; value < -64 || value > 63; value >>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value & 0x7f];
}

const doubleBytes = (value: number): number[] => [...new Uint8Array(Float64Array.of(value).buffer)];

const one =
  (...opcode: number[]) =>
  (a: Code): Code => [...a, ...opcode];
const two =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];
/** Memory is addressed with a constant offset; alignment is a hint only and left at one byte. */
const load =
  (...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, 0, ...unsigned(offset)];
const store =
  (...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...opcode, 0, ...unsigned(offset)];
const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: two(0x6a),
  sub: two(0x6b),
  mul: two(0x6c),
  and: two(0x71),
  shl: two(0x74),
  shr: two(0x76),
  isZero: one(0x45),
  equal: two(0x46),
  lessThan: two(0x49),
  greaterThan: two(0x4b),
  load: load(0x28),
  load8: load(0x2d),
  load16: load(0x2f),
  store: store(0x36),
  store8: store(0x3a),
  truncateF64: one(0xaa),
};
export const f64 = {
  const: (value: number): Code => [0x44, ...doubleBytes(value)],
  load: load(0x2b),
  ceil: one(0x9b),
  add: two(0xa0),
  sub: two(0xa1),
  mul: two(0xa2),
  fromI32: one(0xb7),
};
export const v128 = {
  load: load(...simd(0x00)),
  /** One double into both lanes. */
  load64Splat: load(...simd(0x0a)),
  /** One float into all four lanes. */
  load32Splat: load(...simd(0x09)),
  store: store(...simd(0x0b)),
  /** The same number in all four lanes of floats. */
  floats: (value: number): Code => [
    ...simd(0x0c),
    ...new Uint8Array(Float32Array.of(value, value, value, value).buffer),
  ],
  and: two(...simd(0x4e)),
  or: two(...simd(0x50)),
  xor: two(...simd(0x51)),
  /** 1 where any bit is 1. */
  any: one(...simd(0x53)),
  /** Bits of `a` where the mask's are 1, of `b` elsewhere. */
  select: (a: Code, b: Code, mask: Code): Code => [...a, ...b, ...mask, ...simd(0x52)],
  /** Four lanes of 32 bits out of the eight of `a` (0 to 3) and `b` (4 to 7). */
  shuffle32: (a: Code, b: Code, lanes: readonly [number, number, number, number]): Code => [
    ...a,
    ...b,
    ...simd(0x0d),
    ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
  ],
  /** Sixteen bytes out of those of `a` (0 to 15) and `b` (16 to 31). */
  shuffle8: (a: Code, b: Code, lanes: readonly number[]): Code => [...a, ...b, ...simd(0x0d), ...lanes],
};
export const i8x16 = {
  splat: one(...simd(0x0f)),
  /** Each byte shifted by as many bits. */
  shl: two(...simd(0x6b)),
  shr: two(...simd(0x6d)),
};
export const f32x4 = {
  splat: one(...simd(0x13)),
  fromSigned: one(...simd(0xfa)),
  fromUnsigned: one(...simd(0xfb)),
  sqrt: one(...simd(0xe3)),
  add: two(...simd(0xe4)),
  sub: two(...simd(0xe5)),
  mul: two(...simd(0xe6)),
  div: two(...simd(0xe7)),
  /** Not a number where either is none. */
  min: two(...simd(0xe8)),
  max: two(...simd(0xe9)),
  lessThan: two(...simd(0x43)),
  greaterThan: two(...simd(0x44)),
  /** All bits of a lane 1 where a >= b, 0 elsewhere. */
  atLeast: two(...simd(0x46)),
};
export const f64x2 = {
  /** The two lower floats of four. */
  fromLowerFloats: one(...simd(0x5f)),
  splat: one(...simd(0x14)),
  add: two(...simd(0xf0)),
  sub: two(...simd(0xf1)),
  mul: two(...simd(0xf2)),
};

/** One after the other. */
export const all = (...parts: readonly Code[]): Code => parts.flat();

/** Runs its body, and again as long as the condition behind it is not 0. */
export const repeat = (body: Code, condition: Code): Code => [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b];

/** Runs its body while the condition before it is not 0. */
export const whileTrue = (condition: Code, body: Code): Code => [
  ...[0x02, 0x40, 0x03, 0x40],
  ...i32.isZero(condition),
  ...[0x0d, 1],
  ...body,
  ...[0x0c, 0, 0x0b, 0x0b],
];

/** Runs its body if the condition is not 0. */
export const when = (condition: Code, body: Code): Code => [...condition, 0x04, 0x40, ...body, 0x0b];

/** Ends the function. */
export const leave: Code = [0x0f];

export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

/** Moves addresses on by so many bytes. */
export const advance = (bytes: number, ...pointers: readonly Local[]): Code =>
  pointers.flatMap((pointer) => pointer.set(i32.add(pointer.get, i32.const(bytes))));

/** Handles of a function's locals, numbered in the order given. */
export function locals<N extends string>(types: Readonly<Record<N, ValueType>>): Record<N, Local> {
  const entries = Object.keys(types).map((name, index): [string, Local] => [
    name,
    { get: [0x20, ...unsigned(index)], set: (value) => [...value, 0x21, ...unsigned(index)] },
  ]);
  return Object.fromEntries(entries) as Record<N, Local>;
}

const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, items: readonly Code[]): Code => [id, ...sized(list(items))];
const name = (text: string): Code => sized([...new TextEncoder().encode(text)]);

/**
 * A module that works on the memory `js.memory` and exports one function, `run`, without a result.
 * @param types the function's locals, of which the first `params` are its parameters
 */
export function assemble(types: readonly ValueType[], params: number, body: Code): Uint8Array<ArrayBuffer> {
  const kinds = types.map((type) => codes[type]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, ...list(kinds.slice(0, params).map((k) => [k])), 0]]),
    ...section(2, [[...name('js'), ...name('memory'), 2, 0, 1]]),
    ...section(3, [[0]]),
    ...section(7, [[...name('run'), 0, 0]]),
    ...section(10, [sized([...list(kinds.slice(params).map((k) => [1, k])), ...body, 0x0b])]),
  ]);
}
