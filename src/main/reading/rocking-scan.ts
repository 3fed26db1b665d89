import type { FrameMasks } from '@core/reduce/frame-masks';
import { withGeometry } from '@main/scan/given';
import { assertEnoughFrames, byItsRockingMotor, checkRocking, type RockingMotor } from '@main/scan/rocking';
import type { ScanFacts, ScanSource } from '@main/scan/types';
import type { GeometrySources } from './geometry';
import { frameMasks } from './read-into';

/** A scan of which it is known, before any frame is read, that it may be a rocking curve. */
export interface RockingScan {
  /** With what a geometry file says. */
  readonly facts: ScanFacts;
  readonly motor: RockingMotor;
  readonly masks: FrameMasks | undefined;
  /** Frames that have a position. */
  readonly frames: number;
}

/**
 * What there is of an open scan that may be a rocking curve.
 * @throws BraggwatchError frames-missing, geometry-incomplete, points-mismatch, not-a-rocking-curve
 */
export function rockingScan(source: ScanSource, wishes: GeometrySources): RockingScan {
  // A geometry file beside the scan counts unless the command gives another word.
  const facts = byItsRockingMotor(withGeometry(source.facts, wishes.file), wishes);
  assertEnoughFrames(facts);
  const motor = checkRocking(facts, { ...wishes, file: facts.geometry });
  const frames = Math.min(facts.framesPresent, motor.positions.length);
  return { facts, motor, masks: frameMasks(source), frames };
}
