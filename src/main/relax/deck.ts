import { boxAbout, dataText } from './data-text';
import type { LammpsRun, RelaxJob } from './types';

/** The files of one relaxation, as they are called in its folder: a real one for the native LAMMPS, one in memory for the other. */
export const FILES = {
  deck: 'in.relax',
  crystal: 'crystal.data',
  potential: 'potential.setfl',
  relaxed: 'relaxed.dump',
} as const;

/** Between nearest and second neighbours of fcc, in cell edges (docs.lammps.org/compute_cna_atom.html). */
const CNA_CUTOFF = (Math.SQRT1_2 + 1) / 2;
/** Energies per iteration that the line search may ask for before it is stopped; usually two. */
const EVALUATIONS_PER_ITERATION = 20;

/**
 * The minimisation, the same for every LAMMPS: conjugate gradients at 0 K in vacuum, as in the paper ('Building the datasets').
 */
export function minimisation({ potential, energyTolerance, maxIterations }: Omit<RelaxJob, 'positions'>): string {
  return `units metal
atom_style atomic
boundary f f f
read_data ${FILES.crystal}
pair_style ${potential.style}
pair_coeff * * ${FILES.potential} ${potential.element}
neighbor 1.0 bin
neigh_modify every 1 delay 0 check yes
compute cna all cna/atom ${CNA_CUTOFF * potential.bulk.latticeAngstrom}
thermo 100
min_style cg
min_modify dmax 0.1 line quadratic
minimize ${energyTolerance} 0.0 ${maxIterations} ${maxIterations * EVALUATIONS_PER_ITERATION}
`;
}

/** Common-neighbour analysis. An empty run writes the atoms: `write_dump` would do, but not with a compute in LAMMPS of 2021. */
const ANALYSIS = `dump relaxed all custom 1 ${FILES.relaxed} id x y z c_cna
dump_modify relaxed sort id format float %.12g
run 0 post no
`;

/** Vacuum about a crystal, angstrom; surfaces move by less than one. */
const VACUUM = 15;

function crystalText({ positions, potential }: RelaxJob): string {
  const box = boxAbout(positions, VACUUM);
  return [...dataText({ title: 'Braggwatch crystal', positions, massU: potential.mass, box })].join('');
}

/** One relaxation as a run of LAMMPS. */
export const relaxationRun = (job: RelaxJob): LammpsRun => ({
  deck: `${minimisation(job)}${ANALYSIS}`,
  files: {
    [FILES.crystal]: crystalText(job),
    [FILES.potential]: job.potential.text,
  },
  outputs: [FILES.relaxed],
});
