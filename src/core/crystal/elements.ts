import measured from '@resources/potentials/zhou04-surface.json' with { type: 'json' };

/** The fcc metals this program knows. */
export const elementNames = ['Al', 'Ag', 'Au', 'Pt', 'Cu', 'Ni', 'Pd'] as const;
export type ElementName = (typeof elementNames)[number];
export const isElement = (name: string | undefined): name is ElementName => elementNames.some((one) => one === name);

export interface ElementData {
  /** Conventional fcc cell edge of a simulated crystal, at 0 K, angstrom. */
  readonly latticeAngstrom: number;
  /** The same of a real one at room temperature, angstrom. */
  readonly roomLatticeAngstrom: number;
  /** C11, C12, C44 at 0 K, GPa. */
  readonly elasticGpa: Triple;
  /** Surface energies of {111}, {100}, {110}, relaxed, J/m^2. Only their ratios matter. */
  readonly surface: Triple;
}
/** What a crystal of the metal is built by. */
export type Metal = Pick<ElementData, 'latticeAngstrom' | 'elasticGpa' | 'surface'>;
type Triple = readonly [number, number, number];

/** International Centre for Diffraction Data, powder standards. */
const ROOM: Readonly<Record<ElementName, number>> = {
  Al: 4.0495,
  Ag: 4.0857,
  Au: 4.0782,
  Pt: 3.9242,
  Cu: 3.6149,
  Ni: 3.524,
  Pd: 3.8907,
};

const triple = ([a, b, c]: readonly number[]): Triple => [a!, b!, c!];

function elementData(name: ElementName): ElementData {
  const { latticeAngstrom, elasticGpa, surface } = measured.elements[name];
  return {
    latticeAngstrom,
    roomLatticeAngstrom: ROOM[name],
    elasticGpa: triple(elasticGpa),
    surface: triple(surface),
  };
}

/**
 * The metals as Zhou's potentials make them, which crystals are relaxed with unless others are asked for: all measured with LAMMPS
 * (X. W. Zhou, R. A. Johnson, H. N. G. Wadley, Phys. Rev. B 69 (2004) 144113; made by scripts/potentials.mjs).
 */
export const elements: Readonly<Record<ElementName, ElementData>> = {
  Al: elementData('Al'),
  Ag: elementData('Ag'),
  Au: elementData('Au'),
  Pt: elementData('Pt'),
  Cu: elementData('Cu'),
  Ni: elementData('Ni'),
  Pd: elementData('Pd'),
};

/** Poisson's ratio of the isotropic solid with the cubic one's Voigt average (Hirth and Lothe, Theory of Dislocations, eq. 13-6 ff.). */
export function poissonRatio([c11, c12, c44]: readonly [number, number, number]): number {
  const shear = (c11 - c12 + 3 * c44) / 5;
  const lame = (c11 + 4 * c12 - 2 * c44) / 5;
  return lame / (2 * (lame + shear));
}

/** Standard atomic weights, atomic units (IUPAC 2021, abridged). */
export const atomicMass: Readonly<Record<ElementName, number>> = {
  Al: 26.982,
  Ag: 107.87,
  Au: 196.97,
  Pt: 195.08,
  Cu: 63.546,
  Ni: 58.693,
  Pd: 106.42,
};

// Between the masses of Pd and Ag, and of Pt and Au, lie 1.4 and 1.9 units: what is off by more is another element, or no mass at all.
const MASS_TOLERANCE = 0.5;

/** The fcc metal of this mass (atomic units), or undefined where it is none of them. */
export function elementOfMass(mass: number): ElementName | undefined {
  return elementNames.find((name) => Math.abs(atomicMass[name] - mass) <= MASS_TOLERANCE);
}
