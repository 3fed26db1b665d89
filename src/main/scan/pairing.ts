import { BraggwatchError, warning, type Warning } from '@contract/errors';
import type { Counts } from '@main/files/counts';
import type { ScanFacts } from './types';

/** A scan that was stopped, or whose detector missed its end, is judged with what it has if that is this share of it. */
const ENOUGH = 0.5;
/** A complete scan whose table and frames differ by more than this share is not the frames' own. */
const TOLERATED = 0.1;

/** Whether what an ended scan has is enough to be judged by, though frames at its end are not there. */
export const isEnough = (present: number, expected: number): boolean => present >= ENOUGH * expected;

/** Whether frames and positions differ by so little that they belong together all the same. */
export const almostEqual = (frames: number, positions: number): boolean =>
  Math.abs(frames - positions) <= TOLERATED * Math.max(frames, positions);

/** What there is to say where frames and positions of an ended scan differ in number. */
export function pairingWarnings(frames: number, positions: number, detail = ''): Warning[] {
  if (frames === positions || frames === 0 || positions === 0) return [];
  return [warning('points-differ', [`${frames} frames, ${positions} positions.`, detail].filter(Boolean).join(' '))];
}

/** Points that a command may be understood to announce too many: a continuous scan may count its intervals. */
const ONE_OFF = 1;

/** What there is to say of an ended scan that was stopped before it had taken what its command announced. */
export function stoppedWarnings(points: number, announced: number): Warning[] {
  return points > 0 && announced - points > ONE_OFF
    ? [warning('scan-stopped', `${points} of ${announced} points.`)]
    : [];
}

/** How many positions of the scanned motor are listed; as many as there are frames where no list is. */
function listedFor({ motor, positions }: ScanFacts, frames: number): number {
  const value = motor === undefined ? undefined : positions[motor];
  return typeof value === 'object' ? value.length : frames;
}

/**
 * The facts of a stack whose positions a geometry file lists. Where there are a few more or fewer than frames, they are paired from the
 * first on, and that is said. Frames that lack in what can grow may still come: the scan is not whole, however its own record looks.
 * @param frames of the stack, empty ones included
 * @param grows whether the format is written frame by frame
 */
export function pairedFromFirst(facts: ScanFacts, frames: number, grows: boolean): ScanFacts {
  const positions = listedFor(facts, frames);
  if (positions === frames || !almostEqual(frames, positions)) return facts;
  if (grows && positions > frames) return { ...facts, whole: false, framesExpected: positions };
  const framesPresent = Math.min(facts.framesPresent, positions);
  return { ...facts, framesPresent, warnings: [...facts.warnings, ...pairingWarnings(frames, positions)] };
}

/**
 * Refuses a stack whose frames and listed positions differ in number by more than a scan's last ones.
 * @param frames of the stack, empty ones included
 * @throws BraggwatchError points-mismatch
 */
export function checkPositions(facts: ScanFacts, frames: number): void {
  const positions = listedFor(facts, frames);
  if (!almostEqual(frames, positions))
    throw new BraggwatchError('points-mismatch', `${positions} positions of ${facts.motor}, ${frames} frames`);
}

/**
 * Finds frames that were stored twice: exact copies of the one before, with counts in them.
 * @param most as many as there are too many; more of them are no slip of the detector but its way
 * @returns their indices; empty where their number is another
 */
export function doubledFrames(read: (frame: number) => Counts, frames: number, most: number): readonly number[] {
  const found: number[] = [];
  let before: Counts | undefined;
  for (let frame = 0; frame < frames; frame++) {
    const counts = read(frame);
    const former = before;
    if (former?.every((value: number, i: number) => value === counts[i]) && counts.some((value: number) => value > 0))
      found.push(frame);
    before = counts;
  }
  return found.length === most ? found : [];
}

/** What the positions of the frames are once those stored twice are left out. */
export function withoutFrames(frames: number, left: readonly number[]): readonly number[] {
  return Array.from({ length: frames }, (_, frame) => frame).filter((frame) => !left.includes(frame));
}

/** Reads frames [from, to) of a stack of which some are left out. @param kept the stack's frames that are not */
export function readKept(
  read: (from: number, to: number, into?: Counts) => Counts,
  kept: readonly number[],
  from: number,
  to: number,
): Counts {
  const wanted = kept.slice(from, to);
  const low = wanted[0] ?? 0;
  const high = (wanted.at(-1) ?? -1) + 1;
  const all = read(low, high);
  if (high - low === wanted.length) return all;
  const pixels = all.length / (high - low);
  wanted.forEach((frame, k) => all.copyWithin(k * pixels, (frame - low) * pixels, (frame - low + 1) * pixels));
  return all.subarray(0, wanted.length * pixels);
}
