import { basename } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import type { FrameMasks } from '@core/reduce/frame-masks';
import { geometryPlaces } from '@main/scan/beside';
import { withGeometry } from '@main/scan/given';
import { isEnergy, lookUp } from '@main/scan/motor';
import { moves } from '@main/scan/moving';
import { isEnough } from '@main/scan/pairing';
import { rockingNames } from '@main/scan/presets';
import type { ScanFacts, ScanSource } from '@main/scan/types';
import type { GeometrySources } from './geometry';
import { frameMasks } from './read-into';

const FEWEST_FRAMES = 8;
/** Formats that do not record what was scanned: a geometry file beside them does. */
const NEEDS_GEOMETRY: ReadonlySet<FormatName> = new Set(['npz', 'mat', 'tiff', 'cxi']);
/** Of the rocking motor's positions so many must be numbers. */
const MOST_READ = 0.8;
/** A scan of which it is known, before any frame is read, that it may be a rocking curve. */
export interface RockingScan {
  /** With what a geometry file says. */
  readonly facts: ScanFacts;
  /** The scanned motor, and where it stood at each frame. */
  readonly motor: { readonly name: string; readonly positions: readonly number[] };
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

/** Refuses an ended scan of which files are named that are not there, or too little is: a scan that was stopped is judged with what it has. */
export function assertEnoughFrames({ ended, whole, missing = [], framesPresent, framesExpected }: ScanFacts): void {
  const none = framesPresent === 0 && missing.length > 0;
  if ((!ended && !none) || whole || (missing.length === 0 && isEnough(framesPresent, framesExpected))) return;
  const files = missing.join(', ');
  throw new BraggwatchError('frames-missing', files || `${framesPresent} of ${framesExpected} frames`);
}

/** Motors that rock a crystal in this scan's geometry, lower case. */
function rockingOf(facts: ScanFacts, { preset }: GeometrySources): string[] {
  const own = facts.transformations?.sample.map(({ motor }) => motor) ?? [];
  return [...rockingNames(preset), ...own].map((name) => name.toLowerCase());
}

/** Of several motors that moved together the one that rocks the crystal counts, whichever the command names first. */
function byItsRockingMotor(facts: ScanFacts, sources: GeometrySources): ScanFacts {
  const { motor, positions } = facts;
  const rocking = rockingOf(facts, sources);
  const given = motor !== undefined && typeof lookUp(facts.geometry?.positions, motor) === 'object';
  if (motor === undefined || given || isEnergy(motor) || rocking.includes(motor.toLowerCase())) return facts;
  const other = Object.entries(positions).find(
    ([name, value]) => typeof value === 'object' && rocking.includes(name.toLowerCase()) && moves(value),
  );
  return other ? { ...facts, motor: other[0] } : facts;
}

/** The scanned motor and its positions, or why this is no rocking curve. */
function checkRocking(facts: ScanFacts, sources: GeometrySources): { name: string; positions: number[] } {
  const { preset, file } = sources;
  const refuse = (detail: string): never => {
    throw new BraggwatchError('not-a-rocking-curve', detail);
  };
  const rocking = rockingOf(facts, sources);
  const name = facts.motor;
  if (name === undefined) {
    // A stack of frames alone: what it lacks can still come.
    if (NEEDS_GEOMETRY.has(facts.ref.format)) throw new BraggwatchError('geometry-incomplete', noPositions(facts));
    return refuse(facts.title || 'no scanned motor');
  }
  const given = lookUp(file?.positions, name);
  const isListed = typeof given === 'object';
  if (isListed) checkListed(facts, name, given.length);
  if (!isListed && !isEnergy(name) && !rocking.includes(name.toLowerCase()))
    refuse(`${name} is no rocking motor of ${preset.label}`);
  const value = lookUp(facts.positions, name);
  if (value === undefined || typeof value === 'number') return refuse(`the positions of ${name} are not recorded`);
  const positions = [...value].slice(0, facts.framesPresent);
  if (positions.length < FEWEST_FRAMES) refuse(`${positions.length} points`);
  const read = positions.filter(Number.isFinite);
  if (read.length < MOST_READ * positions.length)
    refuse(`${positions.length - read.length} of ${positions.length} positions of ${name} cannot be read`);
  if (read.every((at) => at === read[0])) refuse(`${name} did not move`);
  return { name, positions };
}

/** Positions of a geometry file are the frames' only if there are as many, those that may still come included. */
function checkListed(facts: ScanFacts, motor: string, positions: number): void {
  const { framesPresent, framesEmpty = 0, whole, ended = false } = facts;
  const frames = framesPresent + framesEmpty;
  const fits = whole || ended ? positions === frames : positions >= framesPresent;
  if (!fits) throw new BraggwatchError('points-mismatch', `${positions} positions of ${motor}, ${frames} frames`);
}

const noPositions = ({ ref: { source } }: ScanFacts): string =>
  `the positions of the rocking motor: ${geometryPlaces(source)
    .map((path) => basename(path))
    .join(' or ')} beside ${basename(source)}`;
