import type { Counts } from '@main/files/counts';
import type { FrameStack } from '@main/hdf5/frames';
import { othersOf } from './beside';
import type { ScanFacts } from './types';

/** What memory and files hold where nobody has written: zeros, or no number at all. */
function isEmpty(counts: Counts): boolean {
  // Most frames that hold nothing hold zeros, whatever their type: looked at four bytes at a time.
  const words = counts.byteOffset % 4 === 0 ? Math.floor(counts.byteLength / 4) : 0;
  const zeros = new Int32Array(counts.buffer, counts.byteOffset, words);
  let at = 0;
  while (at < words && zeros[at] === 0) at++;
  for (let i = Math.floor((4 * at) / counts.BYTES_PER_ELEMENT); i < counts.length; i++) {
    const value = counts[i]!;
    if (value !== 0 && !Number.isNaN(value)) return false;
  }
  return true;
}

/**
 * Frames up to the last one that holds something: detectors and programs allocate ahead, and what is not written yet reads as empty.
 * One frame is read where the last is full; of n empty ones at the end, about 3 log2(n). A single dark frame among full ones does not
 * mislead it.
 * @param read the counts of one frame
 * @param onward they can only be read one after the other: all of them are
 */
export function filledFrames(read: (frame: number) => Counts, frames: number, onward = false): number {
  if (onward) return filledOnward(read, frames);
  const empty = (frame: number): boolean => isEmpty(read(frame));
  if (frames === 0 || !empty(frames - 1)) return frames;
  // Invariant: `last` is empty, and so is all behind it. Before the first frame counts as full.
  let last = frames - 1;
  const desert = (frame: number): boolean =>
    [frame, frame + 1, frame - 1].every((each) => each < 0 || each >= last || empty(each));
  let step = 1;
  let full = last - step;
  while (full >= 0 && desert(full)) {
    last = full;
    step *= 2;
    full = last - step;
  }
  full = Math.max(full, -1);
  while (last - full > 1) {
    const middle = Math.floor((full + last) / 2);
    if (desert(middle)) last = middle;
    else full = middle;
  }
  // The frame found full may be an empty one beside a full one.
  return full < 0 || !empty(full) ? full + 1 : lastFull(empty, full, frames);
}

/** Reads single frames of a stack, past the HDF5 library where that is faster: whether they hold something is asked at every look. */
export const framesFrom =
  (frames: FrameStack) =>
  (frame: number): Counts =>
    frames.readRows?.(frame, 0, frames.shape[0]) ?? frames.read(frame, frame + 1);

/**
 * What there is of a scan's frames: those that hold something, those behind them for which there is only room, and the files in which
 * they lie.
 * @param points of the scan's table; frames beyond them are not the scan's
 * @param master the scan's own file, which is no other one
 */
export function framesIn(
  frames: FrameStack | undefined,
  points: number,
  master: string,
): Pick<ScanFacts, 'framesPresent' | 'framesEmpty' | 'beside'> {
  if (!frames) return { framesPresent: 0 };
  const framesPresent = filledFrames(framesFrom(frames), Math.min(frames.available, points));
  const room = Math.min(frames.allocated, points) - framesPresent;
  return {
    framesPresent,
    ...(room > 0 && { framesEmpty: room }),
    beside: othersOf(frames.files, master),
  };
}

function filledOnward(read: (frame: number) => Counts, frames: number): number {
  let filled = 0;
  for (let frame = 0; frame < frames; frame++) if (!isEmpty(read(frame))) filled = frame + 1;
  return filled;
}

/** Around an empty frame next to a full one: which is the last that is full. */
function lastFull(empty: (frame: number) => boolean, about: number, frames: number): number {
  if (about + 1 < frames && !empty(about + 1)) return about + 2;
  let last = about;
  while (last >= 0 && empty(last)) last--;
  return last + 1;
}
