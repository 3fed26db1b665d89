import type { Circle } from '@contract/geometry';
import { axisFromCxi } from '@core/geometry/circles';
import { createQMap, type ScanGeometry } from '@core/geometry/q';
import { norm } from '@core/math/vector';
import type { RandomStream } from '@core/random/stream';
import { beamline, detector } from './beamline';
import type { ScanSpec } from './spec';

/** Where ID01's motors stand for a scan. */
export interface Alignment {
  readonly geometry: ScanGeometry;
  /** Motors that stand still, degrees. */
  readonly motors: Readonly<Record<'mu' | 'phi' | 'nu' | 'delta', number>>;
  /** The rocking motor eta at each frame, degrees. */
  readonly eta: Float64Array;
}

/** What alignment needs of a scan's spec. */
export interface AlignmentSpec extends Pick<
  ScanSpec,
  'frames' | 'fringes' | 'peak' | 'energyEv' | 'distanceM' | 'directBeam'
> {
  /** Pitch of the pixels, metres; the beamline's detector's when left out. */
  readonly pixelM?: number;
}

/** Motors are read out to a tenth of a millidegree. */
const readout = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;

/**
 * Lifts the detector until the peak's pixel sees scattering vectors of length `q`, and spans the rocking curve about the peak.
 * @param q 1/angstrom
 * @param fringe distance of the crystal's fringes, 1/angstrom
 */
export function align(spec: AlignmentSpec, q: number, fringe: number, draw: RandomStream): Alignment {
  const nu = readout(draw.uniform(-1, 2));
  const phi = readout(draw.uniform(-170, 170));
  // Specular but for the tilt that dewetted particles have.
  const tilt = draw.uniform(-2, 2);
  const step = readout((((2 * spec.fringes * fringe) / q) * (180 / Math.PI)) / (spec.frames - 1));

  const at = (delta: number, eta: ArrayLike<number>): ScanGeometry => {
    const positions: Readonly<Record<string, ArrayLike<number>>> = {
      mu: [0],
      eta,
      phi: [phi],
      nu: [nu],
      delta: [delta],
    };
    const angles = ({ motor, offsetDeg }: Circle): number[] =>
      Array.from(positions[motor]!, (position) => position - offsetDeg);
    return {
      sampleCircles: beamline.sampleCircles.map(({ axis }) => axisFromCxi(axis)),
      sampleAngles: beamline.sampleCircles.map(angles),
      detectorCircles: beamline.detectorCircles.map(({ axis }) => axisFromCxi(axis)),
      detectorAngles: beamline.detectorCircles.map((circle) => angles(circle)[0]!),
      detectorDirections: [axisFromCxi(detector.directions[0]), axisFromCxi(detector.directions[1])],
      energyEv: spec.energyEv,
      distanceM: spec.distanceM,
      pixelM: spec.pixelM === undefined ? detector.pixelM : [spec.pixelM, spec.pixelM],
      directBeam: spec.directBeam,
    };
  };
  const [frame, row, col] = spec.peak;
  let [low, high] = [0, 150];
  // Bisection: |Q| grows with delta; 30 halvings reach the motor's readout.
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (norm(createQMap(at(middle, [0])).at(0, row, col)) < q) low = middle;
    else high = middle;
  }
  const delta = readout((low + high) / 2);
  const start = readout(delta / 2 + tilt - frame * step);
  const eta = Float64Array.from({ length: spec.frames }, (_, i) => readout(start + i * step));
  return { geometry: at(delta, eta), motors: { mu: 0, phi, nu, delta }, eta };
}
