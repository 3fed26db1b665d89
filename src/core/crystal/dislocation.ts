import { cross, dot, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import type { DisplacementField } from './displacement';

export interface Dislocation {
  /** Angstrom, crystal frame; closure failure of a circuit right-handed about the line (FS/RH). */
  readonly burgers: Vec3;
  /** Unit vector. */
  readonly line: Vec3;
  /** Unit normal of the glide plane; both `burgers` and `line` lie in it. */
  readonly glideNormal: Vec3;
  /** Any point of the line, angstrom. */
  readonly point: Vec3;
  /** Poisson's ratio. */
  readonly poisson: number;
  /** Unit vector in the glide plane across the line, away from the cut; along the edge part of b when left out. */
  readonly ahead?: Vec3;
}

/**
 * Displacement of a straight dislocation in an infinite isotropic body, the sum of its screw and edge parts
 * (Hirth and Lothe, Theory of Dislocations, eqs. 3-1 and 3-45; Hull and Bacon, eqs. 4.11 and 4.16).
 * The cut surface is half of the glide plane, where the jump b is a lattice vector, so no plane of atoms is added or lost.
 * Elasticity ends at the core: within |b|/4 of the line its diverging terms are held, so an atom on the line moves by a finite amount.
 */
export function dislocationField({
  burgers,
  line,
  glideNormal,
  point,
  poisson,
  ahead,
}: Dislocation): DisplacementField {
  const screw = dot(burgers, line);
  const edgeVector = subtract(burgers, scale(line, screw));
  const edge = Math.hypot(...edgeVector);
  // A right-handed set: e1 in the glide plane, along the edge part where there is one; e2 = t x e1.
  // An edge part this small is what rounding left of a subtraction, and no longer points anywhere.
  const e1 = ahead ?? (edge > 1e-9 * Math.abs(screw) ? normalise(edgeVector) : normalise(cross(glideNormal, line)));
  const e2 = cross(line, e1);
  const core = Math.hypot(...burgers) / 4;
  const coreSquared = core * core;
  const a = (ahead ? dot(edgeVector, ahead) : edge) / (2 * Math.PI);
  const c = screw / (2 * Math.PI);
  const k1 = 1 / (2 * (1 - poisson));
  const k2 = (1 - 2 * poisson) / (4 * (1 - poisson));
  const k3 = 1 / (4 * (1 - poisson));
  return (x, y, z, out) => {
    const dx = x - point[0];
    const dy = y - point[1];
    const dz = z - point[2];
    const p = e1[0] * dx + e1[1] * dy + e1[2] * dz;
    const q = e2[0] * dx + e2[1] * dy + e2[2] * dz;
    const angle = Math.atan2(q, p);
    const square = Math.max(p * p + q * q, coreSquared);
    const u1 = a * (angle + (k1 * p * q) / square);
    const u2 = -a * (k2 * Math.log(square / coreSquared) + (k3 * (p * p - q * q)) / square);
    const u3 = c * angle;
    out[0]! += u1 * e1[0] + u2 * e2[0] + u3 * line[0];
    out[1]! += u1 * e1[1] + u2 * e2[1] + u3 * line[1];
    out[2]! += u1 * e1[2] + u2 * e2[2] + u3 * line[2];
  };
}
