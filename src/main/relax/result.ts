import { BraggwatchError } from '@contract/errors';
import { FILES } from './deck';
import type { LammpsOutput, Relaxation, RelaxJob } from './types';

type Minimised = Omit<Relaxation, 'positions' | 'structure'>;

const failed = (detail: string): BraggwatchError => new BraggwatchError('relaxation-failed', detail);

/** LAMMPS' version date, from what it prints first. */
export const versionIn = (log: string): string => /LAMMPS \(([^)]+)\)/.exec(log)?.[1] ?? 'unknown version';

/** The sentence LAMMPS died with; whose fault it was is known from it or from the line of the deck it was at. */
export function errorIn(log: string): BraggwatchError | undefined {
  const found = /ERROR[^:\n]*: ([^\n]*)/.exec(log);
  if (!found) return undefined;
  const line = /Last (?:input line|command): ([^\n]*)/.exec(log)?.[1] ?? '';
  const potential = line.startsWith('pair_') || /EAM|eam\/|potential/.test(found[1]!);
  return new BraggwatchError(potential ? 'potential-invalid' : 'relaxation-failed', found[1]);
}

/** Energies and counts, from the summary that LAMMPS prints after a minimisation. */
function minimisedIn(log: string): Minimised {
  const stopped = /Stopping criterion = ([^\n]+)/.exec(log)?.[1]?.trim();
  const energies = /Energy initial, next-to-last, final =\s+(\S+)\s+\S+\s+(\S+)/.exec(log);
  const counts = /Iterations, force evaluations = (\d+) (\d+)/.exec(log);
  if (!stopped || !energies || !counts) throw failed('LAMMPS printed no summary');
  const energyEv = [Number(energies[1]), Number(energies[2])] as const;
  if (!energyEv.every(Number.isFinite)) throw failed(`the energy became ${energies[2]}`);
  return { stopped, energyEv, iterations: Number(counts[1]), evaluations: Number(counts[2]) };
}

/** Coordinates and structures, from a dump of `id x y z c_cna` sorted by id. */
function atomsIn(dump: string, atoms: number): Pick<Relaxation, 'positions' | 'structure'> {
  const heading = 'ITEM: ATOMS id x y z c_cna';
  const start = dump.indexOf(heading);
  const lines = dump
    .slice(start + heading.length)
    .trim()
    .split('\n');
  if (start < 0 || lines.length !== atoms) throw failed(`${atoms} atoms went in, ${lines.length} came out`);
  const positions = new Float64Array(3 * atoms);
  const structure = new Uint8Array(atoms);
  lines.forEach((line, i) => {
    const [id, x, y, z, cna] = line.split(' ', 5).map(Number);
    if (id !== i + 1) throw failed(`atom ${i + 1} is missing`);
    positions.set([x!, y!, z!], 3 * i);
    structure[i] = cna!;
  });
  if (!positions.every(Number.isFinite)) throw failed('an atom has no position any more');
  return { positions, structure };
}

/** What a relaxation left behind. @throws BraggwatchError relaxation-failed */
export const relaxationIn = ({ log, files }: LammpsOutput, { positions }: RelaxJob): Relaxation => ({
  ...minimisedIn(log),
  ...atomsIn(files[FILES.relaxed] ?? '', positions.length / 3),
});
