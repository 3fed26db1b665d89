import { BraggwatchError } from '@contract/errors';
import type { Job, JobAct } from '@contract/jobs';
import type { Handlers } from '@contract/procedures';

/** The double's jobs: what a spec says there are, and what the screen asked of them. */
export class FakeJobs {
  readonly asked: [id: string, act: JobAct][] = [];
  #jobs: readonly Job[] = [];
  readonly #tell: (jobs: Job[]) => void;

  constructor(tell: (jobs: Job[]) => void) {
    this.#tell = tell;
  }

  /** All that run or have ended, from now on. */
  set(jobs: readonly Job[]): void {
    this.#jobs = jobs;
    this.#tell([...jobs]);
  }

  readonly handlers: Pick<Handlers, 'jobs/list' | 'jobs/act'> = {
    'jobs/list': () => [...this.#jobs],
    'jobs/act': ({ id, act }) => {
      this.asked.push([id, act]);
      const job = this.#jobs.find((each) => each.id === id);
      if (!job?.acts.includes(act)) throw new BraggwatchError('job-gone', id);
      const others = this.#jobs.filter((each) => each.id !== id);
      const after: Partial<Job> =
        act === 'pause'
          ? { status: 'paused', acts: ['resume', 'cancel'] }
          : { status: 'running', acts: ['pause', 'cancel'] };
      const gone = act === 'dismiss' || act === 'cancel';
      this.set(gone ? others : this.#jobs.map((each) => (each.id === id ? { ...each, ...after } : each)));
      return [...this.#jobs];
    },
  };
}
