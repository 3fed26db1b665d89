import type { DefectClass } from './classes';

/** A share with the interval that covers the truth in 95 % of such experiments. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Of each class that is counted, and of all that are defective together. */
export type Shares = { readonly defective: Share } & { readonly [K in DefectClass]?: Share };

/** Counts and shares of a group of scans; which classes there are is settled by those of the model in use and of the verdicts. */
export interface Proportions {
  /** Final verdicts that are sure, by class. */
  readonly sure: { readonly [K in DefectClass]?: number };
  /** Final verdicts that are not sure, the strange ones included. */
  readonly unsure: number;
  /** Verdicts given before the last frame was there. */
  readonly early: number;
  /** Shares among the sure verdicts, as counted, with Wilson's intervals; left out where there is none. */
  readonly counted?: Shares | undefined;
  /** Shares among all final verdicts of the model in use, corrected for how it errs. */
  readonly corrected?: Shares | undefined;
  /** Verdicts behind the correction. */
  readonly correctable: number;
  /** Final verdicts left out of it, because the particle is unlike those that the model was tested on. */
  readonly strange: number;
  /** Final verdicts left out of it, because another model gave them. */
  readonly otherModel: number;
}

/** What one looks for: any dislocation, or a class. */
export type Wanted = 'defect' | DefectClass;

/** What a candidate's rank rests on. */
export const reasons = ['wanted', 'certainty', 'oversampling', 'counts', 'familiarity'] as const;

/** One reason of a rank: what was looked at, and how many of how many points it gave. */
export interface Reason {
  readonly of: (typeof reasons)[number];
  /** What was found: a probability, a ratio, a number of counts; null where it is not known. */
  readonly found: number | null;
  readonly points: number;
  readonly most: number;
}

/** A particle that is worth a BCDI experiment. */
export interface Candidate {
  readonly id: string;
  /** Sum of the reasons' points, of 100. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}
