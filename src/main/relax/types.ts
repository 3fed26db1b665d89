import type { ElementName } from '@core/crystal/elements';

/** Which LAMMPS relaxes: the WebAssembly build that npm installs, or a native `lmp`. */
export type RelaxerKind = 'wasm' | 'native';

/** Local structure after LAMMPS' common-neighbour analysis (`compute cna/atom`). */
export const CNA_FCC = 1;
export const CNA_HCP = 2;

/** One crystal to relax. */
export interface RelaxJob {
  readonly element: ElementName;
  /** 3N coordinates, angstrom, crystal frame. */
  readonly positions: Float64Array;
  /** A potential file's whole text, setfl (`eam/alloy`) or Finnis-Sinclair (`eam/fs`). */
  readonly potential: PotentialText;
  /** Stop when a step changes the energy by less than this part of it; 1e-6 in the paper. */
  readonly energyTolerance: number;
  readonly maxIterations: number;
}

export interface PotentialText {
  readonly style: 'eam/alloy' | 'eam/fs';
  readonly text: string;
  /** Fcc cell edge of its energy minimum, angstrom. */
  readonly latticeAngstrom: number;
  /** Farthest pair it knows, angstrom. */
  readonly cutoffAngstrom: number;
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

/** A LAMMPS that is kept for many crystals. */
export interface Relaxer {
  readonly kind: RelaxerKind;
  /** LAMMPS' version date, for the record. */
  readonly version: string;
  /** @throws BraggwatchError relaxer-died, relaxation-failed, potential-invalid */
  relax(job: RelaxJob, signal?: AbortSignal): Promise<Relaxation>;
  close(): void;
}
