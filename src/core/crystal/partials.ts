import { add, cross, dot, scale, subtract, type Vec3 } from '@core/math/vector';
import { sum, type DisplacementField } from './displacement';
import { dislocationField, type Dislocation } from './dislocation';

/** The three a/6 <112> of a {111} plane (unit normal), in cell edges, and their opposites: shifts that leave a stacking fault. */
export function shockleyVectors(normal: Vec3): readonly Vec3[] {
  const signs = [Math.sign(normal[0]), Math.sign(normal[1]), Math.sign(normal[2])] as const;
  return [0, 1, 2].flatMap((two): Vec3[] => {
    const along = (axis: 0 | 1 | 2): number => (signs[axis] * (axis === two ? -2 : 1)) / 6;
    const shift: Vec3 = [along(0), along(1), along(2)];
    return [shift, scale(shift, -1)];
  });
}

/** The two Shockley partials that add up to a Burgers vector in one of its glide planes, cell edges. */
export function shockleyPair(burgers: Vec3, glideNormal: Vec3): readonly [Vec3, Vec3] {
  const first = shockleyVectors(glideNormal).find((p) => {
    const rest = subtract(burgers, p);
    return Math.abs(dot(p, burgers) - 1 / 4) < 1e-9 && Math.abs(dot(rest, rest) - 1 / 6) < 1e-9;
  });
  if (!first) throw new RangeError('The Burgers vector does not lie in the plane');
  return [first, subtract(burgers, first)];
}

/**
 * A dislocation split into its two Shockley partials, with a ribbon of stacking fault between them.
 * @param dislocation as if it were whole, its line in the middle of the ribbon; `burgers` in angstrom
 * @param latticeAngstrom cell edge
 * @param width of the ribbon, angstrom
 */
export function splitField(
  dislocation: Omit<Dislocation, 'ahead'>,
  latticeAngstrom: number,
  width: number,
): DisplacementField {
  const { burgers, glideNormal, line, point } = dislocation;
  // Both are cut on the same side: the ribbon between the lines is then all that is faulted.
  const ahead = cross(glideNormal, line);
  const parts = shockleyPair(scale(burgers, 1 / latticeAngstrom), glideNormal);
  return sum(
    parts.map((part, n) =>
      dislocationField({
        ...dislocation,
        ahead,
        burgers: scale(part, latticeAngstrom),
        point: add(point, scale(ahead, (n === 0 ? 0.5 : -0.5) * width)),
      }),
    ),
  );
}
