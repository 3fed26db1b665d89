import { cross, dot, normalise, type Vec3 } from '@core/math/vector';
import { octahedral } from './shape';

/** The twelve <110>/2 Burgers vectors of fcc, in cell edges. */
export const burgersVectors: readonly Vec3[] = [1, -1].flatMap((a) =>
  [1, -1].flatMap((b): Vec3[] => [
    [a / 2, b / 2, 0],
    [a / 2, 0, b / 2],
    [0, a / 2, b / 2],
  ]),
);

/** The two {111} planes that a Burgers vector lies in, as unit normals. */
export function glidePlanes(burgers: Vec3): readonly Vec3[] {
  return octahedral.filter((n) => n[0] > 0 && Math.abs(dot(n, burgers)) < 1e-9).map(normalise);
}

/**
 * Line of a straight dislocation in its glide plane, as a unit vector.
 * @param characterDeg angle between line and Burgers vector: 0 screw (t along b), 90 edge (t along <112>), between them mixed
 */
export function lineDirection(burgers: Vec3, glideNormal: Vec3, characterDeg: number): Vec3 {
  const along = normalise(burgers);
  const across = cross(glideNormal, along);
  const c = Math.cos((characterDeg * Math.PI) / 180);
  const s = Math.sin((characterDeg * Math.PI) / 180);
  return normalise([c * along[0] + s * across[0], c * along[1] + s * across[1], c * along[2] + s * across[2]]);
}

/** Whether a reflection sees a dislocation at all by the classical criterion: g . b is a whole number, and 0 hides it. */
export const visibility = (hkl: Vec3, burgers: Vec3): number => Math.round(dot(hkl, burgers));
