import {
  assemble,
  f32x4,
  f64x2,
  i32,
  locals,
  repeat,
  v128,
  when,
  type Code,
  type Local,
  type ValueType,
} from '@core/wasm/assembler';

/** Frames summed before their minimum is taken: few enough to see the background between two fringes. */
export const QUIET_FRAMES = 8;
/** No detector counts so far in one frame; the 2^32 - 1 that Dectris writes into gaps lies above. */
export const INVALID = 4e9;
/** A single pixel in a single frame that exceeds everything about it this many times is a cosmic ray, not a fringe. */
export const ZINGER_RATIO = 8;
export const ZINGER_COUNTS = 20;

/** Pixels that the program sees at once: the same of eight frames stay in the processor's second cache. */
export const BAND = 4096;
const FRAME = 4 * BAND;
/** Places in the program's memory, in bytes. */
export const at = {
  /** Eight times the band's pixels of a frame, float32. */
  frames: 0,
  /** Their sums over the frames, float32. */
  group: QUIET_FRAMES * FRAME,
  /** Pixels, four by four, in which a cosmic ray may be, int32. */
  suspects: (QUIET_FRAMES + 1) * FRAME,
  /** Four int32, all bits 1 where every count is one. */
  valid: (QUIET_FRAMES + 2) * FRAME,
  /** Where the list of suspects ends, int32. */
  end: (QUIET_FRAMES + 2) * FRAME + 16,
  /** Two float64 per frame, whose sum is that of the frame's pixels. */
  sums: (QUIET_FRAMES + 2) * FRAME + 32,
} as const;
export const MEMORY_BYTES = at.sums + 16 * QUIET_FRAMES;

const FRAMES = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/**
 * The innermost loop of reading: four pixels of eight frames at a time. Sums over the frames in single precision (exact below 2^24),
 * sums over a frame in double; whether every count is one that a detector records; and which pixels may hold a cosmic ray, by
 * the frames before and after alone. Parameter: bytes of a frame's pixels, a multiple of 16.
 */
export function octetProgram(): Uint8Array<ArrayBuffer> {
  const types: Record<string, ValueType> = {
    ...{ bytes: 'i32', p: 'i32', list: 'i32' },
    ...Object.fromEntries(FRAMES.flatMap((f) => [`v${f}`, `sum${f}`]).map((name) => [name, 'v128'] as const)),
    ...{ valid: 'v128', ray: 'v128' },
  };
  const handles = locals(types);
  const local = (name: string): Local => handles[name]!;
  const [bytes, p, list, valid, ray] = ['bytes', 'p', 'list', 'valid', 'ray'].map(local) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const counts = (f: number): Code => local(`v${f}`).get;
  const all = (how: (a: Code, b: Code) => Code): Code => {
    const [a, b, c, d, e, f, g, h] = FRAMES.map(counts) as [Code, Code, Code, Code, Code, Code, Code, Code];
    return how(how(how(a, b), how(c, d)), how(how(e, f), how(g, h)));
  };
  const beyond = (f: number): Code => {
    const [before, after] = [counts(f === 0 ? 1 : f - 1), counts(f === 7 ? 6 : f + 1)];
    const most = f32x4.add(f32x4.mul(f32x4.max(before, after), v128.floats(ZINGER_RATIO)), v128.floats(ZINGER_COUNTS));
    return f32x4.greaterThan(counts(f), most);
  };
  const body = [
    ...list.set(i32.const(at.suspects)),
    // Equal to itself: all bits 1.
    ...valid.set(f32x4.atLeast(v128.floats(1), v128.floats(0))),
    ...FRAMES.flatMap((f) => local(`sum${f}`).set(v128.floats(0))),
    ...repeat(
      [
        ...FRAMES.flatMap((f) => local(`v${f}`).set(v128.load(p.get, at.frames + f * FRAME))),
        ...valid.set(v128.and(valid.get, f32x4.atLeast(all(f32x4.min), v128.floats(0)))),
        ...valid.set(v128.and(valid.get, f32x4.lessThan(all(f32x4.max), v128.floats(INVALID)))),
        ...v128.store(p.get, all(f32x4.add), at.group),
        ...FRAMES.flatMap((f) => {
          const upper = v128.shuffle32(counts(f), counts(f), [2, 3, 2, 3]);
          const pairs = f64x2.add(f64x2.fromLowerFloats(counts(f)), f64x2.fromLowerFloats(upper));
          return local(`sum${f}`).set(f64x2.add(local(`sum${f}`).get, pairs));
        }),
        ...ray.set(FRAMES.map(beyond).reduce((a, b) => v128.or(a, b))),
        ...when(v128.any(ray.get), [
          ...i32.store(list.get, i32.shr(p.get, i32.const(2))),
          ...list.set(i32.add(list.get, i32.const(4))),
        ]),
        ...p.set(i32.add(p.get, i32.const(16))),
      ],
      i32.lessThan(p.get, bytes.get),
    ),
    ...v128.store(i32.const(0), valid.get, at.valid),
    ...i32.store(i32.const(0), list.get, at.end),
    ...FRAMES.flatMap((f) => v128.store(i32.const(0), local(`sum${f}`).get, at.sums + 16 * f)),
  ];
  return assemble(Object.values(types), 1, body);
}
