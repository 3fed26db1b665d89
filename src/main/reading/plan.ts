import { BraggwatchError, warning, type Warning } from '@contract/errors';
import type { FrameMasks } from '@core/reduce/frame-masks';
import type { ScanFrames } from './scan-frames';
import { mendPositions } from './positions';

/** What each frame of a scan is: where it was taken, and whether it is worth anything. */
export interface FramePlan {
  /** Of the rocking motor, one per frame. */
  readonly positions: Float64Array;
  readonly unmeasured: ReadonlySet<number>;
  readonly warnings: readonly Warning[];
}

/**
 * Where the frames of a scan belong, once they are read.
 * @throws BraggwatchError not-a-rocking-curve where most frames are worth nothing
 */
export function planFrames(
  recorded: readonly number[],
  { statistics: { frames }, doubled, corrupt }: Pick<ScanFrames, 'statistics' | 'doubled' | 'corrupt'>,
  masks: FrameMasks | undefined,
): FramePlan {
  const { positions, interpolated, unknown } = mendPositions(recorded.slice(0, frames));
  const whole = [...(masks?.whole ?? [])];
  const asked = [...interpolated, ...unknown].sort((a, b) => a - b);
  const warnings: Warning[] = [];
  const tell = (code: Parameters<typeof warning>[0], found: readonly number[]): void => {
    if (found.length > 0) warnings.push(warning(code, `${listed(found)}.`));
  };
  tell('positions-interpolated', asked);
  tell('frames-corrupt', corrupt);
  tell('frames-doubled', doubled);
  tell('frames-masked', whole);
  const unmeasured = new Set([...unknown, ...doubled, ...corrupt, ...whole]);
  if (frames - unmeasured.size < frames / 2)
    throw new BraggwatchError('not-a-rocking-curve', `${unmeasured.size} of ${frames} frames are worth nothing`);
  return { positions, unmeasured, warnings };
}

/** The frames by their angles; those that nobody knows are interpolated, as everywhere, or stay beside the one before. */
export function orderOf(recorded: readonly number[]): number[] {
  const { positions } = mendPositions(recorded);
  let last = positions.find(Number.isFinite) ?? 0;
  const at = positions.map((position) => (last = Number.isFinite(position) ? position : last));
  return [...at.keys()].sort((a, b) => at[a]! - at[b]!);
}

/** Frames that are so few places away from where their angles would have them were recorded in order: a motor trembles. */
const TREMBLE = 4;

/**
 * In which order frames are to be read so that those one after the other lie beside each other in angle: cosmic rays and steady pixels
 * are told by eight frames in a row.
 * @param byAngle the frames by their angles
 * @returns undefined for frames that were recorded so, up or down
 */
export function readingOrder(byAngle: readonly number[] | undefined): readonly number[] | undefined {
  const last = (byAngle?.length ?? 0) - 1;
  const isUp = byAngle?.every((frame, place) => Math.abs(frame - place) <= TREMBLE);
  const isDown = byAngle?.every((frame, place) => Math.abs(frame - (last - place)) <= TREMBLE);
  return isUp || isDown ? undefined : byAngle;
}

/** Frames by their numbers, counted from 0 as everywhere. */
export const listed = (frames: readonly number[]): string =>
  `Frame${frames.length > 1 ? 's' : ''} ${frames.join(', ')}`;
