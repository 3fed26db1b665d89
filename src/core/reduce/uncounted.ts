import type { FrameMasks } from './frame-masks';

/**
 * The pixels of each frame that hold no count: not a number, infinite, negative, a mark for what was not measured. Ascending; frames in
 * which they are the same share one list, as nearly all do in a detector whose gaps are marked.
 */
export type Uncounted = readonly Int32Array[];

const none = new Int32Array(0);
/** Lists of all frames together, entries: more of them are no mask, but values that are no counts. */
const MOST_ENTRIES = 2 ** 25;
/** Of a frame's pixels, so many hold no count where it was taken out as a whole. */
const WHOLE = 0.98;

/** The pixels that are flagged, ascending. */
export function flagged(flags: Uint8Array): Int32Array {
  let length = 0;
  for (let p = 0; p < flags.length; p++) if (flags[p] !== 0) length++;
  const pixels = new Int32Array(length);
  for (let p = 0, at = 0; at < length; p++) if (flags[p] !== 0) pixels[at++] = p;
  return pixels;
}

/** Gathers them frame by frame. */
export interface UncountedFold {
  /** Of the frames so far. */
  readonly lists: Uncounted;
  /** Adds a frame. @param pixels ascending */
  add(pixels: ArrayLike<number>): void;
}

export function foldUncounted(): UncountedFold {
  const lists: Int32Array[] = [];
  let last = none;
  let entries = 0;
  return {
    lists,
    add(pixels) {
      if (!isSame(last, pixels)) {
        // Beyond what may be kept the pixel counts, so that the share that is told stays a lower bound.
        entries += pixels.length;
        last = pixels.length === 0 ? none : entries > MOST_ENTRIES ? last : Int32Array.from(pixels);
      }
      lists.push(last);
    },
  };
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** What of it all frames share, and what single frames hold beyond that. */
export interface UncountedParts {
  /** rows x cols, 1 = no count in any frame that was not taken out as a whole. */
  readonly common: Uint8Array;
  readonly commonPixels: number;
  /** Frames without any count. */
  readonly whole: readonly number[];
  /** Pixels beyond the common ones; frames without any are left out. */
  readonly own: ReadonlyMap<number, Int32Array>;
  /** Share of all pixels of all frames but those that were taken out. */
  readonly share: number;
}

/** @param pixels rows x cols */
export function uncountedParts(lists: Uncounted, pixels: number): UncountedParts {
  const nothing = lists.every((list) => list.length === 0);
  if (nothing) return { common: new Uint8Array(pixels), commonPixels: 0, whole: [], own: new Map(), share: 0 };
  const isWhole = (list: Int32Array): boolean => pixels > 0 && list.length >= WHOLE * pixels;
  const all = [...lists.keys()];
  const whole = all.every((f) => isWhole(lists[f]!)) ? [] : all.filter((f) => isWhole(lists[f]!));
  const left = whole.length > 0 ? all.filter((f) => !isWhole(lists[f]!)) : all;
  const distinct = new Set(left.map((f) => lists[f]!));
  const times = new Uint32Array(pixels);
  for (const list of distinct) for (const p of list) times[p]!++;
  const common = new Uint8Array(pixels);
  let commonPixels = 0;
  for (let p = 0; p < pixels; p++) {
    if (times[p] !== distinct.size || distinct.size === 0) continue;
    common[p] = 1;
    commonPixels++;
  }
  const beyond = new Map([...distinct].map((list) => [list, list.filter((p) => common[p] === 0)]));
  const own = new Map(
    left.flatMap((f) => (beyond.get(lists[f]!)!.length > 0 ? [[f, beyond.get(lists[f]!)!] as const] : [])),
  );
  const total = left.reduce((sum, f) => sum + lists[f]!.length, 0);
  return { common, commonPixels, whole, own, share: total / Math.max(1, left.length * pixels) };
}

/** A file's masks and what single frames did not count besides, as one. @returns undefined where there is neither */
export function withUncounted(
  masks: FrameMasks | undefined,
  { common, whole, own }: UncountedParts,
): FrameMasks | undefined {
  if (whole.length === 0 && own.size === 0) return masks;
  if (!masks) return { common: new Uint8Array(common.length), whole: new Set(whole), own };
  const both = new Map(masks.own);
  for (const [frame, pixels] of own) {
    const seen = pixels.filter((p) => masks.common[p] === 0);
    const former = both.get(frame);
    if (seen.length > 0) both.set(frame, former ? Int32Array.from(new Set([...former, ...seen])) : seen);
  }
  return { common: masks.common, whole: new Set([...masks.whole, ...whole]), own: both };
}
