import { dot, normalise, type Vec3 } from '@core/math/vector';
import { principalAxes } from '@core/math/principal';
import { neighbourBoxes } from './neighbours';

/** What is left of a dislocation in relaxed atoms: the stacking-fault ribbon between its partials, and their cores. */
export interface RibbonReport {
  readonly present: boolean;
  /** A point of the line, angstrom, and its unit vector, crystal frame. */
  readonly point?: Vec3;
  readonly line?: Vec3;
  /** Angle between the Burgers vector and the line, degrees: 0 screw, 90 edge. Absent where the ribbon is too short to have a direction. */
  readonly characterDeg?: number;
  /** Atoms of the ribbon. */
  readonly atoms: number;
}

/** LAMMPS' numbers of common-neighbour analysis (`compute cna/atom`). */
const FCC = 1;
const HCP = 2;
/** Between the first shell (0.71 cell edges) and the second (1): the cut-off of the analysis itself. */
const FIRST_SHELL = 0.854;
/** Atoms with fewer neighbours lie in the surface. */
const BURIED = 11;
/** Ribbon atoms this near each other, in cell edges, belong together: a screw's two half-ribbons meet in a constriction. */
const JOINED = 1.3;
/** What is smaller is a vacancy or the foot of a surface step. */
const FEWEST_ATOMS = 15;
/** Shortest line that a pattern can show, in cell edges. */
const SHORTEST = 3;
/** A ribbon hardly longer than wide does not tell along which of the two the line runs. */
const LONGER_THAN_WIDE = 1.25;

/**
 * Looks for a dislocation in relaxed atoms by common-neighbour analysis. In fcc a dislocation splits into two partials with a ribbon of
 * hexagonal stacking between them, in one {111} plane or, a screw, in two; the ribbon's long direction is the line's (paper,
 * Supplementary Figs. 1 and 2). Atoms of the surface and right below it are no part of it.
 * @param positions 3N coordinates, angstrom
 * @param structure LAMMPS' number of each atom
 * @param latticeAngstrom fcc cell edge
 * @param burgers any length; without it no character is told
 */
export function findRibbon(
  positions: Float64Array,
  structure: Uint8Array,
  latticeAngstrom: number,
  burgers?: Vec3,
): RibbonReport {
  const faulted = buriedFaults(positions, structure, latticeAngstrom);
  const cluster = largestCluster(positions, faulted, JOINED * latticeAngstrom);
  const absent = { present: false, atoms: cluster.length };
  if (cluster.length < FEWEST_ATOMS) return absent;
  const { centre, axes, spreads } = principalAxes(positions, cluster);
  // A line evenly filled has a standard deviation of its length over sqrt(12).
  if (Math.sqrt(12) * spreads[0] < SHORTEST * latticeAngstrom) return absent;
  const line = axes[0];
  const told = burgers && spreads[0] > LONGER_THAN_WIDE * spreads[1];
  const cosine = told ? Math.min(1, Math.abs(dot(normalise(burgers), line))) : undefined;
  return {
    present: true,
    atoms: cluster.length,
    point: centre,
    line,
    ...(cosine !== undefined && { characterDeg: (Math.acos(cosine) * 180) / Math.PI }),
  };
}

/** Atoms that are not fcc although they, and all their neighbours but a few, have a full first shell; hexagonal ones always have it. */
function buriedFaults(positions: Float64Array, structure: Uint8Array, lattice: number): number[] {
  const suspects = [...structure.keys()].filter((i) => structure[i] !== FCC);
  const boxes = neighbourBoxes(positions, FIRST_SHELL * lattice);
  const coordination = new Map<number, number>();
  const neighboursOf = (i: number): number => {
    // Fcc and hexagonal atoms were told by their twelve neighbours.
    if (structure[i] === FCC || structure[i] === HCP) return 12;
    let count = coordination.get(i);
    if (count === undefined) {
      count = 0;
      boxes.each(i, () => count!++);
      coordination.set(i, count);
    }
    return count;
  };
  return suspects.filter((i) => {
    if (neighboursOf(i) < BURIED) return false;
    let open = 0;
    boxes.each(i, (j) => {
      if (neighboursOf(j) < BURIED) open++;
    });
    return open === 0;
  });
}

/** The largest set of atoms of which each is near another. */
function largestCluster(positions: Float64Array, members: readonly number[], reach: number): number[] {
  if (members.length === 0) return [];
  const local = new Float64Array(3 * members.length);
  members.forEach((i, n) => local.set(positions.subarray(3 * i, 3 * i + 3), 3 * n));
  const boxes = neighbourBoxes(local, reach);
  const seen = new Uint8Array(members.length);
  let largest: number[] = [];
  for (let first = 0; first < members.length; first++) {
    if (seen[first]) continue;
    seen[first] = 1;
    const cluster = [first];
    for (let next = 0; next < cluster.length; next++) {
      boxes.each(cluster[next]!, (j) => {
        if (seen[j]) return;
        seen[j] = 1;
        cluster.push(j);
      });
    }
    if (cluster.length > largest.length) largest = cluster;
  }
  return largest.map((n) => members[n]!);
}
