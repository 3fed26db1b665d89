import type { PreviewAtoms } from '@contract/simulation';
import { floatsOf } from '@contract/floats';

/** Atoms as the crystal view draws them. */
export interface AtomCloud {
  readonly count: number;
  /** 3 x count, angstrom, from the crystal's centre. */
  readonly positions: Float32Array;
  /** Angstrom. */
  readonly displacement: Float32Array;
  /** Top of the displacement's colour scale, angstrom; a few atoms lie above. */
  readonly topDisplacement: number;
  readonly structure: Uint8Array;
  readonly surface: Uint8Array;
  /** Whether LAMMPS has told the local structure. */
  readonly structureKnown: boolean;
  /** Distance of neighbours that makes the atoms drawn a closed surface, angstrom; larger where a part is drawn. */
  readonly spacing: number;
  readonly radius: number;
}

// Corners of a relaxed crystal move much further than all else.
const topShare = 0.995;
/** Under this an untouched lattice would show its rounding errors. */
const leastTop = 0.05;

/** Two digits, upwards, so that the scale's end can be read. */
function roundedUp(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / step - 1e-9) * step).toPrecision(2));
}

/** Unpacks atoms from the wire. */
export function atomCloud(atoms: PreviewAtoms): AtomCloud {
  const displacement = floatsOf(atoms.displacement);
  const sorted = displacement.toSorted();
  const top = sorted[Math.floor((sorted.length - 1) * topShare)] ?? 0;
  return {
    count: atoms.shown,
    positions: floatsOf(atoms.positions),
    displacement,
    topDisplacement: roundedUp(Math.max(leastTop, top)),
    structure: atoms.structure,
    surface: atoms.surface,
    structureKnown: atoms.structure.some((code) => code > 0),
    spacing: atoms.spacing * Math.cbrt(atoms.total / Math.max(1, atoms.shown)),
    radius: atoms.radius,
  };
}
