import { add, cross, dot, norm, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import { principalAxis } from '@core/math/principal';
import { burgersCircuit } from './circuit';
import { findNeighbours, type Neighbours } from './neighbours';

/** Numbers of LAMMPS' `compute cna/atom`. */
const FCC = 1;
const HCP = 2;
/** Between nearest and second neighbours of fcc, in cell edges. */
const NEIGHBOUR_CUTOFF = (Math.SQRT1_2 + 1) / 2;
/** An atom with so few neighbours lies at a surface: 9 on {111}, 8 on {100}. Dislocation cores have 11 to 13. */
const SURFACE_NEIGHBOURS = 9;
/** Layers below a surface whose structure is the surface's doing. */
const SURFACE_LAYERS = 2;
/** Fewer atoms than this inside are no ribbon. */
const LEAST_ATOMS = 8;
/** A partial's core is a string of atoms; fewer say nothing of its direction. */
const LEAST_CORE = 5;

export interface RibbonReport {
  /**
   * `whole`: a dislocation can be walked round inside the crystal. `faulted`: one partial or both have left, their stacking fault
   * stayed. `escaped`: the crystal is perfect again inside.
   */
  readonly state: 'whole' | 'faulted' | 'escaped';
  /** Whether the dislocation is still there: `whole`. */
  readonly present: boolean;
  /** What its Burgers circuits find, angstrom, sign open; absent unless whole. */
  readonly burgers?: Vec3;
  /** Middle of the ribbon, angstrom, and unit vector along it; absent where nothing is left. */
  readonly point?: Vec3;
  readonly line?: Vec3;
  /** Angle between line and Burgers vector, 0 (screw) to 90 (edge). */
  readonly characterDeg?: number;
  /** Atoms of ribbon and cores inside. */
  readonly atoms: number;
}

/** Atoms more than {@link SURFACE_LAYERS} bonds away from any surface atom. */
function interior({ start, list }: Neighbours, atoms: number): Uint8Array {
  const inside = new Uint8Array(atoms).fill(1);
  let layer: number[] = [];
  for (let i = 0; i < atoms; i++) if (start[i + 1]! - start[i]! <= SURFACE_NEIGHBOURS) layer.push(i);
  for (const i of layer) inside[i] = 0;
  for (let depth = 0; depth < SURFACE_LAYERS; depth++) {
    const next: number[] = [];
    for (const i of layer)
      for (let n = start[i]!; n < start[i + 1]!; n++) {
        const j = list[n]!;
        if (inside[j]) next.push(j);
        inside[j] = 0;
      }
    layer = next;
  }
  return inside;
}

/** Connected groups of chosen atoms. */
function groups(chosen: readonly number[], { start, list }: Neighbours): number[][] {
  const open = new Set(chosen);
  const found: number[][] = [];
  for (const seed of chosen) {
    if (!open.delete(seed)) continue;
    const group = [seed];
    for (let head = 0; head < group.length; head++) {
      const i = group[head]!;
      for (let n = start[i]!; n < start[i + 1]!; n++) if (open.delete(list[n]!)) group.push(list[n]!);
    }
    found.push(group);
  }
  return found;
}

const mean = (points: readonly Vec3[]): Vec3 => scale(points.reduce(add, [0, 0, 0]), 1 / points.length);

/** A partial's core: its middle, and where it leads, from end to end. */
function stringOf(points: readonly Vec3[]): { middle: Vec3; leads: Vec3 } {
  const middle = mean(points);
  const about = points.map((p) => subtract(p, middle));
  const axis = principalAxis(about);
  const along = about.map((p) => dot(p, axis));
  const length = along.reduce((m, x) => Math.max(m, x), -Infinity) - along.reduce((m, x) => Math.min(m, x), Infinity);
  return { middle, leads: scale(axis, length) };
}

/**
 * Direction of the whole dislocation: the mean of its two partials, each from end to end. Run along the same way, they have the fault on
 * opposite sides, which tells how a ribbon that opens like a fan is to be read.
 */
function direction(cores: readonly (readonly Vec3[])[], fault: Vec3): Vec3 {
  const strings = cores.map(stringOf);
  const [a, b] = strings;
  if (strings.length !== 2 || !a || !b) {
    // One string, or pieces of some: the axis along which each is longest about its own middle.
    return principalAxis(cores.flatMap((core, s) => core.map((p) => subtract(p, strings[s]!.middle))));
  }
  const side = (s: typeof a): Vec3 => cross(subtract(fault, s.middle), s.leads);
  return normalise((dot(side(a), side(b)) > 0 ? subtract : add)(a.leads, b.leads));
}

/**
 * What became of a dislocation: relaxed, it is a ribbon of stacking fault (hcp) between two partials whose cores are neither fcc nor hcp.
 * @param positions 3N coordinates after relaxation, angstrom
 * @param structure common-neighbour analysis of each atom, LAMMPS' numbers
 * @param lattice cell edge, angstrom
 * @param planned Burgers vector that was put in, for the character where the crystal's own is not found
 */
export function findRibbon(
  positions: Float64Array,
  structure: Uint8Array,
  lattice: number,
  planned: Vec3,
): RibbonReport {
  const neighbours = findNeighbours(positions, NEIGHBOUR_CUTOFF * lattice);
  const inside = interior(neighbours, structure.length);
  const ribbon: number[] = [];
  structure.forEach((s, i) => {
    if (inside[i] && s !== FCC) ribbon.push(i);
  });
  if (ribbon.length < LEAST_ATOMS) return { state: 'escaped', present: false, atoms: ribbon.length };
  const found = burgersCircuit(
    positions,
    structure.map((s) => Number(s === FCC)),
    neighbours,
  );
  const at = (i: number): Vec3 => [positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!];
  const cores = groups(
    ribbon.filter((i) => structure[i] !== HCP),
    neighbours,
  ).filter((group) => group.length >= LEAST_CORE);
  const strings = (cores.length > 0 ? cores : [ribbon]).map((group) => group.map(at));
  const line = direction(strings, mean(ribbon.map(at)));
  const point = mean(strings.flat());
  const burgers = found && scale(found, lattice);
  const along = Math.abs(dot(line, burgers ?? planned)) / norm(burgers ?? planned);
  const characterDeg = (Math.acos(Math.min(1, along)) * 180) / Math.PI;
  const state = found ? 'whole' : 'faulted';
  return {
    state,
    present: state === 'whole',
    point,
    line,
    characterDeg,
    atoms: ribbon.length,
    ...(burgers && { burgers }),
  };
}
