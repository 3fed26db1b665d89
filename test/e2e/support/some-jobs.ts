import { BraggwatchError } from '@contract/errors';
import type { Job } from '@contract/jobs';

const job = (change: Partial<Job> & Pick<Job, 'id' | 'kind' | 'name'>): Job => ({
  ...{ folder: null, status: 'running', done: null, total: null, problem: null },
  startedAt: '2026-05-13T01:12:00.000Z',
  acts: ['pause', 'cancel'],
  ...change,
});

/** One job in each state that the drawer knows. */
export const someJobs = {
  training: job({
    ...{ id: 'training', kind: 'training', name: 'three-class', folder: '/data/visitor/hc5432/models/three-class-2' },
    ...{ done: 480, total: 1920, secondsLeft: 5400 },
  }),
  judging: job({ id: 'judging', kind: 'judging', name: 'S0036', done: 212, total: 500, secondsLeft: 310 }),
  report: job({ id: 'export-1', kind: 'export', name: 'report', acts: ['cancel'] }),
  simulation: job({
    ...{ id: 'simulation', kind: 'simulation', name: 'Pt, small', folder: '/data/visitor/hc5432/sets/pt' },
    ...{ status: 'failed', done: 40, total: 600, acts: ['resume', 'dismiss'] },
    problem: new BraggwatchError('disk-full', '/data/visitor/hc5432/sets/pt').toProblem(),
  }),
  map: job({
    ...{ id: 'occlusion', kind: 'occlusion', name: 'S0031', status: 'done', done: 729, total: 729 },
    acts: ['dismiss'],
  }),
};
