import type { MaskRectangle } from '@contract/geometry';
import type { ElementName } from '@core/crystal/elements';
import type { ShapeVariation } from '@core/crystal/variation';
import type { Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';
import { DETECTOR_NAME, detector } from './beamline';
import type { DemoRecipe } from './recipe';
import type { PaperClass } from '@vocabulary/classes';

/** Everything that decides a simulated scan: the same spec gives the same bytes. */
export interface ScanSpec {
  readonly sample: string;
  readonly dataset: string;
  readonly number: number;
  readonly defect: PaperClass;
  readonly element: ElementName;
  readonly hkl: Vec3;
  readonly lateralNm: number;
  /** Distance of the dislocation from the centre, as a part of the lateral size. */
  readonly offCentre: number;
  /** How far the crystal's body strays from Winterbottom's; not at all when left out. */
  readonly grown?: ShapeVariation;
  /** Largest phase of the smooth strain, radian. */
  readonly strainRad: number;
  /** The strain is a bar's that is bent, of as much phase from end to end; waves when left out. */
  readonly bent?: true;
  /** Samples across the crystal's box, a power of two: it scatters out to half as many fringes of that box. */
  readonly points: number;
  readonly energyEv: number;
  readonly distanceM: number;
  /** Pixel [row, column] of the direct beam. */
  readonly directBeam: readonly [number, number];
  readonly frames: number;
  /** Fringes of the crystal that the rocking curve reaches to on either side. */
  readonly fringes: number;
  /** Detector's name, as BLISS knows it. */
  readonly detector: string;
  /** Rows and columns of a frame. */
  readonly shape: readonly [number, number];
  /** Where the reflection hits: frame, row, column; need not be whole. */
  readonly peak: readonly [number, number, number];
  readonly peakCounts: number;
  /** Counts per pixel and frame. */
  readonly background: number;
  readonly gaps: readonly MaskRectangle[];
  readonly hotPixels: number;
  readonly deadPixels: number;
  readonly zingerRate: number;
  /** Where the particle lies: the piezo stage's motors, micrometres. */
  readonly stage?: Readonly<Record<'pix' | 'piy' | 'piz', number>>;
  readonly countTimeS: number;
  readonly startedAt: string;
  /** Of this scan: crystal, orientation, photons. */
  readonly seed: number;
  /** Of the detector, whose faults stay from scan to scan. */
  readonly detectorSeed: number;
}

/** Middle of the seam between the Maxipix's chips, in both directions. */
const SEAM = (detector.shape[0] - 1) / 2;
/** Pixels from the seam to the peak: the peak is whole, and its fringes still reach the seam. */
const FROM_SEAM: readonly [number, number] = [30, 60];
const BETWEEN_SCANS_S = 60;
const POINTS = 64;
/** Travel of the piezo stage in the sample's plane, and how far its height follows the surface, micrometres. */
const FIELD: readonly [number, number] = [20, 80];
const HEIGHT: readonly [number, number] = [49.5, 50.5];

/** A particle's place, from a stream of its own: what else is drawn for the scan does not depend on it. */
function drawStage(seed: number, index: number): NonNullable<ScanSpec['stage']> {
  const draw = stream(seed, 'stage', index);
  // The closed loop reads out nanometres.
  const at = (range: readonly [number, number]): number => Math.round(draw.uniform(...range) * 1000) / 1000;
  return { pix: at(FIELD), piy: at(FIELD), piz: at(HEIGHT) };
}

/** The scans of a beamtime, in the order they are measured. */
export function drawSpecs(recipe: DemoRecipe, seed: number): ScanSpec[] {
  const order = stream(seed, 'order').shuffle(recipe.scans);
  return order.map((wanted, index) => {
    const draw = stream(seed, 'scan', index);
    const besideSeam = (): number => SEAM + (draw.uniform() < 0.5 ? -1 : 1) * draw.uniform(...FROM_SEAM);
    const logarithmic = ([low, high]: readonly [number, number]): number =>
      Math.exp(draw.uniform(Math.log(low), Math.log(high)));
    const frames = Math.round(draw.uniform(...recipe.frames));
    return {
      sample: recipe.sample,
      dataset: `particle${String(index + 1).padStart(2, '0')}`,
      number: 1,
      defect: wanted.defect,
      element: recipe.element,
      hkl: recipe.hkl,
      lateralNm: draw.uniform(...recipe.lateralNm),
      offCentre: draw.uniform(...wanted.offCentre),
      strainRad: recipe.strainRad * draw.uniform(0.3, 1),
      points: POINTS,
      energyEv: recipe.energyEv,
      distanceM: recipe.distanceM,
      directBeam: recipe.directBeam,
      frames,
      fringes: recipe.fringes,
      detector: DETECTOR_NAME,
      shape: detector.shape,
      peak: [frames / 2 + draw.uniform(-3, 3), besideSeam(), besideSeam()],
      peakCounts: logarithmic(recipe.peakCounts),
      background: logarithmic(recipe.background),
      gaps: detector.gaps,
      hotPixels: recipe.hotPixels,
      deadPixels: recipe.deadPixels,
      zingerRate: recipe.zingerRate,
      stage: drawStage(seed, index),
      countTimeS: recipe.countTimeS,
      startedAt: new Date(Date.parse(recipe.startedAt) + index * BETWEEN_SCANS_S * 1000).toISOString(),
      seed: draw.integer(2 ** 31 - 1),
      detectorSeed: seed,
    };
  });
}
