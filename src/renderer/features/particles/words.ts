import type { Candidate, Wanted } from '@vocabulary/screening';
import { byClass, classes } from '@vocabulary/classes';

/** The words of the candidates for a whole measurement. Values come formatted (see format.ts). */
export const particlesText = {
  label: 'Next for BCDI',
  wanted: 'Looking for',
  wants: { ...byClass((name) => classes[name].words.short), defect: 'Any defect' } satisfies Record<Wanted, string>,
  none: 'No final verdict of this class among the scans shown.',
  score: (points: string) => `${points} points`,
  scoreHint: 'Of 100; the reasons below add up to it',
  more: (shown: number, all: number) => `The best ${shown} of ${all}.`,
  points: (points: string, most: string) => `${points} of ${most}`,
  reasons: {
    wanted: (found, wanted) =>
      `${wanted === 'defect' ? 'A dislocation' : classes[wanted].words.long.toLowerCase()}: ${found}`,
    certainty: (found) => `Its likeliest class: ${found}`,
    oversampling: (found) => (found ? `${found} points per fringe` : 'Oversampling: not known'),
    counts: (found) => (found ? `${found} counts in the peak` : 'Counts: not known'),
    familiarity: (found) =>
      found ? `Unlike the training set: ${found} of the limit` : 'Likeness to the training set: not known',
  } satisfies Record<Candidate['reasons'][number]['of'], (found: string | null, wanted: Wanted) => string>,
} as const;
