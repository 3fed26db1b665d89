import { sum } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { placeLine } from '@core/crystal/placement';
import { winterbottom } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, lineDirection, visibility } from '@core/crystal/slip';
import { smoothStrain } from '@core/crystal/strain';
import { apply, cross, normalise, scale, transpose, type Mat3, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';
import { centreOfMass, normaliseMaximum } from '@core/reduce/centre';
import { createContinuumCrystal } from '@core/scatter/continuum';

const LATTICE = 3.924;
const HKL: Vec3 = [1, 1, 1];
const g = scale(HKL, (2 * Math.PI) / LATTICE);

/**
 * A pattern as the network gets it, of a platinum crystal of 100 to 200 nm: a continuum, as none of the training sets holds.
 * @param label 0 perfect, 1 screw, 2 edge
 */
export function continuumPattern(seed: number, label: 0 | 1 | 2): Float32Array {
  const random = stream(seed, 'continuum pattern', label);
  const shape = winterbottom({
    element: 'Pt',
    lateral: random.uniform(1000, 2000),
    interfaceIndex: random.integer(8),
    height: random.uniform(0.65, 0.75),
  });
  const fields = [smoothStrain({ size: shape.lateral, g, phase: random.uniform(0, 0.8) }, random)];
  if (label > 0) {
    const seen = random.shuffle(burgersVectors.filter((b) => Math.abs(visibility(HKL, b)) === 1));
    const burgers = seen[0]!;
    const glideNormal = random.shuffle(glidePlanes(burgers))[0]!;
    const line = lineDirection(burgers, glideNormal, label === 1 ? 0 : 90);
    const point = placeLine(shape, line, 'CD', random);
    fields.push(dislocationField({ burgers: scale(burgers, LATTICE), glideNormal, poisson: 0.38, line, point }));
  }
  // 32 points reach 15 fringes, and the cube's corners at this oversampling less than that.
  const crystal = createContinuumCrystal({ shape, displacement: sum(fields), g, points: 32 });
  const dq = (2 * Math.PI) / (Math.cbrt(shape.volume) * random.uniform(3, 4.5));
  const e1 = normalise(g);
  const u = normalise(cross(e1, [1, 0, 0]));
  const v = cross(e1, u);
  const angle = random.uniform(0, 2 * Math.PI);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const e2: Vec3 = [c * u[0] + s * v[0], c * u[1] + s * v[1], c * u[2] + s * v[2]];
  const toCrystal = transpose([e1, e2, cross(e1, e2)] as Mat3);

  /** @param step only every so many-th voxel along each axis; the others are 0 */
  const at = (origin: Vec3, step: number): Float32Array => {
    const chosen = [...Array(64 ** 3).keys()].filter((n) => ((n >> 12) | (n >> 6) | n) % step === 0);
    const places = new Float64Array(3 * chosen.length);
    chosen.forEach((n, i) => {
      const voxel: Vec3 = [(n >> 12) - origin[0], ((n >> 6) & 63) - origin[1], (n & 63) - origin[2]];
      places.set(apply(toCrystal, scale(voxel, dq)), 3 * i);
    });
    const amplitude = crystal.amplitude(places);
    const volume = new Float32Array(64 ** 3);
    chosen.forEach((n, i) => (volume[n] = amplitude[2 * i]! ** 2 + amplitude[2 * i + 1]! ** 2));
    return volume;
  };
  const mass = centreOfMass(at([32, 32, 32], 2));
  return normaliseMaximum(at([64 - mass[0], 64 - mass[1], 64 - mass[2]], 1));
}
