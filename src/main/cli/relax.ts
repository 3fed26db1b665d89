import { fixed } from '@core/math/fixed';
import { basename, resolve } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { createRelaxer } from '@main/relax';
import { readDataFile, writeDataFile, type AtomData } from '@main/relax/data-file';
import { resolvePotential } from '@main/relax/potential';
import { CNA_FCC, CNA_HCP, type Relaxation, type RelaxerKind, type RelaxJob } from '@main/relax/types';
import { EXIT, print } from './output';

export interface RelaxCommandOptions {
  readonly potential: string;
  readonly element?: string;
  readonly relaxer: RelaxerKind | 'auto' | 'none';
  readonly threads: number;
  readonly tolerance: number;
  readonly iterations: number;
  readonly out: string;
  readonly json?: boolean;
}

/** Masses in files are rounded; those of neighbouring elements differ by more. */
const MASS_TOLERANCE = 0.005;

/** `relax FILE --potential P --out FILE`: one crystal, LAMMPS data file in and out. */
export async function relax(file: string, options: RelaxCommandOptions): Promise<number> {
  const { ids, positions, ...kinds } = readDataFile(resolve(file));
  const mass = massOf(kinds);
  const potential = resolvePotential(options.potential, options.element);
  if (mass !== undefined && Math.abs(mass / potential.mass - 1) > MASS_TOLERANCE)
    throw new BraggwatchError(
      'potential-invalid',
      `${potential.name} is for ${potential.element}, not for a mass of ${mass}`,
    );
  const job = { positions, potential, energyTolerance: options.tolerance, maxIterations: options.iterations };
  const started = performance.now();
  const done = await relaxed(job, options);
  const title = `Braggwatch: ${basename(file)} relaxed with ${potential.name} by ${done.by}`;
  writeDataFile(resolve(options.out), { title, positions: done.positions, massU: potential.mass, ids });
  const seconds = (performance.now() - started) / 1000;
  if (options.json)
    print(
      JSON.stringify({
        source: file,
        out: options.out,
        potential: potential.name,
        ...summary(done),
        by: done.by,
        seconds,
      }),
    );
  else print(`${options.out}  ${sentence(done)}, ${done.by}, ${seconds.toFixed(1)} s`);
  return EXIT.done;
}

/** Mass of the only kind of atom there is, where the file says it. */
function massOf({ types, masses }: Pick<AtomData, 'types' | 'masses'>): number | undefined {
  const [kind] = types;
  if (types.some((type) => type !== kind))
    throw new BraggwatchError('atoms-invalid', 'several kinds of atoms; only crystals of one element are relaxed');
  return masses?.[kind! - 1];
}

type Done = Partial<Relaxation> & { readonly positions: Float64Array; readonly by: string };

async function relaxed(job: RelaxJob, { relaxer: kind, threads }: RelaxCommandOptions): Promise<Done> {
  if (kind === 'none') return { positions: job.positions, by: 'none' };
  const relaxer = createRelaxer(kind, { threads });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    const relaxation = await relaxer.relax(job, stop.signal);
    return { ...relaxation, by: `LAMMPS ${await relaxer.version()} (${relaxer.kind})` };
  } finally {
    relaxer.close();
  }
}

/** What is known of a relaxed crystal, without its atoms. */
function summary({ positions, structure, energyEv, iterations, evaluations, stopped }: Done): object {
  const count = (wanted: number): number => structure?.reduce((n, s) => n + Number(s === wanted), 0) ?? 0;
  const atoms = positions.length / 3;
  const facts = { energyEv, iterations, evaluations, stopped };
  return structure ? { atoms, ...facts, fcc: count(CNA_FCC), hcp: count(CNA_HCP) } : { atoms };
}

const sentence = ({ positions, energyEv, iterations, stopped }: Done): string =>
  energyEv
    ? `${positions.length / 3} atoms, ${fixed(energyEv[0], 2)} to ${fixed(energyEv[1], 2)} eV in ${iterations} steps (${stopped})`
    : `${positions.length / 3} atoms as they were`;
