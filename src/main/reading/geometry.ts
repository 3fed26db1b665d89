import { BraggwatchError, warning, type Warning, type WarningCode } from '@contract/errors';
import type { Answers, Circle as NamedCircle, Detector, GeometryFile, Preset } from '@contract/geometry';
import type { GeometryUsed } from '@contract/scan';
import { axisFromCxi, vectorFromCxi, type AnyAxis } from '@core/geometry/circles';
import { createQMap, type ScanGeometry } from '@core/geometry/q';
import { norm } from '@core/math/vector';
import { inEv, isEnergy, lookUp } from '@main/scan/motor';
import type { RecordedCircle, ScanFacts } from '@main/scan/types';
import { chooseDetector, fitDetector } from './detector';
import { mendPositions } from './positions';

/** What a scan's geometry is completed from; the earlier wins: geometry file, the scan's own file, user's answers, the preset. */
export interface GeometrySources {
  readonly preset: Preset;
  readonly answers: Answers;
  readonly file?: GeometryFile | undefined;
}

/** A scan's whole geometry, with where each number came from. */
export interface CompleteGeometry {
  readonly geometry: ScanGeometry;
  readonly detector: Detector;
  /** First row and column on the detector of what the frames hold. */
  readonly roiStart: readonly [number, number];
  readonly used: GeometryUsed;
  readonly warnings: readonly Warning[];
  readonly element: string | undefined;
  readonly hkl: readonly [number, number, number] | undefined;
}

/** Values that differ by less than this share are the same, written with fewer digits. */
const SAME = 1e-3;
const SAME_PIXELS = 0.5;

type Origin = GeometryUsed[number]['from'];

/**
 * Completes what a scan's file records to a geometry that maps every pixel to Q.
 * @throws BraggwatchError geometry-incomplete (naming everything that is missing), geometry-invalid
 */
