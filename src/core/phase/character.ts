import { burgersVectors, glidePlanes, lineDirection, visibility } from '@core/crystal/slip';
import { dot, norm, normalise, scale, type Vec3 } from '@core/math/vector';

export type Character = 'screw' | 'edge' | 'mixed';

/** Where a screw's and an edge's angle are nearer to each other than this many degrees to the one that was found, it is called mixed. */
const BETWEEN = 4;
/** For a reflection that nobody knows: between a screw's angle and an edge's at {111} and at {200}. */
const UNKNOWN = { screw: [40], edge: [64] } as const;

const angleTo = (hkl: Vec3, line: Vec3): number =>
  (180 / Math.PI) * Math.acos(Math.min(1, Math.abs(dot(normalise(hkl), normalise(line)))));

/** The angles to Q that lines of one character have, of those Burgers vectors that the reflection sees wind so often. */
function anglesOf(hkl: Vec3, characterDeg: number, winding: number): number[] {
  const seen = burgersVectors.filter((burgers) => Math.abs(visibility(hkl, burgers)) === winding);
  return seen.flatMap((burgers) =>
    glidePlanes(burgers).map((plane) => angleTo(hkl, lineDirection(scale(burgers, Math.SQRT2), plane, characterDeg))),
  );
}

/**
 * What a line's angle to Q says of its character: a screw runs along its Burgers vector, an edge across it in its {111} plane, and the
 * winding number is |g.b|, which says which Burgers vectors there can be.
 * @param hkl null where it is not known
 * @param angleDeg between line and Q, 0 to 90
 * @param winding times that the phase grows by 2 pi about the line, without its sign
 */
export function characterOf(hkl: Vec3 | null, angleDeg: number, winding: number): Character {
  const known = hkl !== null && norm(hkl) > 0;
  const off = (character: 'screw' | 'edge', degrees: number): number => {
    const angles = known ? anglesOf(hkl, degrees, winding) : UNKNOWN[character];
    return Math.min(...angles.map((angle) => Math.abs(angle - angleDeg)));
  };
  const [screw, edge] = [off('screw', 0), off('edge', 90)];
  if (Math.abs(screw - edge) < BETWEEN) return 'mixed';
  return screw < edge ? 'screw' : 'edge';
}
