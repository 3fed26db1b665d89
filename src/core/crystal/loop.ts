import { add, cross, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import type { DisplacementField } from './displacement';

export interface DislocationLoop {
  /** Angstrom, crystal frame; closure failure of a circuit right-handed about the line from corner to corner (FS/RH). */
  readonly burgers: Vec3;
  /** Of a flat convex polygon, angstrom, crystal frame, in the order that the line runs. */
  readonly corners: readonly Vec3[];
  /** Poisson's ratio. */
  readonly poisson: number;
}

/** Within this part of |b| of a segment its diverging terms are held. */
const CORE = 1 / 4;

/** Corners of a regular polygon: right-handed about its normal. */
export function regularPolygon(centre: Vec3, normal: Vec3, radius: number, corners: number): Vec3[] {
  const u = normalise(cross(normal, Math.abs(normal[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]));
  const v = cross(normal, u);
  return Array.from({ length: corners }, (_, n) => {
    const angle = (2 * Math.PI * n) / corners;
    return add(centre, add(scale(u, radius * Math.cos(angle)), scale(v, radius * Math.sin(angle))));
  });
}

/**
 * Displacement of a closed dislocation loop in an infinite isotropic body: Burgers' formula, its line integrals done exactly for straight
 * segments (D. M. Barnett, Phil. Mag. A 51 (1985) 383; Hirth and Lothe, eq. 4-6). The cut is the flat loop itself: there the displacement
 * jumps by b, as it does across the plane of atoms that a Frank or prismatic loop adds or takes away.
 */
export function loopField({ burgers, corners, poisson }: DislocationLoop): DisplacementField {
  const [bx, by, bz] = burgers;
  const count = corners.length;
  const points = Float64Array.from(corners.flat());
  const floor = (CORE * Math.hypot(...burgers)) ** 2;
  // Of each segment: its length, and b x t.
  const segments = corners.map((from, n) => {
    const along = subtract(corners[(n + 1) % count]!, from);
    const length = Math.hypot(...along);
    return { length, turned: cross(burgers, scale(along, 1 / length)) };
  });
  const k1 = (1 - 2 * poisson) / (8 * Math.PI * (1 - poisson));
  const k2 = 1 / (8 * Math.PI * (1 - poisson));
  // From the place to each corner: x, y, z, length.
  const to = new Float64Array(4 * count);
  return (x, y, z, out) => {
    for (let n = 0; n < count; n++) {
      const [rx, ry, rz] = [points[3 * n]! - x, points[3 * n + 1]! - y, points[3 * n + 2]! - z];
      to[4 * n] = rx;
      to[4 * n + 1] = ry;
      to[4 * n + 2] = rz;
      to[4 * n + 3] = Math.sqrt(rx * rx + ry * ry + rz * rz + 1e-12 * floor);
    }
    let [ux, uy, uz] = [0, 0, 0];
    for (let n = 0; n < count; n++) {
      const a = 4 * n;
      const c = n + 1 === count ? 0 : a + 4;
      const [ax, ay, az, ra] = [to[a]!, to[a + 1]!, to[a + 2]!, to[a + 3]!];
      const [cx, cy, cz, rc] = [to[c]!, to[c + 1]!, to[c + 2]!, to[c + 3]!];
      const { length, turned } = segments[n]!;
      const sum = ra + rc;
      // On the segment the difference is 0; its distance from the line is sqrt((sum^2 - length^2)) / 2 near the middle.
      const logarithm = Math.log((sum + length) / Math.max(sum - length, floor / length));
      ux -= k1 * turned[0] * logarithm;
      uy -= k1 * turned[1] * logarithm;
      uz -= k1 * turned[2] * logarithm;
      const [nx, ny, nz] = [ay * cz - az * cy, az * cx - ax * cz, ax * cy - ay * cx];
      // (1 + cosine) |A| |C|, which is 0 on the segment.
      const open = Math.max(ra * rc + ax * cx + ay * cy + az * cz, 2 * floor);
      const share = (k2 * (bx * nx + by * ny + bz * nz)) / open;
      ux += share * (ax / ra + cx / rc);
      uy += share * (ay / ra + cy / rc);
      uz += share * (az / ra + cz / rc);
    }
    const turns = solidAngle(to, count) / (4 * Math.PI);
    out[0]! += ux + bx * turns;
    out[1]! += uy + by * turns;
    out[2]! += uz + bz * turns;
  };
}

/** Solid angle of a flat convex polygon, as a fan of triangles (A. van Oosterom, J. Strackee, IEEE Trans. Biomed. Eng. 30 (1983) 125). */
function solidAngle(to: Float64Array, count: number): number {
  let total = 0;
  const [ax, ay, az, ra] = [to[0]!, to[1]!, to[2]!, to[3]!];
  for (let n = 1; n + 1 < count; n++) {
    const [bx, by, bz, rb] = [to[4 * n]!, to[4 * n + 1]!, to[4 * n + 2]!, to[4 * n + 3]!];
    const [cx, cy, cz, rc] = [to[4 * n + 4]!, to[4 * n + 5]!, to[4 * n + 6]!, to[4 * n + 7]!];
    const volume = ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
    const below =
      ra * rb * rc +
      (ax * bx + ay * by + az * bz) * rc +
      (bx * cx + by * cy + bz * cz) * ra +
      (cx * ax + cy * ay + cz * az) * rb;
    total += 2 * Math.atan2(volume, below);
  }
  return total;
}