export function completeGeometry(facts: ScanFacts, sources: GeometrySources): CompleteGeometry {
  const { preset, answers, file } = sources;
  const used: GeometryUsed = [];
  const warnings: Warning[] = [];
  const missing: string[] = [];
  const note = (name: string, value: string, from: Origin): void => void used.push({ name, value, from });

  const pick = <T>(
    name: string,
    show: (value: T) => string,
    candidates: readonly [Origin, T | null | undefined][],
    assumed: readonly [WarningCode, T | null | undefined],
  ): T | undefined => {
    for (const [from, value] of candidates) {
      if (value === null || value === undefined) continue;
      note(name, show(value), from);
      return value;
    }
    if (assumed[1] === null || assumed[1] === undefined) {
      missing.push(name);
      return undefined;
    }
    note(name, show(assumed[1]), 'assumed');
    warnings.push(warning(assumed[0], `Assumed: ${show(assumed[1])}.`));
    return assumed[1];
  };

  /** Answers stand in for what files do not record: a record wins over them, and where both differ they are named. */
  const answered = <T>(
    name: string,
    show: (value: T) => string,
    given: T | null | undefined,
    answer: T | null,
    recorded: T | undefined,
    differs: (a: T, b: T) => boolean,
  ): readonly [Origin, T | null | undefined][] => {
    // A program's file may hold its defaults, which are no record.
    const doubtful = facts.warnings.some(({ code }) => code === 'record-doubtful');
    if (doubtful)
      return [
        ['answer', given],
        ['answer', answer],
        ['file', recorded],
      ];
    if ((given ?? undefined) === undefined && answer !== null && recorded !== undefined && differs(answer, recorded))
      warnings.push(warning('answer-overruled', `${name}: ${show(recorded)} recorded, ${show(answer)} answered.`));
    return [
      ['answer', given],
      ['file', recorded],
      ['answer', answer],
    ];
  };
  const apart = (a: number, b: number): boolean => Math.abs(a / b - 1) > SAME;

  const fitted = fitDetector(
    chooseDetector(facts, preset, file),
    facts.frameShape,
    file?.detectorPixelM ?? facts.pixelM,
    (file?.roiStart ?? facts.roiStart) !== undefined,
  );
  const { detector } = fitted;
  warnings.push(...fitted.warnings);
  note('detector', detector.name, facts.detectorName ? 'file' : 'preset');
  const inKev = (v: number): string => `${(v / 1000).toFixed(4)} keV`;
  // The scanned motor says how many frames have a place; another that moves must be known at each of them.
  const scanned = facts.motor === undefined ? undefined : lookUp(facts.positions, facts.motor);
  const points = Math.min(facts.framesPresent, typeof scanned === 'object' ? scanned.length : Infinity);
  // Where the photon energy is what was scanned, each frame has its own, whatever else names one.
  const energies =
    typeof scanned === 'object' && isEnergy(facts.motor ?? '')
      ? Float64Array.from(perFrame([...scanned], facts.motor ?? '', points), inEv)
      : undefined;
  const energyEv = pick(
    'photon energy',
    energies ? (): string => `${inKev(energies[0]!)} to ${inKev(energies.at(-1)!)}` : inKev,
    energies
      ? answered('photon energy', inKev, undefined, answers.energyEv, middle(energies), farApart(energies))
      : answered('photon energy', inKev, file?.energyEv, answers.energyEv, facts.energyEv, apart),
    ['energy-assumed', preset.assumed.energyEv],
  );
  const inMetres = (v: number): string => `${v.toFixed(4)} m`;
  const distanceM = pick(
    'detector distance',
    inMetres,
    answered('detector distance', inMetres, file?.distanceM, answers.distanceM, facts.distanceM, apart),
    ['distance-assumed', preset.assumed.distanceM],
  );
  const inPixels = ([r, c]: readonly [number, number]): string => `row ${r}, column ${c}`;
  const directBeam = pick<readonly [number, number]>(
    'direct beam',
    inPixels,
    answered<readonly [number, number]>(
      'direct beam',
      inPixels,
      file?.directBeam,
      answers.directBeam,
      facts.directBeam,
      (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) > SAME_PIXELS,
    ),
    ['beam-centre-assumed', preset.assumed.directBeam],
  );
  const pixelM = file?.detectorPixelM ?? facts.pixelM ?? detector.pixelM;
  note(
    'pixel',
    `${(pixelM[0] * 1e6).toFixed(2)} x ${(pixelM[1] * 1e6).toFixed(2)} um`,
    file?.detectorPixelM ? 'answer' : facts.pixelM ? 'file' : 'preset',
  );

  const own = facts.transformations;
  const from = (given: unknown): Origin => (given ? 'answer' : own ? 'file' : 'preset');
  const sampleCircles = (file?.sampleCircles ?? own?.sample ?? preset.sampleCircles).map(circleOf);
  const detectorCircles = (file?.detectorCircles ?? own?.detector ?? preset.detectorCircles).map(circleOf);
  // Axes and angles can come from two places: a row each, so that neither is taken for the other.
  const shown = (circles: readonly Circle[]): string => circles.map(({ motor, said }) => `${motor} ${said}`).join(', ');
  note('sample circles', shown(sampleCircles), from(file?.sampleCircles));
  note('detector circles', shown(detectorCircles), from(file?.detectorCircles));
  const position = (circle: Circle): Float64Array | readonly number[] => {
    const given = positionOf(file?.positions, circle);
    const value = given ?? positionOf(facts.positions, circle);
    if (value === undefined && circle.mayBeAbsent) {
      note(circle.motor, '0 deg', 'assumed');
      warnings.push(warning('circle-absent', `${circle.motor}: 0 deg.`));
      return [0];
    }
    if (value === undefined) {
      missing.push(`position of ${circle.motor}`);
      return [0];
    }
    const angles = typeof value === 'number' ? [value] : [...value];
    if (!angles.some(Number.isFinite)) {
      throw new BraggwatchError('geometry-invalid', `a position of ${circle.motor} is no number`);
    }
    const span = angles.length > 1 ? ` to ${angles.at(-1)!.toFixed(4)}` : '';
    note(circle.motor, `${angles[0]!.toFixed(4)}${span} deg`, given === undefined ? 'file' : 'answer');
    return perFrame(angles, circle.motor, points).map((angle) => angle - circle.offsetDeg);
  };
  const sampleAngles = sampleCircles.map(position);
  const detectorAngles = detectorCircles.map((circle) => {
    const angles = position(circle);
    const span = spanOf(angles);
    if (span <= STILL_DEG) return middle(angles);
    warnings.push(warning('detector-moved', `${circle.motor} by ${span.toFixed(3)} deg.`));
    return angles;
  });
  if (missing.length > 0 || energyEv === undefined || distanceM === undefined || directBeam === undefined) {
    const why = facts.warnings.filter(({ code }) => code === 'motors-unpaired').map(({ message }) => message);
    throw new BraggwatchError('geometry-incomplete', [`missing: ${missing.join(', ')}`, ...why].join('; '));
  }
  checkRanges(energyEv, distanceM, pixelM);
  if (!own && (!file?.sampleCircles || !file.detectorCircles))
    warnings.push(warning('geometry-preset', `Preset: ${preset.label}.`));

  const directions: readonly [AnyAxis, AnyAxis] =
    !file?.detectorDirections && own
      ? [vectorFromCxi(own.directions[0]), vectorFromCxi(own.directions[1])]
      : namedDirections(file?.detectorDirections ?? detector.directions);
  const geometry: ScanGeometry = {
    sampleCircles: sampleCircles.map(({ axis }) => axis),
    sampleAngles,
    detectorCircles: detectorCircles.map(({ axis }) => axis),
    detectorAngles,
    detectorDirections: directions,
    energyEv,
    ...(energies && { energiesEv: energies }),
    distanceM,
    pixelM: [pixelM[0], pixelM[1]],
    directBeam,
  };
  checkUnit(geometry, facts, detectorCircles);
  return {
    geometry,
    detector,
    roiStart: file?.roiStart ?? facts.roiStart ?? [0, 0],
    used,
    warnings,
    element: file?.element ?? answers.element ?? facts.element ?? preset.assumed.element ?? undefined,
    hkl: file?.hkl ?? answers.hkl ?? facts.hkl ?? preset.assumed.hkl ?? undefined,
  };
}

