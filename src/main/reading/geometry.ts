import { BraggwatchError, warning, type Warning } from '@contract/errors';
import type { Answers, Detector, GeometryFile, Preset } from '@contract/geometry';
import type { GeometryUsed } from '@contract/scan';
import { axisFromCxi, vectorFromCxi, type AnyAxis } from '@core/geometry/circles';
import type { ScanGeometry } from '@core/geometry/q';
import { inEv, isEnergy, lookUp } from '@main/scan/motor';
import type { ScanFacts } from '@main/scan/types';
import { checkUnit } from './angle-unit';
import { middle, perFrame, spanOf, turnCircles } from './circles';
import { chooseDetector, fitDetector } from './detector';
import { createOrigins, type Origins } from './origins';

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

/**
 * Completes what a scan's file records to a geometry that maps every pixel to Q.
 * @throws BraggwatchError geometry-incomplete (naming everything that is missing), geometry-invalid
 */
export function completeGeometry(facts: ScanFacts, sources: GeometrySources): CompleteGeometry {
  const { preset, answers, file } = sources;
  // A program's file may hold its defaults, which are no record.
  const origins = createOrigins(facts.warnings.some(({ code }) => code === 'record-doubtful'));
  const fitted = fitDetector(
    chooseDetector(facts, preset, file),
    facts.frameShape,
    file?.detectorPixelM ?? facts.pixelM,
    (file?.roiStart ?? facts.roiStart) !== undefined,
  );
  const { detector } = fitted;
  origins.warnings.push(...fitted.warnings);
  origins.note('detector', detector.name, facts.detectorName ? 'file' : 'preset');
  // The scanned motor says how many frames have a place; another that moves must be known at each of them.
  const scanned = facts.motor === undefined ? undefined : lookUp(facts.positions, facts.motor);
  const points = Math.min(facts.framesPresent, typeof scanned === 'object' ? scanned.length : Infinity);
  const { energyEv, energies } = photonEnergy(facts, sources, points, origins);
  const distanceM = detectorDistance(facts, sources, origins);
  const beam = directBeam(facts, sources, origins);
  const pixelM = file?.detectorPixelM ?? facts.pixelM ?? detector.pixelM;
  origins.note(
    'pixel',
    `${(pixelM[0] * 1e6).toFixed(2)} x ${(pixelM[1] * 1e6).toFixed(2)} um`,
    file?.detectorPixelM ? 'answer' : facts.pixelM ? 'file' : 'preset',
  );
  const { circles, detectorMotors } = turnCircles(facts, sources, points, origins);
  if (origins.missing.length > 0 || energyEv === undefined || distanceM === undefined || beam === undefined) {
    const why = facts.warnings.filter(({ code }) => code === 'motors-unpaired').map(({ message }) => message);
    throw new BraggwatchError('geometry-incomplete', [`missing: ${origins.missing.join(', ')}`, ...why].join('; '));
  }
  checkRanges(energyEv, distanceM, pixelM);
  const own = facts.transformations;
  if (!own && (!file?.sampleCircles || !file.detectorCircles))
    origins.warnings.push(warning('geometry-preset', `Preset: ${preset.label}.`));

  const detectorDirections: readonly [AnyAxis, AnyAxis] =
    !file?.detectorDirections && own
      ? [vectorFromCxi(own.directions[0]), vectorFromCxi(own.directions[1])]
      : namedDirections(file?.detectorDirections ?? detector.directions);
  const geometry: ScanGeometry = {
    ...circles,
    detectorDirections,
    energyEv,
    ...(energies && { energiesEv: energies }),
    distanceM,
    pixelM: [pixelM[0], pixelM[1]],
    directBeam: beam,
  };
  checkUnit(geometry, facts, detectorMotors);
  return {
    geometry,
    detector,
    roiStart: file?.roiStart ?? facts.roiStart ?? [0, 0],
    used: origins.used,
    warnings: origins.warnings,
    element: file?.element ?? answers.element ?? facts.element ?? preset.assumed.element ?? undefined,
    hkl: file?.hkl ?? answers.hkl ?? facts.hkl ?? preset.assumed.hkl ?? undefined,
  };
}

const apart = (a: number, b: number): boolean => Math.abs(a / b - 1) > SAME;

/** Of the scan, and of each frame where it is what was scanned. */
function photonEnergy(
  facts: ScanFacts,
  { preset, answers, file }: GeometrySources,
  points: number,
  origins: Origins,
): { readonly energyEv: number | undefined; readonly energies: Float64Array | undefined } {
  const name = 'photon energy';
  const show = (v: number): string => `${(v / 1000).toFixed(4)} keV`;
  const scanned = isEnergy(facts.motor ?? '') ? lookUp(facts.positions, facts.motor ?? '') : undefined;
  // Where the photon energy is what was scanned, each frame has its own, whatever else names one.
  const energies =
    typeof scanned === 'object'
      ? Float64Array.from(perFrame([...scanned], facts.motor ?? '', points), inEv)
      : undefined;
  const energyEv = origins.pick(
    name,
    energies ? (): string => `${show(energies[0]!)} to ${show(energies.at(-1)!)}` : show,
    origins.candidates({
      ...{ name, show, answer: answers.energyEv },
      given: energies ? undefined : file?.energyEv,
      recorded: energies ? middle(energies) : facts.energyEv,
      differs: energies ? (a, b) => Math.abs(a - b) > spanOf(energies) : apart,
    }),
    ['energy-assumed', preset.assumed.energyEv],
  );
  return { energyEv, energies };
}

function detectorDistance(
  facts: ScanFacts,
  { preset, answers, file }: GeometrySources,
  origins: Origins,
): number | undefined {
  const name = 'detector distance';
  const show = (v: number): string => `${v.toFixed(4)} m`;
  const asked = { name, show, given: file?.distanceM, answer: answers.distanceM, recorded: facts.distanceM };
  return origins.pick(name, show, origins.candidates({ ...asked, differs: apart }), [
    'distance-assumed',
    preset.assumed.distanceM,
  ]);
}

type Pixel = readonly [number, number];

function directBeam(facts: ScanFacts, { preset, answers, file }: GeometrySources, origins: Origins): Pixel | undefined {
  const name = 'direct beam';
  const show = ([r, c]: Pixel): string => `row ${r}, column ${c}`;
  const candidates = origins.candidates<Pixel>({
    ...{ name, show, given: file?.directBeam, answer: answers.directBeam, recorded: facts.directBeam },
    differs: (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) > SAME_PIXELS,
  });
  return origins.pick<Pixel>(name, show, candidates, ['beam-centre-assumed', preset.assumed.directBeam]);
}

const namedDirections = ([rows, cols]: readonly [string, string]): readonly [AnyAxis, AnyAxis] => [
  axisFromCxi(rows),
  axisFromCxi(cols),
];

function checkRanges(energyEv: number, distanceM: number, pixelM: readonly [number, number]): void {
  if (!(energyEv >= 1000 && energyEv <= 200_000))
    throw new BraggwatchError('geometry-invalid', `photon energy ${energyEv} eV`);
  if (!(distanceM > 0 && distanceM < 100))
    throw new BraggwatchError('geometry-invalid', `detector distance ${distanceM} m`);
  if (!pixelM.every((p) => p > 1e-7 && p < 1e-2))
    throw new BraggwatchError('geometry-invalid', `pixel ${pixelM.join(' x ')} m`);
}
