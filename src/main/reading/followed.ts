import { QUIET_FRAMES } from '@core/reduce/statistics';
import type { FrameMasks } from '@core/reduce/frame-masks';
import type { ScanRef, ScanSource } from '@main/scan/types';
import { beginPass, type Pass } from './pass';
import { orderOf, readingOrder } from './plan';

/** Scans under way, with what was read of each. */
export interface FollowedScans {
  /**
   * The pass over an open scan that was begun before, if every frame that it has read is still what it was; else one that begins.
   * @param positions of the frames that there are to be read
   * @param quick looks at the first and the last frame alone: enough to read on, and not to judge by
   * @returns undefined for a scan that is not followed: whole from the start, recorded in no order, or none of whose frames can be told from another one
   */
  passOf(
    source: ScanSource,
    masks: FrameMasks | undefined,
    positions: readonly number[],
    quick?: boolean,
  ): Pass | undefined;
  /** Lets go of what is kept of it: it is settled, or was spoilt. */
  forget(ref: ScanRef): void;
}

/** Scans kept at once: two detectors may write at the same time. */
const MOST = 2;
/** A scan of which nothing more was read for so long was given up; what comes of it later is read from its start. */
const GIVEN_UP_MS = 300_000;

interface Followed extends Pass {
  readonly shape: ScanSource['facts']['frameShape'];
  /** Of each frame as it was just before it was read: one that was changed meanwhile shows at the next look. */
  readonly prints: (string | undefined)[];
}

const keyOf = ({ format, source, number }: ScanRef): string => `${format} ${number} ${source}`;

export function createFollowedScans(): FollowedScans {
  const scans = new Map<string, Followed>();
  let timer: NodeJS.Timeout | undefined;
  const restart = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => scans.clear(), GIVEN_UP_MS).unref();
  };

  const begin = (source: ScanSource, masks: FrameMasks | undefined): Followed => {
    const pass = beginPass(source, { masks });
    const prints: (string | undefined)[] = [];
    return {
      shape: source.facts.frameShape,
      prints,
      get frames() {
        return pass.frames;
      },
      boxes: pass.boxes,
      readOn(opened, frames) {
        for (let f = prints.length; f < frames; f++) prints.push(opened.print?.(f));
        pass.readOn(opened, frames);
      },
      statistics: () => pass.statistics(),
    };
  };
  const isStill = (
    { shape, prints, ...pass }: Followed,
    source: ScanSource,
    frames: number,
    quick: boolean,
  ): boolean => {
    const { frameShape } = source.facts;
    // More prints than frames: reading ended in between.
    if (prints.length > frames || prints.length !== pass.frames) return false;
    const same = (f: number): boolean => prints[f] !== undefined && prints[f] === source.print?.(f);
    const looked = quick && prints.length > 0 ? [0, prints.length - 1] : [...prints.keys()];
    return frameShape.every((size, axis) => size === shape[axis]) && looked.every(same);
  };

  return {
    passOf(source, masks, positions, quick = false) {
      const frames = positions.length;
      const { ref, whole, ended } = source.facts;
      const key = keyOf(ref);
      const known = scans.get(key);
      scans.delete(key);
      // A mask of each frame may come to mean another one for the frames before.
      const layered = masks !== undefined && masks.own.size + masks.whole.size > 0;
      // What comes later may belong between the frames before.
      const unordered = readingOrder(orderOf(positions)) !== undefined;
      if (layered || unordered || (!known && (whole || ended === true)) || source.print?.(0) === undefined)
        return undefined;
      const pass = known && isStill(known, source, frames, quick) ? known : begin(source, masks);
      scans.set(key, pass);
      restart();
      for (const oldest of [...scans.keys()].slice(0, -MOST)) scans.delete(oldest);
      return pass;
    },
    forget: (ref) => void scans.delete(keyOf(ref)),
  };
}

/** Counts read at one call, so that nothing else waits for long: half a second's work. */
const COUNTS_AT_ONCE = 8e7;

/** To where a pass is read on at one call: whole eights, as long as there are more frames. */
export function nextStop(pass: Pass, frames: number, pixels: number): number {
  const eights = Math.max(1, Math.floor(COUNTS_AT_ONCE / pixels / QUIET_FRAMES)) * QUIET_FRAMES;
  return Math.min(frames, pass.frames - (pass.frames % QUIET_FRAMES) + eights);
}
