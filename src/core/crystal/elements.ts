/** The fcc metals this program knows. */
export const elementNames = ['Al', 'Ag', 'Au', 'Pt', 'Cu', 'Ni', 'Pd'] as const;
export type ElementName = (typeof elementNames)[number];

export interface ElementData {
  /** Conventional fcc cell edge at room temperature, angstrom. */
  readonly latticeAngstrom: number;
  /** C11, C12, C44 at room temperature, GPa. */
  readonly elasticGpa: readonly [number, number, number];
  /** Surface energies of {111}, {100}, {110}, J/m^2. Only their ratios matter. */
  readonly surface: readonly [number, number, number];
}

/**
 * Sources. Lattice: International Centre for Diffraction Data powder standards. Elastic constants: G. Simmons and H. Wang,
 * Single Crystal Elastic Constants (MIT Press, 1971). Surface energies: embedded-atom values, relaxed, of S. M. Foiles,
 * M. I. Baskes and M. S. Daw, Phys. Rev. B 33 (1986) 7983; for Al those of Y. Mishin et al., Phys. Rev. B 59 (1999) 3393.
 * They belong to other potentials than the one a crystal may be relaxed with later, so facets are a little off that potential's own shape.
 */
export const elements: Readonly<Record<ElementName, ElementData>> = {
  Al: { latticeAngstrom: 4.0495, elasticGpa: [107.3, 60.9, 28.3], surface: [0.87, 0.943, 1.006] },
  Ag: { latticeAngstrom: 4.0857, elasticGpa: [124.0, 93.7, 46.1], surface: [0.62, 0.705, 0.77] },
  Au: { latticeAngstrom: 4.0782, elasticGpa: [192.4, 163.0, 42.0], surface: [0.79, 0.918, 0.98] },
  Pt: { latticeAngstrom: 3.9242, elasticGpa: [346.7, 250.7, 76.5], surface: [1.44, 1.65, 1.75] },
  Cu: { latticeAngstrom: 3.6149, elasticGpa: [168.4, 121.4, 75.4], surface: [1.17, 1.28, 1.4] },
  Ni: { latticeAngstrom: 3.524, elasticGpa: [248.1, 154.9, 124.2], surface: [1.45, 1.58, 1.73] },
  Pd: { latticeAngstrom: 3.8907, elasticGpa: [227.1, 176.0, 71.7], surface: [1.22, 1.37, 1.49] },
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
