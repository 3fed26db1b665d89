import { BraggwatchError } from '@contract/errors';
import type { Counts } from '@main/files/counts';
import type { FrameStack } from './frames';

const behind = (stack: FrameStack): BraggwatchError =>
  stack.missing[0]?.error ?? new BraggwatchError('frames-missing', `${stack.available} frames`);

/** Stacks up to the first one of which something is missing: what comes behind it has no place yet. */
function upToGap(parts: readonly FrameStack[]): readonly FrameStack[] {
  const gap = parts.findIndex(({ missing }) => missing.length > 0);
  return gap < 0 ? parts : parts.slice(0, gap + 1);
}

function common(parts: readonly FrameStack[]): Pick<FrameStack, 'shape' | 'missing' | 'files' | 'typeMaximum'> {
  const first = parts.find(({ shape }) => shape[0] * shape[1] > 0);
  return {
    shape: first?.shape ?? [0, 0],
    missing: parts.flatMap(({ missing }) => missing),
    files: [...new Set(parts.flatMap(({ files }) => files))],
    ...(first?.typeMaximum !== undefined && { typeMaximum: first.typeMaximum }),
  };
}

function sized(counts: Counts, frames: number, [rows, cols]: readonly [number, number]): Counts {
  if (counts.length === frames * rows * cols) return counts;
  throw new BraggwatchError('frame-size-mismatch', `${counts.length} counts instead of ${frames} x ${rows} x ${cols}`);
}

/** Stacks as one, each behind the one before: a detector begins a new file after so many frames. */
export function joinFrames(parts: readonly FrameStack[]): FrameStack {
  const readable = upToGap(parts);
  const start = readable.map((_, i) => readable.slice(0, i).reduce((sum, { available }) => sum + available, 0));
  const available = readable.reduce((sum, part) => sum + part.available, 0);
  const allocated = parts.reduce((sum, part) => sum + part.allocated, 0);
  const whole = { ...common(parts), allocated };
  const partOf = (frame: number): { readonly part: FrameStack; readonly first: number } | undefined => {
    const at = start.findLastIndex((first) => first <= frame);
    const part = readable[at];
    return part && { part, first: start[at]! };
  };
  const stack: FrameStack = {
    ...whole,
    available,
    read: (from, to, into) => {
      if (to > available) throw behind({ ...whole, available, read: stack.read });
      const wanted = readable.flatMap((part, i) => {
        const [low, high] = [Math.max(from, start[i]!), Math.min(to, start[i]! + part.available)];
        return high > low ? [{ part, low: low - start[i]!, high: high - start[i]! }] : [];
      });
      const [only] = wanted;
      if (only && wanted.length === 1) return only.part.read(only.low, only.high, into);
      const [rows, cols] = whole.shape;
      let at = 0;
      if (into) {
        for (const { part, low, high } of wanted) {
          const place = into.subarray(at, at + (high - low) * rows * cols);
          const piece = sized(part.read(low, high, place), high - low, whole.shape);
          if (piece !== place) place.set(piece);
          at += piece.length;
        }
        return into;
      }
      const pieces = wanted.map(({ part, low, high }) => sized(part.read(low, high), high - low, whole.shape));
      const out = makeLike(pieces, (to - from) * rows * cols);
      for (const piece of pieces) {
        out.set(piece, at);
        at += piece.length;
      }
      return out;
    },
    readRows: (frame, top, bottom) => {
      const found = partOf(frame);
      return found?.part.readRows?.(frame - found.first, top, bottom);
    },
    print: (frame) => {
      const found = partOf(frame);
      return found?.part.print?.(frame - found.first);
    },
  };
  return stack;
}

/** An array of the pieces' type, or of one that holds all of them. */
function makeLike(pieces: readonly Counts[], length: number): Counts {
  const [first] = pieces;
  const alike = pieces.every((piece) => piece.constructor === first?.constructor);
  return first && alike ? new (first.constructor as new (length: number) => Counts)(length) : new Float64Array(length);
}

/**
 * Stacks as one frame each: several exposures at every point of a scan, a file for each point. The largest value of their type,
 * which marks gaps, stays what it is.
 */
export function sumFrames(parts: readonly FrameStack[]): FrameStack {
  const readable = upToGap(parts).filter(({ available, missing }) => available > 0 && missing.length === 0);
  const whole = { ...common(parts), allocated: parts.length };
  const [rows, cols] = whole.shape;
  const one = (part: FrameStack): Counts => {
    const out = new Float64Array(rows * cols);
    for (let f = 0; f < part.available; f++) {
      const counts = sized(part.read(f, f + 1), 1, whole.shape);
      for (let p = 0; p < out.length; p++) {
        out[p] =
          counts[p] === whole.typeMaximum || out[p] === whole.typeMaximum ? whole.typeMaximum! : out[p]! + counts[p]!;
      }
    }
    return out;
  };
  const stack: FrameStack = {
    ...whole,
    available: readable.length,
    read: (from, to, into) => {
      if (to > readable.length) throw behind({ ...whole, available: readable.length, read: stack.read });
      const out = into ?? new Float64Array((to - from) * rows * cols);
      readable.slice(from, to).forEach((part, k) => out.set(one(part), k * rows * cols));
      return out;
    },
    print(frame) {
      const part = readable[frame];
      const prints = Array.from({ length: part?.available ?? 0 }, (_, f) => part?.print?.(f));
      return prints.length > 0 && prints.every((print) => print !== undefined) ? prints.join(' ') : undefined;
    },
  };
  return stack;
}
