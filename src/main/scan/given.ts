import { warning, type Warning } from '@contract/errors';
import type { GeometryFile } from '@contract/geometry';
import { factsOf, findGeometry } from './geometry-file';
import { lookUp } from './motor';
import { moves } from './moving';
import type { ScanFacts, ScanReader } from './types';

/** Values that differ by less than this share are the same, written with fewer digits. */
const SAME = 1e-3;
const SAME_PIXELS = 0.5;
/** Degrees: less than any step, more than an encoder's noise. */
const SAME_ANGLE = 2e-3;

type Position = number | ArrayLike<number>;

/**
 * A scan's facts with what a geometry file gives of it. The file wins over the scan's own record, and where both differ they are named.
 * @param geometry the file beside the scan, or the one that a command names, which counts before that one
 */
export function withGeometry(facts: ScanFacts, geometry: GeometryFile | undefined): ScanFacts {
  if (!geometry) return facts;
  const given = factsOf(geometry);
  const names = Object.keys(given.positions);
  const positions = { ...withoutNames(facts.positions, names), ...given.positions };
  // A list may also be of a circle that moved along; it is the scan's where the recorded motor stands still.
  const motor = standsStill(positions, facts.motor) ? (given.motor ?? facts.motor) : facts.motor;
  const former = facts.geometry;
  const merged = { ...withoutNames(former?.positions ?? {}, names), ...geometry.positions };
  // A program's file may hold its defaults, which are no record (FORMATS section 7).
  const doubtful = facts.warnings.some(({ code }) => code === 'record-doubtful');
  const settled =
    (facts.energyEv === undefined || given.energyEv !== undefined) &&
    (facts.distanceM === undefined || given.distanceM !== undefined);
  const warnings = facts.warnings.filter(({ code }) => code !== 'record-doubtful' || !settled);
  return {
    ...facts,
    ...given,
    ...(motor !== undefined && { motor }),
    geometry: { ...former, ...geometry, ...(Object.keys(merged).length > 0 && { positions: merged }) },
    positions,
    warnings: [...warnings, ...contradictions(facts, { ...given, ...(motor !== undefined && { motor }) }, doubtful)],
  };
}

/** Whether a motor's record is no list, or one place and an encoder's noise; a scan that comes back is neither. */
function standsStill(positions: ScanFacts['positions'], motor: string | undefined): boolean {
  const value = motor === undefined ? undefined : lookUp(positions, motor);
  if (typeof value !== 'object') return true;
  const known = Array.from(value).filter(Number.isFinite);
  return !moves(known) && !(Math.max(...known) - Math.min(...known) > SAME_ANGLE);
}

/** A reader that also knows the geometry file beside a scan, whatever the format. */
export const withGeometryBeside = (reader: ScanReader): ScanReader => ({
  format: reader.format,
  list(source) {
    const geometries = new Map<string, GeometryFile | undefined>();
    return reader.list(source).map((facts) => {
      const place = facts.ref.source;
      if (!geometries.has(place)) geometries.set(place, findGeometry(place));
      return completed(facts, geometries.get(place));
    });
  },
  open(ref) {
    const source = reader.open(ref);
    try {
      return { ...source, facts: completed(source.facts, findGeometry(source.facts.ref.source)) };
    } catch (error) {
      source.close();
      throw error;
    }
  },
});

/** Some readers need the file themselves, to know what was scanned. */
const completed = (facts: ScanFacts, geometry: GeometryFile | undefined): ScanFacts =>
  facts.geometry ? facts : withGeometry(facts, geometry);

/** A table without some names, whatever their capitals. */
function withoutNames<T>(table: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  const left = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(table).filter(([name]) => !left.has(name.toLowerCase())));
}

const apart = (a: number, b: number): boolean => Math.abs(a / b - 1) > SAME;
const anyApart = (a: readonly number[], b: readonly number[], by: number): boolean =>
  a.some((value, i) => Math.abs(value - b[i]!) > by);

/** What the file gives that the scan itself records otherwise. */
function contradictions(facts: ScanFacts, given: ReturnType<typeof factsOf>, doubtful: boolean): Warning[] {
  const found: string[] = [];
  const compare = <T>(
    name: string,
    [mine, theirs]: readonly [T | undefined, T | undefined],
    differ: (a: T, b: T) => boolean,
    show: (value: T) => string,
  ): void => {
    if (mine !== undefined && theirs !== undefined && differ(mine, theirs))
      found.push(`${name}: ${show(mine)} given, ${show(theirs)} recorded`);
  };
  const pixels = ([row, col]: readonly [number, number]): string => `row ${row}, column ${col}`;
  if (!doubtful) {
    compare('photon energy', [given.energyEv, facts.energyEv], apart, (v) => `${(v / 1000).toFixed(4)} keV`);
    compare('detector distance', [given.distanceM, facts.distanceM], apart, (v) => `${v.toFixed(4)} m`);
  }
  const beams = [given.directBeam, facts.directBeam] as const;
  compare('direct beam', beams, (a, b) => anyApart(a, b, SAME_PIXELS), pixels);
  compare('region', [given.roiStart, facts.roiStart], (a, b) => anyApart(a, b, 0), pixels);
  const sizes = [given.pixelM, facts.pixelM] as const;
  const um = (m: number): string => (m * 1e6).toFixed(2);
  compare(
    'pixel',
    sizes,
    (a, b) => a.some((value, i) => apart(value, b[i]!)),
    ([r, c]) => `${um(r)} x ${um(c)} um`,
  );
  compare('element', [given.element, facts.element], (a, b) => a.toLowerCase() !== b.toLowerCase(), String);
  compare('reflection', [given.hkl, facts.hkl], (a, b) => anyApart(a, b, 0), String);
  compare('motor', [given.motor, facts.motor], (a, b) => a.toLowerCase() !== b.toLowerCase(), String);
  if (facts.transformations && (given.geometry?.sampleCircles ?? given.geometry?.detectorCircles))
    found.push('circles: the given ones stand for those that the file records');
  for (const [name, value] of Object.entries(given.positions)) {
    const unit = lookUp(facts.units, name);
    if (unit !== undefined && !/^deg/i.test(unit)) continue;
    compare<Position>(name, [value, lookUp(facts.positions, name)], positionsDiffer, showPosition);
  }
  return found.length > 0 ? [warning('record-overruled', `${found.join('; ')}.`)] : [];
}

/** Whether two records of a motor cannot both be right; a list may stand for a number that lies in it, as where the scan began. */
function positionsDiffer(a: Position, b: Position): boolean {
  const [mine, theirs] = [a, b].map((one) => (typeof one === 'number' ? [one] : Array.from(one))) as [
    number[],
    number[],
  ];
  const [shorter, longer] = mine.length < theirs.length ? [mine, theirs] : [theirs, mine];
  const known = longer.filter(Number.isFinite);
  const steps = longer.slice(1).map((at, i) => Math.abs(at - longer[i]!));
  const step = Math.min(...steps.filter((each) => each > 0), Infinity);
  const bearable = Math.max(SAME_ANGLE, Number.isFinite(step) ? step / 2 : 0);
  if (mine.length === theirs.length) return mine.some((at, i) => Math.abs(at - theirs[i]!) > bearable);
  const [low, high] = [Math.min(...known) - bearable, Math.max(...known) + bearable];
  return shorter.some((at) => at < low || at > high);
}

const showPosition = (position: Position): string => {
  if (typeof position === 'number') return position.toFixed(4);
  return `${position[0]?.toFixed(4)} to ${position[position.length - 1]?.toFixed(4)}`;
};
