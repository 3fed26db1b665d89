import type { ElementName } from '@core/crystal/elements';
import { qFrame } from '@core/geometry/affine';
import { apply, identity, norm, scale, type Mat3, type Vec3 } from '@core/math/vector';
import { formFactor } from './formFactor';
import { createScatterer, type Scatterer } from './nufft';
import { CENTRE, intensity, SIDE } from './window';

export interface ReflectionOptions {
  readonly element: ElementName;
  /** Fcc cell edge, angstrom. */
  readonly latticeAngstrom: number;
  /** The crystal's cell edges lie along x, y and z. */
  readonly hkl: Vec3;
  /** Voxel edge, 1/angstrom, with the 2 pi. */
  readonly voxel: number;
  /** `q`: the first axis along the reflection, the second across it and z; `crystal`: x, y, z. */
  readonly frame: 'q' | 'crystal';
}

export interface ReflectionPattern {
  /** 64^3, C order, squared electrons. */
  readonly intensity: Float64Array;
  /** Q along each axis of the frame, 1/angstrom, with the 2 pi; the reflection lies at index 32 of each. */
  readonly axes: readonly [Float64Array, Float64Array, Float64Array];
  /** Rows: the axes as unit vectors in the crystal frame. */
  readonly frame: Mat3;
  /** Brightest voxel over (N f)^2 of a perfect crystal: near 1 if that is what it is, near 0 where there is no reflection. */
  readonly peakShare: number;
}

/** Kinematic pattern of one crystal about one reflection, atom by atom. */
export function scatterReflection(
  positions: Float64Array,
  { element, latticeAngstrom, hkl, voxel, frame: name }: ReflectionOptions,
  scatterer: Scatterer = createScatterer(),
): ReflectionPattern {
  const g = scale(hkl, (2 * Math.PI) / latticeAngstrom);
  const frame = name === 'q' ? qFrame(g) : identity;
  const f = (q: number): number => formFactor(element, q);
  const found = intensity(scatterer.amplitude(positions, { g, frame, dq: voxel }, f));
  const brightest = found.reduce((most, x) => (x > most ? x : most), 0);
  const centre = apply(frame, g);
  const axis = (a: 0 | 1 | 2): Float64Array =>
    Float64Array.from({ length: SIDE }, (_, i) => centre[a] + (i - CENTRE) * voxel);
  return {
    intensity: found,
    axes: [axis(0), axis(1), axis(2)],
    frame,
    peakShare: brightest / ((positions.length / 3) * f(norm(g))) ** 2,
  };
}
