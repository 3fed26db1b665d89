import { BraggwatchError } from '@contract/errors';
import { answersSchema } from '@contract/geometry';
import { floatsOf } from '@contract/floats';
import { countPhotons, quickUniform } from '@core/augment/noise';
import { applyFaults, drawFaults } from '@core/detector/faults';
import { orientationFrom } from '@core/detector/orientation';
import { linearise } from '@core/geometry/affine';
import { createQMap } from '@core/geometry/q';
import { add, apply, multiply, norm, scale, transpose, type Vec3 } from '@core/math/vector';
import { stream, type RandomStream } from '@core/random/stream';
import { blurScan, detectorIntensity } from '@core/scatter/detectorScan';
import { formFactor } from '@core/scatter/formFactor';
import { addNeighbour } from '@core/scatter/neighbour';
import type { Scatterer } from '@core/scatter/nufft';
import type { ElementName } from '@core/crystal/elements';
import { align } from '@main/demo/diffractometer';
import { reduceSource } from '@main/reading/reduce-scan';
import type { BuiltCrystal } from '../crystal';
import type { MeasuredRecipe, Recipe } from '../recipe';
import { drawConditions, type ScanConditions } from './draw';
import { openBeamline, sourceOf } from './source';

/** How one pattern was measured and reduced, beside its crystal. */
export interface MeasuredFacts {
  readonly orientation: number;
  readonly measured: ScanConditions;
  /** Of the volume, by the size that the reduction found. */
  readonly oversampling: number;
  readonly measuredOversampling?: number;
  /** Voxel, 1/angstrom. */
  readonly dq: number;
  /** Brightest intensity of the scan over that of a perfect crystal of as many atoms. */
  readonly peakShare: number;
  readonly warnings: readonly string[];
  /** Codes by which the reduction refused the scans that were drawn before this one. */
  readonly refused: readonly string[];
}

export interface MeasuredPattern {
  readonly intensity: Float32Array;
  readonly facts: MeasuredFacts;
  /** As the reduction made it: what phase retrieval begins with. */
  readonly record: Pick<ReturnType<typeof reduceSource>, 'volume' | 'unblurred' | 'reduction' | 'hkl' | 'geometry'>;
}

const DIRECT_BEAM: readonly [number, number] = [52.3, 61.8];
/** Scans drawn before one is taken under the best conditions: a set does not end because a crystal is hard to measure. */
const PATIENCE = 12;
const EASY = { counts: 1e6, background: 0, gaps: [], stopped: false, dark: [], dropped: [], neighbour: null };
/** Scans drawn before a crystal is given up as one that cannot be measured. */
const MOST_SCANS = 40;

type Seen = BuiltCrystal & { readonly crystal: number; readonly element: ElementName };

