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
  /** Decided by a person, who then counts. */
  readonly byHand: number;
  /** Verdicts behind the correction. */
  readonly correctable: number;
  /** Final verdicts left out of it, because the particle is unlike those that the model was tested on. */
  readonly strange: number;
  /** Final verdicts left out of it, because another model gave them. */
  readonly otherModel: number;
}

/** What one looks for: any dislocation, or a class. */
export type Wanted = 'defect' | DefectClass;

/**
 * What a candidate's rank rests on, with the weight that each has until somebody chooses others.
 *
 * certainty: that it is what is wanted. inside: what phase retrieval shows within. counts: photons in the peak. oversampling: points per
 * fringe. size: resolution elements across it. strain: how little else the phase does. isolation: room about it on the sample. reflections:
 * Burgers vectors that those measured at its place show. familiarity: likeness to what the network was trained on.
 */
export const criteria = {
  certainty: 4,
  inside: 3,
  counts: 2,
  oversampling: 2,
  size: 1,
  strain: 1,
  isolation: 1,
  reflections: 1,
  familiarity: 1,
} as const;
export type Criterion = keyof typeof criteria;

/** The largest weight of a criterion; 0 leaves it out. */
export const mostWeight = 5;
export type Weights = Readonly<Record<Criterion, number>>;

/** What one looks for, and how much each criterion counts. */
export interface Wish {
  readonly wanted: Wanted;
  readonly weights: Weights;
}

/** What people mean to do about a particle, in the order in which they stand in the worklist; those without a word stand second. */
export const plans = ['queued', 'measured', 'skip'] as const;

export type Plan = (typeof plans)[number];

/** Nothing is left to be done about a particle of this plan. */
export const isDone = (plan: Plan | null | undefined): boolean => plan === 'measured' || plan === 'skip';

/** One reason of a rank: what was looked at, and how many of how many points it gave. */
export interface Reason {
  readonly of: Criterion;
  /**
   * What was found; null where it is not known. certainty: probability. inside: share of the retrievals that agree. counts: photons.
   * oversampling: ratio. size: nm. strain: rad. isolation: micrometres. reflections: share of Burgers vectors seen. familiarity: novelty.
   */
  readonly found: number | null;
  readonly points: number;
  readonly most: number;
}

/** A particle that is worth a BCDI experiment. */
export interface Candidate {
  /** Of the scan that stands for it. */
  readonly id: string;
  /** Of all its scans, in the order in which they were taken. */
  readonly ids: readonly string[];
  /** Sum of the reasons' points, of 100. */
  readonly score: number;
  /** A person says that it is what is wanted: it goes before all that only the network calls so. */
  readonly byHand: boolean;
  readonly reasons: readonly Reason[];
}
