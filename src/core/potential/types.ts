/** One element's part of an embedded-atom potential. */
export interface EamElement {
  readonly name: string;
  readonly atomicNumber: number;
  /** Gram per mole. */
  readonly mass: number;
  /** What the file's header says; angstrom. Not to be relied on: see `bulk`. */
  readonly latticeAngstrom: number;
  readonly structure: string;
}

/**
 * An embedded-atom potential as tables (Daw and Baskes, Phys. Rev. B 29, 6443, 1984): E = sum_i F(sum_j rho(r_ij)) + 1/2 sum_ij phi(r_ij).
 * Table entry i belongs to i times the step.
 */
export interface EamTables {
  readonly comments: readonly string[];
  readonly elements: readonly EamElement[];
  /** Step of the density tables, in the potential's own unit. */
  readonly densityStep: number;
  /** Step of the distance tables, angstrom. */
  readonly distanceStep: number;
  readonly cutoffAngstrom: number;
  /** F of each element, eV. */
  readonly embedding: readonly Float64Array[];
  /** rho of each element at a neighbour of each: one table per element in `eam/alloy`, one per pair in `eam/fs`. */
  readonly density: readonly (readonly Float64Array[])[];
  /** r phi(r), eV angstrom, of the pairs (0,0), (1,0), (1,1), (2,0) ... */
  readonly pair: readonly Float64Array[];
}

/** A potential that is none; the message says why. */
export class PotentialError extends Error {
  override readonly name = 'PotentialError';
}
