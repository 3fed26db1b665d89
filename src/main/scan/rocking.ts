import { basename } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { GeometryFile, Preset } from '@contract/geometry';
import type { FormatName } from '@contract/scan';
import { geometryPlaces } from './beside';
import { withGeometry } from './given';
import { isEnergy, lookUp } from './motor';
import { moves } from './moving';
import { isEnough } from './pairing';
import { rockingNames } from './presets';
import type { ScanFacts } from './types';

const FEWEST_FRAMES = 8;
/** Formats that do not record what was scanned: a geometry file beside them does. */
const NEEDS_GEOMETRY: ReadonlySet<FormatName> = new Set(['npz', 'mat', 'tiff', 'cxi']);
/** Of the rocking motor's positions so many must be numbers. */
const MOST_READ = 0.8;

/** What it is judged by: the beamline, and the geometry file that a command names. */
export interface RockingWish {
  readonly preset: Preset;
  readonly file?: GeometryFile | undefined;
}

/** The scanned motor, and where it stood at each frame. */
export interface RockingMotor {
  readonly name: string;
  readonly positions: readonly number[];
}

/**
 * Why a whole scan is no rocking curve, as far as its listing tells by the motor: its frames need not be opened for that, and a beamtime's
 * master holds a thousand alignment scans. Undefined where it may be one, or only what is in it can tell.
 */
export function refusalByFacts(facts: ScanFacts, wish: RockingWish): BraggwatchError | undefined {
  const { whole, motor, title, ref } = facts;
  // A listing that names neither motor nor command tells nothing, and a file of these formats may hold a volume instead of frames.
  if (!whole || (motor === undefined && title === '')) return undefined;
  if (NEEDS_GEOMETRY.has(ref.format) || ref.format === 'hdf5') return undefined;
  try {
    const own = byItsRockingMotor(withGeometry(facts, wish.file), wish);
    checkMotor(own, { ...wish, file: own.geometry });
    return undefined;
  } catch (error) {
    if (error instanceof BraggwatchError) return error.code === 'not-a-rocking-curve' ? error : undefined;
    throw error;
  }
}

/** Refuses an ended scan of which files are named that are not there, or too little is: a scan that was stopped is judged with what it has. */
export function assertEnoughFrames({ ended, whole, missing = [], framesPresent, framesExpected }: ScanFacts): void {
  const none = framesPresent === 0 && missing.length > 0;
  if ((!ended && !none) || whole || (missing.length === 0 && isEnough(framesPresent, framesExpected))) return;
  const files = missing.join(', ');
  throw new BraggwatchError('frames-missing', files || `${framesPresent} of ${framesExpected} frames`);
}

/** Motors that rock a crystal in this scan's geometry, lower case. */
function rockingOf(facts: ScanFacts, { preset }: RockingWish): string[] {
  const own = facts.transformations?.sample.map(({ motor }) => motor) ?? [];
  return [...rockingNames(preset), ...own].map((name) => name.toLowerCase());
}

/** Of several motors that moved together the one that rocks the crystal counts, whichever the command names first. */
export function byItsRockingMotor(facts: ScanFacts, sources: RockingWish): ScanFacts {
  const { motor, positions } = facts;
  const rocking = rockingOf(facts, sources);
  const given = motor !== undefined && typeof lookUp(facts.geometry?.positions, motor) === 'object';
  if (motor === undefined || given || isEnergy(motor) || rocking.includes(motor.toLowerCase())) return facts;
  const other = Object.entries(positions).find(
    ([name, value]) => typeof value === 'object' && rocking.includes(name.toLowerCase()) && moves(value),
  );
  return other ? { ...facts, motor: other[0] } : facts;
}

const refuse = (detail: string): never => {
  throw new BraggwatchError('not-a-rocking-curve', detail);
};

/**
 * The scanned motor, which rocks the crystal in this geometry, or is listed in a geometry file.
 * @throws BraggwatchError geometry-incomplete, points-mismatch, not-a-rocking-curve
 */
function checkMotor(facts: ScanFacts, sources: RockingWish): string {
  const { preset, file } = sources;
  const name = facts.motor;
  if (name === undefined) {
    // A stack of frames alone: what it lacks can still come.
    if (NEEDS_GEOMETRY.has(facts.ref.format)) throw new BraggwatchError('geometry-incomplete', noPositions(facts));
    return refuse(facts.title || 'no scanned motor');
  }
  const given = lookUp(file?.positions, name);
  if (typeof given === 'object') checkListed(facts, name, given.length);
  else if (!isEnergy(name) && !rockingOf(facts, sources).includes(name.toLowerCase()))
    refuse(`${name} is no rocking motor of ${preset.label}`);
  return name;
}

/**
 * The scanned motor and its positions.
 * @throws BraggwatchError geometry-incomplete, points-mismatch, not-a-rocking-curve
 */
export function checkRocking(facts: ScanFacts, sources: RockingWish): RockingMotor {
  const name = checkMotor(facts, sources);
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

/** Positions of a geometry file are the frames' only if there are as many, those that may still come included, or if they were paired all the same, which is said. */
function checkListed(facts: ScanFacts, motor: string, positions: number): void {
  const { framesPresent, framesEmpty = 0, whole, ended = false, warnings } = facts;
  const frames = framesPresent + framesEmpty;
  const paired = warnings.some(({ code }) => code === 'points-differ') && positions >= framesPresent;
  const fits = whole || ended ? positions === frames || paired : positions >= framesPresent;
  if (!fits) throw new BraggwatchError('points-mismatch', `${positions} positions of ${motor}, ${frames} frames`);
}

const noPositions = ({ ref: { source } }: ScanFacts): string =>
  `the positions of the rocking motor: ${geometryPlaces(source)
    .map((path) => basename(path))
    .join(' or ')} beside ${basename(source)}`;
