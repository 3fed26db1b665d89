import type { AdaptingStage, AdaptingState } from '@contract/adapting';
import type { Gain } from './gain';

const statuses: Readonly<Record<AdaptingState['status'], string>> = {
  idle: 'Nothing runs',
  running: 'Adapting to this beamtime',
  stopping: 'Ending…',
  stopped: 'Stopped',
  done: 'Finished',
  failed: 'Failed',
};

const stages: Readonly<Record<AdaptingStage, string>> = {
  simulating: 'simulating crystals',
  training: 'training',
  judging: 'judging raw scans by both',
};

const units: Readonly<Record<AdaptingStage, string>> = { simulating: 'crystals', training: 'steps', judging: 'scans' };

const gains: Readonly<Record<Gain, string>> = {
  better: 'It is better on these; a few scans more or less are chance.',
  mixed: 'It is not better in both: that is for you to weigh.',
  none: 'It is not better: leave it.',
};

/** Each once, the last after an and: `Ag, Au and Pt`. */
const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** What is said of a network for this beamtime. */
export const adaptingText = {
  label: 'This beamtime',
  tooFew: (scans: number, needed: number) =>
    `A network for crystals like yours can be made once ${needed} judged scans of the watched folder tell their crystal’s size; ` +
    (scans === 0 ? 'none does so far.' : scans === 1 ? 'one does so far.' : `${scans} do so far.`),
  /** Of so many scans; everything else as it is to be read. */
  like: (
    scans: number,
    crystals: {
      readonly elements: readonly string[];
      readonly families: readonly string[];
      readonly sizes: string;
      readonly counts: string;
      readonly oversampling: string;
      readonly patterns: string;
    },
  ) =>
    `Like ${scans} judged scans: ${listed(crystals.elements)} at ${listed(crystals.families)}, ${crystals.sizes} nm, ` +
    `${crystals.counts} counts at the peak, oversampling ${crystals.oversampling}; ${crystals.patterns} patterns.`,
  family: (digits: string) => `{${digits}}`,
  range: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  means:
    'Such crystals are simulated, a network learns from them, beginning with the weights in use, and both judge raw scans that neither was trained on: ' +
    'about half an hour on two cores. Scans are judged as before until you use the new model.',
  start: 'Adapt to this beamtime',
  progress: 'Of this step',
  statuses,
  step: (stage: AdaptingStage, n: number, of: number) => `${n} of ${of}: ${stages[stage]}`,
  count: (stage: AdaptingStage, done: string, total: string) => `${done} of ${total} ${units[stage]}`,
  left: (span: string) => `${span} left of this step`,
  stop: 'Stop',
  stopHint: 'What is whole stays; it can be gone on with at any time',
  goOn: 'Go on',
  goOnHint: 'Goes on where it was stopped, with the crystals that were wanted then',
  anew: 'Begin anew',
  anewHint: 'From the scans that are judged by now; it takes the whole time again',
  gains,
  came: (
    scans: string,
    names: { readonly before: string; readonly after: string },
    right: readonly [before: string, after: string],
    sureWrong: readonly [before: string, after: string],
  ) =>
    `Of ${scans} raw scans that neither was trained on, ${names.after} is right about ${right[1]} where ${names.before} is right about ${right[0]}, ` +
    `and sure and wrong about ${sureWrong[1]} where that is about ${sureWrong[0]}.`,
  table: 'Raw scans judged by both',
  columns: { kind: 'Raw scans', scans: 'How many', right: 'Right', sureWrong: 'Sure and wrong' },
  change: (before: string, after: string) => `${before} → ${after}`,
  notBetter: 'The raw scans do not say that it is better.',
} as const;
