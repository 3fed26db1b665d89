/** A task of a job array that Slurm still has to do with. */
export interface QueuedTask {
  /** Number of the array's job. */
  readonly job: number;
  readonly task: number;
  /** `PENDING`, `RUNNING`, `COMPLETING` ... */
  readonly state: string;
}

/** The format that {@link parseQueue} reads: array job, task, state (`squeue --noheader --array`). */
export const QUEUE_FORMAT = '%F|%K|%T';

/** Tasks of one line's second field: `7`, or, of an array not yet split up, `3,5-9%4`. */
function tasksOf(field: string): number[] {
  return field
    .replace(/%\d+$/, '')
    .split(',')
    .flatMap((run) => {
      const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(run) ?? [];
      const length = from === undefined ? 0 : Number(to) - Number(from) + 1;
      return Array.from({ length: Math.max(0, length) }, (_, i) => Number(from) + i);
    });
}

/** Reads squeue's answer; jobs that are no arrays (`N/A`) are none of ours. */
export function parseQueue(text: string): QueuedTask[] {
  return text.split('\n').flatMap((line) => {
    const [job = '', tasks = '', state = ''] = line.trim().split('|');
    return /^\d+$/.test(job) ? tasksOf(tasks).map((task) => ({ job: Number(job), task, state })) : [];
  });
}

/** The number of the job that `sbatch --parsable` submitted: `17` or `17;cluster`. */
export function parseSubmitted(text: string): number | undefined {
  const [, job] = /^(\d+)(?:;.*)?$/m.exec(text.trim()) ?? [];
  return job === undefined ? undefined : Number(job);
}

/**
 * How a task ended, in Slurm's words, from `sacct --noheader --parsable2 --allocations --format=State,ExitCode` or, at sites
 * without accounting, from `scontrol --oneliner show job`.
 */
export function parseEnd(text: string): string | undefined {
  const [, accounted, status] = /^([A-Z_]+)(?: by \d+)?\|(\d+:\d+)\s*$/m.exec(text) ?? [];
  if (accounted) return `${accounted}, exit ${status}`;
  const [, state] = /\bJobState=([A-Z_]+)/.exec(text) ?? [];
  const [, code = '?'] = /\bExitCode=(\d+:\d+)/.exec(text) ?? [];
  return state && `${state}, exit ${code}`;
}
