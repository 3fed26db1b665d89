import { cross, multiply, normalise, transpose, type Mat3, type Vec3 } from '@core/math/vector';
import { rotation } from '@core/geometry/circles';

/** Right-handed orthonormal rows with the first along `v`; the second is perpendicular to the axis farthest from `v`. */
function basisAlong(v: Vec3): Mat3 {
  const first = normalise(v);
  const sizes = first.map(Math.abs);
  const farthest = sizes.indexOf(Math.min(...sizes));
  const helper: Vec3 = [farthest === 0 ? 1 : 0, farthest === 1 ? 1 : 0, farthest === 2 ? 1 : 0];
  const second = normalise(cross(helper, first));
  return [first, second, cross(first, second)];
}

/**
 * Rotation that takes crystal vectors to the sample frame so that `g` comes to lie along `q`. One such rotation exists for
 * each spin about `q`, which no single reflection can tell.
 * @param g reciprocal lattice vector, crystal frame
 * @param q scattering vector, sample frame
 * @param spin radians
 */
export function orientationFrom(g: Vec3, q: Vec3, spin: number): Mat3 {
  return multiply(transpose(basisAlong(q)), multiply(rotation('x+', spin), basisAlong(g)));
}
