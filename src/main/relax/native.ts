import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { relaxationRun } from './deck';
import { errorIn, relaxationIn } from './result';
import type { LammpsOutput, LammpsRun, Relaxer } from './types';

const DECK = 'in.lammps';
/** LAMMPS prints little; a megabyte is a hundred times that. */
const MOST_OUTPUT_BYTES = 2 ** 20;
/** Open MPI refuses to start for root, as in most containers, unless told twice. */
const AS_ROOT = { OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1' };

/** A LAMMPS run without mpirun: Open MPI would start a daemon of its own for it, which takes longer than a small crystal. */
const ALONE = { OMPI_MCA_ess_singleton_isolated: '1' };

const responds = (command: string, args: readonly string[]): string | undefined => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 });
  } catch {
    return undefined;
  }
};

/** A native LAMMPS on the PATH, or in `BRAGGWATCH_LMP`. */
export function findNative(): { command: string; version: string } | undefined {
  const command = process.env['BRAGGWATCH_LMP'] ?? 'lmp';
  const help = responds(command, ['-h']);
  const version = help && /- (\d+ \w+ \d{4}[^\n]*)/.exec(help)?.[1]?.trim();
  return version ? { command, version } : undefined;
}

/** The command line for so many MPI ranks; one rank where there is no mpirun. */
function commandLine(command: string, ranks: number): [string, string[]] {
  const lammps = [command, '-in', DECK, '-log', 'none'];
  if (ranks === 1 || responds('mpirun', ['--version']) === undefined) return [command, lammps.slice(1)];
  return ['mpirun', ['-np', String(ranks), ...lammps]];
}

function execute(file: string, args: string[], cwd: string, signal?: AbortSignal): Promise<string> {
  const env = { ...process.env, ...(process.getuid?.() === 0 && AS_ROOT), ...ALONE };
  const options = { cwd, env, maxBuffer: MOST_OUTPUT_BYTES, ...(signal && { signal }) };
  return new Promise((resolve, reject) => {
    execFile(file, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (signal?.aborted) return reject(signal.reason as Error);
      const said = errorIn(`${stdout}\n${stderr}`);
      reject(said ?? new BraggwatchError('relaxer-died', `${file}: ${error.signal ?? error.code}`, { cause: error }));
    });
  });
}

/**
 * A native LAMMPS, started for each crystal.
 * @throws BraggwatchError relaxer-unavailable where there is none
 */
export function createNativeRelaxer(ranks: number): Relaxer {
  const found = findNative();
  if (!found) throw new BraggwatchError('relaxer-unavailable', 'no lmp on the PATH');
  const [file, args] = commandLine(found.command, ranks);
  const closed = new AbortController();
  let queue: Promise<unknown> = Promise.resolve();

  async function inFolder({ deck, files, outputs }: LammpsRun, signal: AbortSignal): Promise<LammpsOutput> {
    signal.throwIfAborted();
    const folder = await mkdtemp(join(tmpdir(), 'braggwatch-lammps-'));
    try {
      for (const [name, text] of Object.entries({ ...files, [DECK]: deck })) await writeFile(join(folder, name), text);
      const log = await execute(file, args, folder, signal);
      const read = outputs.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
      return { log, files: Object.fromEntries(await Promise.all(read)) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  function run(input: LammpsRun, signal?: AbortSignal): Promise<LammpsOutput> {
    const either = signal ? AbortSignal.any([signal, closed.signal]) : closed.signal;
    const turn = queue.then(() => inFolder(input, either));
    queue = turn.catch(() => undefined);
    return turn;
  }

  return {
    kind: 'native',
    version: () => Promise.resolve(found.version),
    run,
    relax: async (job, signal) => relaxationIn(await run(relaxationRun(job), signal), job),
    close: () => closed.abort(new BraggwatchError('relaxer-died', 'it was closed')),
  };
}