/** A circle ready to turn: its axis in the frame of the science, and how its source says it. */
interface Circle extends Pick<NamedCircle, 'motor' | 'aliases' | 'offsetDeg' | 'mayBeAbsent'> {
  readonly axis: AnyAxis;
  readonly said: string;
}

const circleOf = (circle: NamedCircle | RecordedCircle): Circle =>
  'vector' in circle
    ? {
        motor: circle.motor,
        offsetDeg: 0,
        axis: vectorFromCxi(circle.vector),
        said: `(${circle.vector.map((part) => Number(part.toFixed(4))).join(', ')})`,
      }
    : { ...circle, axis: axisFromCxi(circle.axis), said: circle.axis };

const namedDirections = ([rows, cols]: readonly [string, string]): readonly [AnyAxis, AnyAxis] => [
  axisFromCxi(rows),
  axisFromCxi(cols),
];

const positionOf = <T>(
  table: Readonly<Record<string, T>> | undefined,
  { motor, aliases = [] }: Circle,
): T | undefined => [motor, ...aliases].map((name) => lookUp(table, name)).find((value) => value !== undefined);

/** Motors that turn by less than this stand still: an encoder's noise, less than a pixel at a metre. */
const STILL_DEG = 2e-3;

const spanOf = (angles: ArrayLike<number>): number => {
  const values = Array.from(angles);
  return values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
};

/**
 * A circle's angles, one per frame or one for all; those that were not read are interpolated.
 * @throws BraggwatchError geometry-invalid where a moving motor was recorded for fewer points than there are frames
 */
function perFrame(recorded: readonly number[], motor: string, frames: number): readonly number[] | Float64Array {
  if (recorded.length === 1) return recorded;
  const { positions } = mendPositions(recorded);
  if (positions.length >= frames) return positions.subarray(0, Math.max(1, frames));
  if (spanOf(positions) <= STILL_DEG) return [middle(positions)];
  throw new BraggwatchError('geometry-invalid', `${positions.length} positions of ${motor} for ${frames} frames`);
}

/** Bragg reflections have lattice spacings below the first, angstrom; detectors are not set up for spacings above the second. */
const MOST_SPACING = [15, 40] as const;

/**
 * Angles in radians make a detector that looks next to the direct beam.
 * @throws BraggwatchError geometry-invalid where the frames' middle cannot hold a reflection, and would with angles in radians
 */
function checkUnit(geometry: ScanGeometry, { framesPresent, frameShape }: ScanFacts, circles: readonly Circle[]): void {
  const angles = geometry.detectorAngles.map((each) => (typeof each === 'number' ? each : middle(each)));
  const spacing = (factor: number): number => {
    const turned = geometry.sampleAngles.map((each) => [factor * middle(each)]);
    const map = createQMap({
      ...geometry,
      sampleAngles: turned,
      detectorAngles: angles.map((angle) => factor * angle),
    });
    return (2 * Math.PI) / norm(map.at(0, frameShape[0] / 2, frameShape[1] / 2));
  };
  if (framesPresent === 0 || angles.every((angle) => angle === 0) || angles.some((angle) => Math.abs(angle) > Math.PI))
    return;
  const [own, turned] = [spacing(1), spacing(180 / Math.PI)];
  if (own < MOST_SPACING[1] || turned > MOST_SPACING[0]) return;
  const said = circles.map(({ motor }, i) => `${motor} ${angles[i]!.toFixed(4)}`).join(', ');
  throw new BraggwatchError(
    'geometry-invalid',
    `with the detector at ${said} deg d is ${own.toFixed(0)} angstrom; in radians it would be ${turned.toFixed(3)}: give angles in degrees`,
  );
}

/** Whether an energy differs from one of a scan by more than the whole scan does. */
const farApart =
  (energies: Float64Array) =>
  (a: number, b: number): boolean =>
    Math.abs(a - b) > spanOf(energies);

const middle = (angles: ArrayLike<number>): number => angles[angles.length >> 1] ?? 0;

function checkRanges(energyEv: number, distanceM: number, pixelM: readonly [number, number]): void {
  if (!(energyEv >= 1000 && energyEv <= 200_000))
    throw new BraggwatchError('geometry-invalid', `photon energy ${energyEv} eV`);
  if (!(distanceM > 0 && distanceM < 100))
    throw new BraggwatchError('geometry-invalid', `detector distance ${distanceM} m`);
  if (!pixelM.every((p) => p > 1e-7 && p < 1e-2))
    throw new BraggwatchError('geometry-invalid', `pixel ${pixelM.join(' x ')} m`);
}
