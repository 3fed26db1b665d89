import type { Bulk } from '@core/potential/bulk';

/** Which LAMMPS relaxes: the WebAssembly build that npm installs, or a native `lmp`. */
export type RelaxerKind = 'wasm' | 'native';

/** Local structure after LAMMPS' common-neighbour analysis (`compute cna/atom`). */
export const CNA_FCC = 1;
export const CNA_HCP = 2;

/** A potential of one element, as LAMMPS reads it. */
export interface PotentialText {
  /** Where it comes from: `zhou04:Pt`, or a file's name. */
  readonly name: string;
  readonly style: 'eam/alloy' | 'eam/fs';
  /** A setfl file's whole text. */
  readonly text: string;
  /** The one of its elements that the crystal consists of. */
  readonly element: string;
  /** Gram per mole. */
  readonly mass: number;
  /** The perfect crystal it makes. */
  readonly bulk: Bulk;
  /** Farthest pair it knows, angstrom. */
  readonly cutoffAngstrom: number;
}

/** One crystal to relax. */
export interface RelaxJob {
  /** 3N coordinates, angstrom, crystal frame. */
  readonly positions: Float64Array;
  readonly potential: PotentialText;
  /** Stop when a step changes the energy by less than this part of it; 1e-6 in the paper. */
  readonly energyTolerance: number;
  readonly maxIterations: number;
}

/** What came of it. */
export interface Relaxation {
  /** 3N coordinates, angstrom, in the order given. */
  readonly positions: Float64Array;
  /** Per atom: {@link CNA_FCC}, {@link CNA_HCP}, or another of LAMMPS' numbers. */
  readonly structure: Uint8Array;
  /** Potential energy before and after, eV. */
  readonly energyEv: readonly [number, number];
  readonly iterations: number;
  readonly evaluations: number;
  /** LAMMPS' own word for why it stopped. */
  readonly stopped: string;
}

/** Any other use of LAMMPS: an input deck, the files it reads and those it writes, by name. */
export interface LammpsRun {
  readonly deck: string;
  readonly files: Readonly<Record<string, string>>;
  readonly outputs: readonly string[];
}

export interface LammpsOutput {
  /** What it printed. */
  readonly log: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A LAMMPS that is kept for many crystals. */
export interface Relaxer {
  readonly kind: RelaxerKind;
  /** LAMMPS' version date, for the record. Starts it where it has not run yet. */
  version(): Promise<string>;
  /**
   * One job at a time; others wait.
   * @throws BraggwatchError relaxer-died, relaxation-failed, potential-invalid
   */
  relax(job: RelaxJob, signal?: AbortSignal): Promise<Relaxation>;
  /** Runs a deck of the caller's own. */
  run(input: LammpsRun, signal?: AbortSignal): Promise<LammpsOutput>;
  close(): void;
}
