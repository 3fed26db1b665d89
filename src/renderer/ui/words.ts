import type { ScanState } from '@contract/scan';
import { byClass, classes } from '@vocabulary/classes';

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** The words that every part of the screen may need. Values come formatted (see format.ts). */
export const text = {
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  dismiss: 'Dismiss',
  retry: 'Try again',
  loading: 'Loading…',
  partMissing: 'This part of the screen could not be loaded. Is the app still running? Then load the page again.',

  classes: byClass((name) => classes[name].words.long),
  classesShort: byClass((name) => classes[name].words.short),
  states: {
    arriving: 'Arriving',
    waiting: 'Waiting',
    reducing: 'Reducing',
    classified: 'Classified',
    rejected: 'Rejected',
    skipped: 'Skipped',
  } satisfies Record<ScanState, string>,
  sure: 'sure',
  unsure: 'unsure',
  /** There is a defect for certain; which, is not. */
  kindUnsure: 'kind unsure',
  early: 'early',
  flagged: 'flagged',
  match: 'match',
  mismatch: 'mismatch',
  truth: (truth: string, agrees: boolean) => `Simulated: ${truth} (${agrees ? 'match' : 'mismatch'})`,

  problem: {
    kept: 'What was kept',
    todo: 'What to do',
    detail: 'Detail',
    unexpected: 'Something went wrong',
  },
  scans: (n: number) => plural(n, 'scan'),
  frames: (present: number, expected: number) =>
    expected > 0 ? `${present} of ${expected} frames` : plural(present, 'frame'),
  framesLabel: 'Frames on disk',
  nothingSelected: 'Select a scan in the list to see its volume and verdict.',
  noVolume: 'This scan has no volume.',
  overruled: (of: string, who: string, when: string) => `Overruled: ${of}, by ${who}, ${when}`,

  /** Of the two frames in which volumes are shown. */
  axes: { q: ['Q∥', 'Q⊥ horizontal', 'Q⊥ vertical'], sample: ['Qx downstream', 'Qy outboard', 'Qz up'] } as const,
  axesShort: { q: ['Q∥', 'Q⊥h', 'Q⊥v'], sample: ['Qx', 'Qy', 'Qz'] } as const,
  unit: 'Å⁻¹',
  axisTitle: (name: string) => `Δ${name} (Å⁻¹)`,
  counting: 'Frames and cuts are counted from 1 here; in files, frames, rows and columns are counted from 0.',

  /** What is wrong with a field. */
  fields: {
    numberInvalid: 'a number',
    atLeast: (bound: number, inclusive: boolean) => (inclusive ? `at least ${bound}` : `more than ${bound}`),
    atMost: (bound: number, inclusive: boolean) => (inclusive ? `at most ${bound}` : `less than ${bound}`),
    required: 'may not be empty',
    wholeNumber: 'a whole number',
  },
} as const;
