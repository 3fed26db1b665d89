import { norm, scale, type Vec3 } from '@core/math/vector';
import { elements, type ElementName } from './elements';
import { polyhedron, type HalfSpace } from './polyhedron';

/** A convex body in the crystal frame (x [100], y [010], z [001]), angstrom; the origin is the centre of its free Wulff shape. */
export interface CrystalShape {
  readonly facets: readonly HalfSpace[];
  /** Cubic angstrom. */
  readonly volume: number;
  readonly centroid: Vec3;
  readonly vertices: readonly Vec3[];
  readonly min: Vec3;
  readonly max: Vec3;
  /** Edge of the cube that the free Wulff shape was cut from, angstrom. */
  readonly lateral: number;
  contains(x: number, y: number, z: number): boolean;
  /** Largest of normal . r - distance over the facets: negative inside, the exact depth below the nearest facet there. */
  signedDistance(x: number, y: number, z: number): number;
}

const SIGNS = [1, -1] as const;

/** The eight outward {111} normals, not normalised. */
export const octahedral: readonly Vec3[] = SIGNS.flatMap((a) =>
  SIGNS.flatMap((b) => SIGNS.map((c): Vec3 => [a, b, c])),
);

const cubic: readonly Vec3[] = [0, 1, 2].flatMap((axis) =>
  SIGNS.map((s): Vec3 => [axis === 0 ? s : 0, axis === 1 ? s : 0, axis === 2 ? s : 0]),
);

const dodecahedral: readonly Vec3[] = SIGNS.flatMap((a) =>
  SIGNS.flatMap((b): Vec3[] => [
    [0, a, b],
    [a, 0, b],
    [a, b, 0],
  ]),
);

const plane = (direction: Vec3, distance: number): HalfSpace => ({
  normal: scale(direction, 1 / norm(direction)),
  distance,
});

/** Wraps half-spaces as a shape. */
export function shapeOf(facets: readonly HalfSpace[], lateral: number): CrystalShape {
  const { volume, centroid, vertices, min, max } = polyhedron(facets, 2 * lateral);
  const flat = Float64Array.from(facets.flatMap((f) => [...f.normal, f.distance]));
  const signedDistance = (x: number, y: number, z: number): number => {
    let most = -Infinity;
    for (let i = 0; i < flat.length; i += 4) {
      const s = flat[i]! * x + flat[i + 1]! * y + flat[i + 2]! * z - flat[i + 3]!;
      if (s > most) most = s;
    }
    return most;
  };
  return {
    facets,
    volume,
    centroid,
    vertices,
    min,
    max,
    lateral,
    signedDistance,
    contains: (x, y, z) => signedDistance(x, y, z) <= 0,
  };
}

export interface WinterbottomOptions {
  readonly element: ElementName;
  /** Edge of the cube the crystal is cut from, angstrom: the distance between opposite {100} facets of the free shape. */
  readonly lateral: number;
  /** Which of {@link octahedral} is the interface with the substrate. */
  readonly interfaceIndex: number;
  /** Height over the height of the free shape, 0.65 to 0.75 in the paper; 1 leaves the Wulff shape. */
  readonly height: number;
  /** Surface energies of {111}, {100}, {110}; those of the element when left out. */
  readonly surface?: readonly [number, number, number];
}

/**
 * Winterbottom shape of an fcc crystal on a substrate: the Wulff shape of {111}, {100} and {110} facets, each as far from the centre
 * as its surface energy is high, cut along one {111} (W. Winterbottom, Acta Metall. 15 (1967) 303; paper, 'Building the datasets').
 * @throws RangeError when a size, an energy or the index cannot be
 */
export function winterbottom(options: WinterbottomOptions): CrystalShape {
  const { element, lateral, interfaceIndex, height } = options;
  const [g111, g100, g110] = options.surface ?? elements[element].surface;
  const interfaceNormal = octahedral[interfaceIndex];
  if (!interfaceNormal || !(lateral > 0) || !(height > 0 && height <= 1) || !(Math.min(g111, g100, g110) > 0)) {
    throw new RangeError(
      'A crystal needs a positive size, a height in (0, 1], positive surface energies and an interface 0 to 7',
    );
  }
  const perEnergy = lateral / 2 / g100;
  const d111 = g111 * perEnergy;
  const facets = [
    ...octahedral.map((n) => plane(n, n === interfaceNormal ? d111 * (2 * height - 1) : d111)),
    ...cubic.map((n) => plane(n, g100 * perEnergy)),
    ...dodecahedral.map((n) => plane(n, g110 * perEnergy)),
  ];
  return shapeOf(facets, lateral);
}
