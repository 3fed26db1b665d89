import type { Vec3 } from '@core/math/vector';
import { interpolate } from './interpolate';
import { pairCount } from './setfl';
import { PotentialError, type EamTables } from './types';

/** What a perfect infinite fcc crystal of a potential is like at 0 K. */
export interface Bulk {
  /** Cell edge of least energy, angstrom. */
  readonly latticeAngstrom: number;
  /** Energy of an atom, eV; negative. */
  readonly cohesiveEv: number;
  /** C11, C12, C44, GPa. */
  readonly elasticGpa: readonly [number, number, number];
}

const GPA_PER_EV_PER_CUBIC_ANGSTROM = 160.2176634;
/** Smallest and largest cell edge that is looked at, angstrom; fcc metals lie between Ni 3.5 and Ca 5.6. */
const EDGES = [2.5, 7] as const;
const STRAIN = 2e-3;
/** A shell that lies on the cutoff but for so much of it belongs to the crystal: Zhou's fifth. Tables are read on a little beyond their end. */
const ON_THE_EDGE = 1e-3;

/** Fcc sites nearer than `reach` cell edges, without the origin, in cell edges. */
function neighbours(reach: number): Vec3[] {
  const most = Math.ceil(2 * reach);
  const sites: Vec3[] = [];
  for (let i = -most; i <= most; i++)
    for (let j = -most; j <= most; j++)
      for (let k = -most; k <= most; k++) {
        const squared = (i * i + j * j + k * k) / 4;
        if ((i + j + k) % 2 === 0 && squared > 0 && squared <= reach * reach) sites.push([i / 2, j / 2, k / 2]);
      }
  return sites;
}

/**
 * Energy of an atom, eV, of an fcc crystal with the given edge (angstrom) under a symmetric strain (xx, yy, xy). Who is a neighbour is
 * settled before straining: tables may end above 0 on a shell of atoms (Zhou's do), and its coming and going is no elasticity.
 */
type EnergyOf = (edge: number, xx?: number, yy?: number, xy?: number) => number;

function latticeEnergy(tables: EamTables, index: number): EnergyOf {
  const reach = tables.cutoffAngstrom;
  const within = reach * (1 + ON_THE_EDGE);
  const embedding = interpolate(tables.embedding[index]!, tables.densityStep);
  const densities = tables.density[index]!;
  const density = interpolate(densities[densities.length > 1 ? index : 0]!, tables.distanceStep);
  const pair = interpolate(tables.pair[pairCount(index) + index]!, tables.distanceStep);
  const sites = neighbours((1.1 * reach) / EDGES[0]);
  return (edge, xx = 0, yy = 0, xy = 0) => {
    let around = 0;
    let energy = 0;
    for (const [x, y, z] of sites) {
      if (edge * Math.hypot(x, y, z) >= within) continue;
      const r = edge * Math.hypot(x * (1 + xx) + y * xy, y * (1 + yy) + x * xy, z);
      around += density(r);
      energy += pair(r) / r / 2;
    }
    return energy + embedding(around);
  };
}

/** Where a function is least in an interval: the lowest of many points, then golden sections about it. */
function least(f: (x: number) => number, low: number, high: number): number {
  const step = 0.02;
  let best = low;
  for (let x = low; x <= high; x += step) if (f(x) < f(best)) best = x;
  let [a, b] = [best - step, best + step];
  const golden = (Math.sqrt(5) - 1) / 2;
  while (b - a > 1e-7) {
    const left = b - golden * (b - a);
    const right = a + golden * (b - a);
    if (f(left) < f(right)) b = right;
    else a = left;
  }
  return (a + b) / 2;
}

/**
 * Lattice sums over one element's tables. Fcc has one atom in its primitive cell, so straining needs no inner relaxation and the
 * energy's second differences are the elastic constants.
 * @throws PotentialError for an element that the potential does not have or does not hold together as fcc
 */
export function bulkOf(tables: EamTables, element: string): Bulk {
  const index = tables.elements.findIndex(({ name }) => name === element);
  const has = tables.elements.map(({ name }) => name).join(', ');
  if (index < 0) throw new PotentialError(`it has no ${element}, only ${has}`);
  const energy = latticeEnergy(tables, index);
  const edge = least((x) => energy(x), ...EDGES);
  const cohesiveEv = energy(edge);
  if (!(cohesiveEv < 0) || edge < EDGES[0] + 0.03 || edge > EDGES[1] - 0.03)
    throw new PotentialError(`fcc ${element} has no energy minimum between ${EDGES[0]} and ${EDGES[1]} angstrom`);
  const perCell = (4 / edge ** 3) * GPA_PER_EV_PER_CUBIC_ANGSTROM;
  const second = (f: (e: number) => number): number =>
    (perCell * (f(STRAIN) + f(-STRAIN) - 2 * cohesiveEv)) / STRAIN ** 2;
  const c11 = second((e) => energy(edge, e));
  const both = second((e) => energy(edge, e, e)) / 2;
  const c44 = second((e) => energy(edge, 0, 0, e / 2));
  return { latticeAngstrom: edge, cohesiveEv, elasticGpa: [c11, both - c11, c44] };
}
