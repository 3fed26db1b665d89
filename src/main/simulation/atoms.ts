import type { PreviewAtoms } from '@contract/simulation';
import type { CrystalShape } from '@core/crystal/shape';
import type { Vec3 } from '@core/math/vector';
import { CNA_FCC } from '@main/relax/types';

/** As many atoms as a screen turns fluently without a graphics card. */
export const MOST_ATOMS = 150_000;
/** Of those at most this part at the surface; the others show what a cut lays open. */
const SURFACE_SHARE = 0.5;
/**
 * Depths under a facet, in cell edges: of the outermost layer, two {110} planes, whose atoms lack neighbours and so are no
 * defects, and of the next one, which is seen between them.
 */
const LAYERS = [0.75, 1.3] as const;

export interface AtomsToShow {
  /** 3N coordinates, angstrom, crystal frame, and where each atom would be in the perfect lattice. */
  readonly positions: Float64Array;
  readonly reference: Float64Array;
  /** Local structure of each, once relaxed. */
  readonly structure?: Uint8Array | undefined;
  readonly shape: Pick<CrystalShape, 'signedDistance'>;
  readonly latticeAngstrom: number;
}

/** Mean position, angstrom. */
export function centreOf(positions: Float64Array): Vec3 {
  const sum: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < positions.length; i++) sum[i % 3]! += positions[i]!;
  const atoms = positions.length / 3;
  return [sum[0] / atoms, sum[1] / atoms, sum[2] / atoms];
}

/** Evenly mixed in 0..1 by an atom's number, so that a part of the atoms is an even part of the crystal. */
const mixed = (atom: number): number => (Math.imul(atom + 1, 0x9e3779b1) >>> 0) / 2 ** 32;

/** Which atoms to show: all of a small crystal; of a large one all defects, and even parts of surface and inside. */
function choose(surface: Uint8Array, structure: Uint8Array | undefined, most: number): Uint32Array {
  const atoms = surface.length;
  const isDefect = (atom: number): boolean =>
    structure !== undefined && structure[atom] !== CNA_FCC && surface[atom] === 0;
  let [outer, defects] = [0, 0];
  for (let atom = 0; atom < atoms; atom++) {
    outer += surface[atom] ? 1 : 0;
    defects += isDefect(atom) ? 1 : 0;
  }
  const room = Math.max(0, most - defects);
  const ofOuter = Math.min(1, (SURFACE_SHARE * room) / Math.max(1, outer));
  const ofInner = Math.min(1, (room - ofOuter * outer) / Math.max(1, atoms - outer - defects));
  const chosen: number[] = [];
  for (let atom = 0; atom < atoms && chosen.length < most; atom++)
    if (atoms <= most || isDefect(atom) || mixed(atom) < (surface[atom] ? ofOuter : ofInner)) chosen.push(atom);
  return Uint32Array.from(chosen);
}

const bytesOf = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer);

/** The atoms as the screen draws them: from their centre, with how far each is from its place in the perfect lattice. */
export function atomsToShow(of: AtomsToShow, most: number = MOST_ATOMS): PreviewAtoms {
  const { positions, reference, structure, shape, latticeAngstrom } = of;
  const total = positions.length / 3;
  const surface = new Uint8Array(total);
  for (let atom = 0, i = 0; atom < total; atom++, i += 3) {
    const depth = -shape.signedDistance(reference[i]!, reference[i + 1]!, reference[i + 2]!);
    surface[atom] = 1 + LAYERS.findIndex((layer) => depth < layer * latticeAngstrom);
  }
  const chosen = choose(surface, structure, most);
  const centre = centreOf(reference);
  const out = { positions: new Float32Array(3 * chosen.length), displacement: new Float32Array(chosen.length) };
  let radius = 0;
  for (let n = 0; n < chosen.length; n++) {
    const i = 3 * chosen[n]!;
    let [moved, far] = [0, 0];
    for (let axis = 0; axis < 3; axis++) {
      const at = positions[i + axis]! - centre[axis]!;
      out.positions[3 * n + axis] = at;
      moved += (positions[i + axis]! - reference[i + axis]!) ** 2;
      far += at * at;
    }
    out.displacement[n] = Math.sqrt(moved);
    radius = Math.max(radius, far);
  }
  return {
    total,
    shown: chosen.length,
    positions: bytesOf(out.positions),
    displacement: bytesOf(out.displacement),
    structure: Uint8Array.from(chosen, (atom) => structure?.[atom] ?? 0),
    surface: Uint8Array.from(chosen, (atom) => surface[atom]!),
    spacing: latticeAngstrom / Math.SQRT2,
    radius: Math.sqrt(radius),
  };
}
