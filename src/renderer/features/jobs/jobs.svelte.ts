import { createContext } from 'svelte';
import type { Job, JobAct } from '@contract/jobs';
import type { Connection } from '@renderer/connection/types';

const isUnderWay = ({ status }: Job): boolean => status === 'running' || status === 'stopping';
/** They end every few seconds while a beamtime runs: nobody wants to be told each time. */
const routine: readonly Job['kind'][] = ['judging', 'retrieval', 'survey', 'preview'];

/** Everything of the app that takes longer than a second, as the app lists it. */
export class Jobs {
  readonly #connection: Connection;
  #all = $state.raw<readonly Job[]>([]);
  #lastEnded = $state.raw<Job | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** What runs first, then what is paused, then what has ended; the newest of each first. */
  get all(): readonly Job[] {
    const rank = (job: Job): number => (isUnderWay(job) ? 0 : job.status === 'paused' ? 1 : 2);
    return this.#all.toReversed().toSorted((a, b) => rank(a) - rank(b));
  }

  get running(): number {
    return this.#all.filter(isUnderWay).length;
  }

  get paused(): number {
    return this.#count('paused');
  }

  get failed(): number {
    return this.#count('failed');
  }

  get ended(): readonly Job[] {
    return this.#all.filter(({ acts }) => acts.includes('dismiss'));
  }

  /** The job that last ended or failed while the screen looked on, for who does not see the list. */
  get lastEnded(): Job | null {
    return this.#lastEnded;
  }

  /** Listens to the app; returns the function that stops. */
  start(): () => void {
    const stops = [
      this.#connection.on('jobs-changed', (jobs) => this.#take(jobs)),
      this.#connection.onStatus((status) => {
        if (status !== 'open') return;
        this.#connection.call('jobs/list', undefined).then(
          (jobs) => (this.#all = jobs),
          // A lost connection is told by its status.
          () => undefined,
        );
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  async act(id: string, act: JobAct): Promise<void> {
    this.#take(await this.#connection.call('jobs/act', { id, act }));
  }

  /** Takes everything that has ended off the list. */
  async clear(): Promise<void> {
    for (const { id } of this.ended) await this.act(id, 'dismiss');
  }

  #count(status: Job['status']): number {
    return this.#all.filter((job) => job.status === status).length;
  }

  #take(jobs: readonly Job[]): void {
    const before = this.#all;
    this.#all = jobs;
    const told = jobs.findLast(({ id, kind, status }) => {
      const was = before.find((job) => job.id === id);
      const ended = status === 'failed' || (status === 'done' && !routine.includes(kind));
      return ended && was !== undefined && isUnderWay(was);
    });
    if (told) this.#lastEnded = told;
  }
}

export const [useJobs, provideJobs] = createContext<Jobs>();
