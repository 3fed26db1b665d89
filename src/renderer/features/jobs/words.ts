import type { Job, JobAct, JobKind } from '@contract/jobs';

const plural = (n: number): string => `${n} ${n === 1 ? 'job' : 'jobs'}`;

/** The words of the job drawer. */
export const jobsText = {
  button: 'Jobs',
  title: 'Jobs',
  does: 'Jobs: what runs, with time left; pause and cancel',
  counted: (running: number, paused: number, failed: number) =>
    [`${running} running`, paused > 0 && `${paused} paused`, failed > 0 && `${failed} failed`]
      .filter(Boolean)
      .join(', '),
  intro: 'Everything that takes longer than a second. Ended jobs stay here until they are dismissed.',
  none: 'Nothing runs.',
  clear: (n: number) => `Dismiss ${plural(n)} that ended`,
  kinds: {
    simulation: 'Simulation',
    training: 'Training',
    adapting: 'Adapting to this beamtime',
    occlusion: 'Occlusion map',
    retrieval: 'Looking inside',
    judging: 'Judging scans',
    survey: 'Looking through the folder',
    preview: 'Crystal preview',
    repeats: 'Summing repeats',
    export: 'Export',
    model: 'Taking a model into use',
    demo: 'Demo beamtime',
  } satisfies Record<JobKind, string>,
  statuses: {
    running: 'Running',
    stopping: 'Ending…',
    paused: 'Paused',
    done: 'Finished',
    failed: 'Failed',
  } satisfies Record<Job['status'], string>,
  acts: { pause: 'Pause', resume: 'Resume', cancel: 'Cancel', dismiss: 'Dismiss' } satisfies Record<JobAct, string>,
  named: (kind: string, name: string) => (name === '' ? kind : `${kind}: ${name}`),
  actOn: (act: string, what: string) => `${act} ${what}`,
  hints: {
    simulation: 'Crystals that are whole stay in the folder; Simulate can go on with them.',
    training: 'The last checkpoint stays; Train can go on from it.',
    adapting: 'What is whole of it stays; Train can go on with it.',
    occlusion: 'Places computed so far stay over the cuts.',
    retrieval: 'Scans that wait are not looked into until they are asked for, or judged anew.',
    judging: 'Scans that wait are left as they are: judge one again (r), or watch the folder anew for all.',
    survey: '',
    preview: 'The crystal before it stays.',
    repeats: 'A sum that was made before stays.',
    export: 'Nothing is written.',
    model: '',
    demo: 'Simulated scans that have landed stay until another folder is watched.',
  } satisfies Record<JobKind, string>,
  counts: {
    simulation: (done: string, total: string) => `${done} of ${total} crystals`,
    training: (done: string, total: string) => `step ${done} of ${total}`,
    adapting: (done: string, total: string) => `${done} of ${total}`,
    occlusion: (done: string, total: string) => `${done} of ${total} places`,
    retrieval: (done: string, total: string) => `${done} of ${total} retrievals`,
    judging: (done: string, total: string) => `${done} of ${total} scans`,
    demo: (done: string, total: string) => `${done} of ${total} scans judged`,
  } satisfies Partial<Record<JobKind, (done: string, total: string) => string>> as Partial<
    Record<JobKind, (done: string, total: string) => string>
  >,
  left: (span: string) => `${span} left`,
  progress: (kind: string) => `Progress: ${kind}`,
  said: (what: string, status: string) => `${what}: ${status}`,
} as const;
