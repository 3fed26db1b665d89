import { backgroundMap } from '@core/detector/background';
import { expose } from '@core/detector/exposure';
import { drawFaults } from '@core/detector/faults';
import { createForwardModel, type Target } from '@core/detector/forward';
import { orientationFrom } from '@core/detector/orientation';
import { createQMap, type ScanGeometry } from '@core/geometry/q';
import { norm } from '@core/math/vector';
import { stream } from '@core/random/stream';
import type { BlissScan } from './bliss';
import { align } from './diffractometer';
import { createParticle } from './particle';
import type { ScanSpec } from './spec';

/** A scan before it is written. */
export interface SimulatedScan {
  readonly header: BlissScan;
  readonly geometry: ScanGeometry;
  /** The crystal as it lies on the diffractometer: the truth that a reduction should find again. */
  readonly target: Target;
  /** Edge of the cube as large as the crystal, angstrom. */
  readonly sizeAngstrom: number;
  /** Raw counts of frames [from, to), one frame after the other, rows x cols each. */
  frames(from: number, to: number): Int32Array;
  /** Monitor counts of frames [from, to). */
  monitor(from: number, to: number): Float64Array;
}

const MONITOR_LEVEL = 1e6;
/** The brightest pixel lies within so many fringes of the reflection, dislocation or not. */
const PEAK_WITHIN_FRINGES = 4;

/** Simulates a scan of one particle as the detector records it: forward model, photons, faults. */
export function simulateScan(spec: ScanSpec): SimulatedScan {
  const particle = createParticle(spec);
  const fringe = (2 * Math.PI) / particle.sizeAngstrom;
  const draw = stream(spec.seed, 'alignment');
  const { geometry, motors, eta } = align(spec, norm(particle.g), fringe, draw);
  const spin = draw.uniform(0, 2 * Math.PI);
  const orientation = orientationFrom(particle.g, createQMap(geometry).at(...spec.peak), spin);
  const target: Target = { ...particle, orientation };
  const model = createForwardModel(geometry, spec.shape, target);
  const diffuse = stream(spec.seed, 'diffuse');
  const exposed = expose(model, {
    frames: spec.frames,
    peakCounts: spec.peakCounts,
    peakWithin: PEAK_WITHIN_FRINGES * fringe,
    background: backgroundMap(
      {
        level: spec.background,
        slope: [diffuse.uniform(-0.4, 0.4), diffuse.uniform(-0.4, 0.4)],
        hump: { height: diffuse.uniform(0, 1), row: diffuse.uniform(), col: diffuse.uniform(), width: 0.3 },
      },
      spec.shape,
    ),
    faults: drawFaults(
      spec.shape,
      spec.gaps,
      { hot: spec.hotPixels, dead: spec.deadPixels, zingerRate: spec.zingerRate },
      stream(spec.detectorSeed, 'faults'),
    ),
    seed: spec.seed,
  });
  const header: BlissScan = {
    sample: spec.sample,
    dataset: spec.dataset,
    number: spec.number,
    motor: 'eta',
    positions: eta,
    motors,
    ...(spec.stage && { stage: spec.stage }),
    energyEv: spec.energyEv,
    distanceM: spec.distanceM,
    directBeam: spec.directBeam,
    pixelM: geometry.pixelM,
    detector: spec.detector,
    shape: spec.shape,
    countTimeS: spec.countTimeS,
    startedAt: new Date(spec.startedAt),
    truth: spec.defect,
  };
  return {
    header,
    geometry,
    target,
    sizeAngstrom: particle.sizeAngstrom,
    frames(from, to) {
      const pixels = spec.shape[0] * spec.shape[1];
      const counts = new Int32Array((to - from) * pixels);
      for (let i = from; i < to; i++) counts.set(exposed.frame(i), (i - from) * pixels);
      return counts;
    },
    monitor: (from, to) =>
      Float64Array.from({ length: to - from }, (_, i) => stream(spec.seed, 'monitor', from + i).poisson(MONITOR_LEVEL)),
  };
}
