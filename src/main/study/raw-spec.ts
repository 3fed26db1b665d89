import { elements, type ElementName } from '@core/crystal/elements';
import { visibility } from '@core/crystal/slip';
import { drawVariation, type ShapeVariation, type VariationLimits } from '@core/crystal/variation';
import { norm, scale, type Vec3 } from '@core/math/vector';
import { stream, type RandomStream } from '@core/random/stream';
import { DETECTOR_NAME, detector } from '@main/demo/beamline';
import { BURGERS } from '@main/demo/particle';
import type { ScanSpec } from '@main/demo/spec';
import { paperClasses } from '@vocabulary/classes';

/**
 * Scans that no network was trained on: large crystals as a continuum, nothing relaxed, on a detector with gaps, hot pixels and few
 * counts, through the whole reduction. What holds on them holds for more than the training set's own kind.
 */
export const rawScans = {
  /** Edge of the cube that the free shape is cut from, nm. */
  lateralNm: [200, 500],
  /** Distance of a dislocation from the centre, as a part of the lateral size. */
  offCentre: [0, 0.25],
  peakCounts: [5e3, 1e6],
  background: [0.005, 0.2],
  strainRad: [0, 1],
  energyEv: [8000, 12_000],
  /** Pixels across one fringe. */
  pixelsPerFringe: [3, 7],
  /** Fringes that the rocking curve reaches to on either side, and frames across one. */
  fringes: [7, 12],
  framesPerFringe: [2.6, 4.5],
  hotPixels: [0, 80],
  deadPixels: [0, 50],
  zingerRate: [0, 0.05],
  /** Where bodies are to be irregular: facets and edges out to these, drawn out, and cut by up to so many planes. */
  grown: { facets: 0.25, rounding: [0, 1], stretch: 0.4, cuts: 4 },
  elements: ['Au', 'Pt', 'Ag', 'Al', 'Cu', 'Ni', 'Pd'],
} as const satisfies Record<string, readonly [number, number] | readonly ElementName[] | VariationLimits>;

/** Every third crystal is looked at by its {200}. */
const FAMILIES = [111, 111, 200] as const;
/** Pixels from the seam between the detector's chips to the peak. */
const FROM_SEAM: readonly [number, number] = [14, 70];
const SAMPLES = 64;
/** Height over the lateral size of a Winterbottom crystal's equivalent cube, roughly: only the fringes' scale depends on it. */
const CUBE_SHARE = 0.7;
const PLANCK_EV_ANGSTROM = 12398.42;

function drawReflection(family: 111 | 200, random: RandomStream): Vec3 {
  const sign = (): number => (random.uniform() < 0.5 ? -1 : 1);
  for (;;) {
    const axis = random.integer(3);
    const hkl: Vec3 =
      family === 111
        ? [sign(), sign(), sign()]
        : [axis === 0 ? 2 * sign() : 0, axis === 1 ? 2 * sign() : 0, axis === 2 ? 2 * sign() : 0];
    if (visibility(hkl, BURGERS) !== 0) return hkl;
  }
}

/** A body that has grown to no shape of its own. */
export const drawGrowth = (seed: number, index: number): ShapeVariation =>
  drawVariation(rawScans.grown, stream(seed, 'raw-scan', index, 'grown'));

/** Scan `index` of a seed's series; classes take turns. */
export function drawRawScan(seed: number, index: number): ScanSpec {
  const random = stream(seed, 'raw-scan', index);
  const between = ([low, high]: readonly [number, number]): number => random.uniform(low, high);
  const logarithmic = ([low, high]: readonly [number, number]): number => low * (high / low) ** random.uniform();
  const element = random.pick(rawScans.elements);
  const lateralNm = between(rawScans.lateralNm);
  const energyEv = Math.round(between(rawScans.energyEv));
  const fringes = between(rawScans.fringes);
  const frames = Math.round(2 * fringes * between(rawScans.framesPerFringe));
  const wavelength = PLANCK_EV_ANGSTROM / energyEv;
  const fringeRad = wavelength / (10 * lateralNm * CUBE_SHARE);
  const hkl = drawReflection(FAMILIES[index % FAMILIES.length]!, random);
  const besideSeam = (): number => (detector.shape[0] - 1) / 2 + (random.uniform() < 0.5 ? -1 : 1) * between(FROM_SEAM);
  const q = norm(scale(hkl, (2 * Math.PI) / elements[element].latticeAngstrom));
  if (q * wavelength > 4 * Math.PI) throw new RangeError(`${element} ${hkl.join(' ')} cannot be reached`);
  return {
    sample: 'raw',
    dataset: String(index).padStart(4, '0'),
    number: 1,
    defect: paperClasses[Math.floor(index / FAMILIES.length) % paperClasses.length]!,
    element,
    hkl,
    lateralNm,
    offCentre: between(rawScans.offCentre),
    strainRad: between(rawScans.strainRad),
    points: SAMPLES,
    energyEv,
    distanceM: (between(rawScans.pixelsPerFringe) * detector.pixelM[0]) / fringeRad,
    directBeam: [252.3, 261.8],
    frames,
    fringes,
    detector: DETECTOR_NAME,
    shape: detector.shape,
    peak: [frames / 2 + random.uniform(-3, 3), besideSeam(), besideSeam()],
    peakCounts: logarithmic(rawScans.peakCounts),
    background: logarithmic(rawScans.background),
    gaps: detector.gaps,
    hotPixels: Math.round(between(rawScans.hotPixels)),
    deadPixels: Math.round(between(rawScans.deadPixels)),
    zingerRate: between(rawScans.zingerRate),
    countTimeS: 0.5,
    startedAt: '2026-11-25T00:00:00.000Z',
    seed: random.integer(2 ** 31 - 1),
    detectorSeed: random.integer(2 ** 31 - 1),
  };
}
