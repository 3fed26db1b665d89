import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BraggwatchError } from '@contract/errors';
import { parseEnd, parseQueue, parseSubmitted, QUEUE_FORMAT, type QueuedTask } from './parse';
import { arrayOf } from './script';

/** A cluster's queue, as far as it has to do with one set. */
export interface Slurm {
  /**
   * Submits tasks of the array.
   * @returns the job's number
   * @throws BraggwatchError slurm-unavailable, slurm-refused
   */
  submit(tasks: readonly number[]): Promise<number>;
  /** The set's tasks that wait or run, whichever run submitted them. @throws BraggwatchError slurm-unavailable */
  queue(): Promise<QueuedTask[]>;
  /** Why a task ended and what it said last. */
  describe(job: number, task: number): Promise<string>;
  /** Cancels all of them. */
  cancel(): Promise<void>;
}

const run = promisify(execFile);
// A controller under load answers late; squeue's own patience is about as long.
const PATIENCE_MS = 60_000;

const outputOf = (error: unknown): string =>
  error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';

/** @throws BraggwatchError slurm-unavailable */
async function ask(command: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(command, args, { timeout: PATIENCE_MS, maxBuffer: 1 << 26 })).stdout;
  } catch (cause) {
    throw new BraggwatchError('slurm-unavailable', outputOf(cause) || command, { cause });
  }
}

/** The jobs of a set are known by their name: numbers would have to be kept, and are given again after a while. */
export const jobName = (folder: string): string =>
  `braggwatch-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;

/**
 * Slurm by its commands.
 * @param folder of script and logs
 * @param extra arguments of the user's for sbatch
 */
export function createSlurm(folder: string, script: string, extra: readonly string[]): Slurm {
  const name = jobName(folder);
  const mine = [`--user=${userInfo().username}`, `--name=${name}`];
  return {
    async submit(tasks) {
      // The last one wins, so these are ours in any case.
      const own = ['--parsable', `--job-name=${name}`, `--array=${arrayOf(tasks)}`, `--chdir=${folder}`];
      const args = [...extra, ...own, '--output=%A_%a.log', script];
      const answer = await run('sbatch', args, { timeout: PATIENCE_MS }).catch((cause: unknown) => {
        const absent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
        const code = absent ? 'slurm-unavailable' : 'slurm-refused';
        throw new BraggwatchError(code, outputOf(cause) || 'sbatch', { cause });
      });
      const job = parseSubmitted(answer.stdout);
      if (job === undefined) throw new BraggwatchError('slurm-refused', answer.stdout.trim());
      return job;
    },
    async queue() {
      return parseQueue(await ask('squeue', ['--noheader', '--array', ...mine, `--format=${QUEUE_FORMAT}`]));
    },
    async describe(job, task) {
      const id = `${job}_${task}`;
      const log = join(folder, `${id}.log`);
      const accounted = ['--noheader', '--parsable2', '--allocations', '--format=State,ExitCode', `--jobs=${id}`];
      const end =
        parseEnd(await ask('sacct', accounted).catch(() => '')) ??
        parseEnd(await ask('scontrol', ['--oneliner', 'show', 'job', id]).catch(() => ''));
      return [`task ${id}`, end, `${log}: ${lastLine(log)}`].filter(Boolean).join(', ');
    },
    async cancel() {
      await ask('scancel', mine);
    },
  };
}

function lastLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').at(-1)?.slice(0, 300) ?? '';
  } catch {
    return 'no log';
  }
}