/** Raw counts of one scan under its conditions, frames dropped. */
function expose(crystal: Seen, conditions: ScanConditions, scatterer: Scatterer, random: RandomStream) {
  const { frames, side, peak, pixelM, fringe } = conditions;
  const { g, sizeAngstrom, element, positions } = crystal;
  const aligned = align({ ...conditions, directBeam: DIRECT_BEAM }, norm(g), fringe, random);
  const map = createQMap(aligned.geometry);
  const affine = linearise(map, peak);
  if (!affine) throw new RangeError('a rocking curve spans space');
  const orientation = orientationFrom(g, affine.q, random.uniform(0, 2 * Math.PI));
  const jacobian = multiply(transpose(orientation), affine.jacobian);
  const shape = [frames, side, side] as const;
  const f = formFactor(element, norm(g));
  const intensity = detectorIntensity(scatterer, positions, { g, jacobian, peak: [...peak] }, shape, f);
  let brightest = intensity.reduce((most, x) => Math.max(most, x), 0);
  const peakShare = brightest / ((positions.length / 3) * f) ** 2;
  if (conditions.neighbour !== null) {
    const way = random.unitVector();
    const far = random.uniform(3, 9) * fringe;
    const off = apply(affine.inverse, scale(way, far));
    addNeighbour(intensity, shape, jacobian, {
      at: add(peak, off),
      radii: [0, 1, 2].map(() => 0.62 * sizeAngstrom * random.uniform(0.4, 1.4)) as unknown as Vec3,
      brightest: conditions.neighbour * brightest,
    });
  }
  if (conditions.coherence !== null) {
    const sigma = 1 / (conditions.coherence * sizeAngstrom);
    blurScan(intensity, shape, affine.steps.map((step) => sigma / step) as unknown as Vec3);
  }
  brightest = intensity.reduce((most, x) => Math.max(most, x), 0);
  for (let n = 0; n < intensity.length; n++) intensity[n]! /= brightest;
  countPhotons(intensity, conditions.counts, conditions.background, quickUniform(random.integer(2 ** 31)));
  const faults = drawFaults(
    [side, side],
    conditions.gaps,
    { hot: conditions.hotPixels, dead: conditions.deadPixels, zingerRate: 0.02 },
    random,
  );
  const kept = Array.from({ length: frames }, (_, n) => n).filter((n) => !conditions.dropped.includes(n));
  const counts = new Float32Array(kept.length * side * side);
  kept.forEach((n, to) => {
    const one = Int32Array.from(intensity.subarray(n * side * side, (n + 1) * side * side));
    if (conditions.dark.includes(n)) one.fill(0);
    else applyFaults(one, faults, random);
    counts.set(one, to * side * side);
  });
  const alignment = { ...aligned, eta: Float64Array.from(kept, (n) => aligned.eta[n]!) };
  const { energyEv, distanceM, gaps } = conditions;
  return {
    peakShare,
    source: sourceOf({
      ...{ alignment, energyEv, distanceM, pixelM, gaps, counts },
      directBeam: DIRECT_BEAM,
      shape: [kept.length, side, side],
    }),
  };
}

/**
 * One pattern of a crystal as a beamtime gives it: raw frames of a rocking scan, with all that a detector does to them, reduced by this
 * program as measured ones are. Scans that the reduction refuses are drawn again, as they would be taken again.
 * @param unblurred edge of the cube of counts as they were measured that the record holds beside, voxels; none when left out
 * @throws BraggwatchError what the reduction refused the last of many scans by
 */
export function measurePattern(
  recipe: Recipe,
  measured: MeasuredRecipe,
  crystal: Seen,
  orientation: number,
  scatterer: Scatterer,
  unblurred?: number,
): MeasuredPattern {
  const refused: string[] = [];
  for (;;) {
    const random = stream(recipe.seed, 'crystal', crystal.crystal, 'scan', orientation, refused.length);
    const drawn = drawConditions(recipe, measured, crystal.sizeAngstrom, random);
    const conditions = refused.length < PATIENCE ? drawn : { ...drawn, ...EASY };
    const { source, peakShare } = expose(crystal, conditions, scatterer, random);
    try {
      const {
        volume,
        unblurred: counts,
        reduction,
        hkl,
        geometry,
        warnings,
      } = reduceSource(source, {
        preset: openBeamline,
        answers: answersSchema.parse({}),
        method: 'linear',
        frame: 'q',
        ...(unblurred !== undefined && { unblurred }),
      });
      return {
        intensity: floatsOf(volume.intensity),
        record: { volume, reduction, hkl, geometry, ...(counts && { unblurred: counts }) },
        facts: {
          orientation,
          measured: conditions,
          oversampling: reduction.oversampling,
          ...(reduction.measuredOversampling !== undefined && {
            measuredOversampling: reduction.measuredOversampling,
          }),
          dq: reduction.voxelInvAngstrom,
          peakShare,
          warnings: warnings.map(({ code }) => code),
          refused,
        },
      };
    } catch (error) {
      if (!(error instanceof BraggwatchError) || refused.length === MOST_SCANS) throw error;
      refused.push(error.code);
    }
  }
}
