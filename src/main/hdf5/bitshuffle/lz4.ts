import {
  assemble,
  i32,
  leave,
  locals,
  v128,
  when,
  whileTrue,
  type Code,
  type Local,
  type ValueType,
} from '@core/wasm/assembler';

/** Room behind every buffer: bytes are copied sixteen at a time. */
export const SLACK = 32;
/** Where the end of what was written is left; 0 where the block is damaged. */
export const RESULT = 0;

const types = {
  from: 'i32',
  fromEnd: 'i32',
  start: 'i32',
  toEnd: 'i32',
  to: 'i32',
  token: 'i32',
  length: 'i32',
  byte: 'i32',
  match: 'i32',
  end: 'i32',
  period: 'i32',
} as const satisfies Record<string, ValueType>;

/**
 * Decodes one LZ4 block (LZ4 Block Format Description, 2022): sequences of literals and of copies from what was written.
 * Parameters: begin and end of the block, begin and end of the place for what it holds. Every bound is checked.
 */
export function lz4Program(): Uint8Array<ArrayBuffer> {
  const { from, fromEnd, start, toEnd, to, token, length, byte, match, end, period } = locals(types);
  const add = (local: Local, by: Code): Code => local.set(i32.add(local.get, by));
  const one = i32.const(1);
  /** Lengths of 15 and more go on in the bytes that follow, each full one asking for the next. */
  const longer = when(i32.equal(length.get, i32.const(15)), [
    ...byte.set(i32.const(255)),
    ...whileTrue(i32.and(i32.equal(byte.get, i32.const(255)), i32.lessThan(from.get, fromEnd.get)), [
      ...byte.set(i32.load8(from.get)),
      ...add(from, one),
      ...add(length, byte.get),
    ]),
  ]);
  /** From `match` on to `to`, up to `end`, sixteen bytes at a time. */
  const copy = whileTrue(i32.lessThan(to.get, end.get), [
    ...v128.store(to.get, v128.load(match.get)),
    ...add(to, i32.const(16)),
    ...add(match, i32.const(16)),
  ]);
  const fits = (room: Code): Code => when(i32.greaterThan(length.get, room), leave);

  const literals = [
    ...length.set(i32.shr(token.get, i32.const(4))),
    ...longer,
    ...fits(i32.sub(fromEnd.get, from.get)),
    ...fits(i32.sub(toEnd.get, to.get)),
    ...match.set(from.get),
    ...end.set(i32.add(to.get, length.get)),
    ...copy,
    ...to.set(end.get),
    ...add(from, length.get),
  ];
  const matches = [
    ...when(i32.lessThan(i32.sub(fromEnd.get, from.get), i32.const(2)), leave),
    ...period.set(i32.load16(from.get)),
    ...add(from, i32.const(2)),
    ...when(i32.isZero(period.get), leave),
    ...when(i32.greaterThan(period.get, i32.sub(to.get, start.get)), leave),
    ...length.set(i32.and(token.get, i32.const(15))),
    ...longer,
    ...add(length, i32.const(4)),
    ...fits(i32.sub(toEnd.get, to.get)),
    ...match.set(i32.sub(to.get, period.get)),
    ...end.set(i32.add(to.get, length.get)),
    // A copy that overlaps itself repeats its period: once that is written often enough, sixteen bytes at a time are right again.
    ...when(i32.lessThan(period.get, i32.const(16)), [
      ...byte.set(match.get),
      ...whileTrue(i32.lessThan(i32.sub(to.get, byte.get), i32.add(i32.const(16), period.get)), [
        ...i32.store8(to.get, i32.load8(match.get)),
        ...add(to, one),
        ...add(match, one),
      ]),
      // `to` is now a multiple of nothing in particular behind `byte`, but `match` follows it by one period: go back by whole ones.
      ...whileTrue(i32.lessThan(i32.sub(to.get, match.get), i32.const(16)), match.set(i32.sub(match.get, period.get))),
    ]),
    ...copy,
    ...to.set(end.get),
  ];
  const body = [
    ...i32.store(i32.const(RESULT), i32.const(0)),
    ...to.set(start.get),
    ...whileTrue(i32.lessThan(from.get, fromEnd.get), [
      ...token.set(i32.load8(from.get)),
      ...add(from, one),
      ...literals,
      // The last sequence has literals only.
      ...when(i32.lessThan(from.get, fromEnd.get), matches),
    ]),
    ...i32.store(i32.const(RESULT), to.get),
  ];
  return assemble(Object.values(types), 4, body);
}
