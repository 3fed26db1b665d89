import { classKeys, classes, type DefectClass, type Probabilities } from '@vocabulary/classes';
import {
  criteria,
  type Candidate,
  type Criterion,
  type Plan,
  type Reason,
  type Wanted,
  type Weights,
} from '@vocabulary/screening';
import { keysOf } from '@vocabulary/keys';

/** What phase retrieval showed within a particle. */
export interface Within {
  readonly says: 'line' | 'none' | 'undecided';
  readonly character: 'screw' | 'edge' | 'mixed' | null;
  /** Retrievals that show the same, of all, 0 to 1. */
  readonly agreement: number;
}

/** A judged particle as far as its worth for a BCDI experiment goes. What is not known is left out. */
export interface Particle {
  /** Of the scan that stands for it. */
  readonly id: string;
  /** All its scans, in the order in which they were taken; the one alone where left out. */
  readonly ids?: readonly string[] | undefined;
  /** What it counts as: a person's class before the network's. */
  readonly class: DefectClass;
  readonly byHand?: boolean;
  /** What people mean to do about it. */
  readonly plan?: Plan | undefined;
  readonly probabilities: Probabilities;
  readonly sure: boolean;
  /** That it is defective is certain, whichever defect it is; as `sure` where left out. */
  readonly defectSure?: boolean;
  /** Distance from training, strange above 1. */
  readonly novelty?: number | undefined;
  /** Detector pixels or rocking steps per fringe, whichever is fewer, as measured. */
  readonly oversampling?: number | undefined;
  /** Photons in the peak: the rocking curve's counts above its lowest frame. */
  readonly counts?: number | undefined;
  readonly within?: Within | undefined;
  readonly sizeNm?: number | undefined;
  /** Root mean square of the phase within, rad. */
  readonly phaseSpreadRad?: number | undefined;
  /** Distance to the nearest other particle that was measured on the sample, micrometres. */
  readonly isolationUm?: number | undefined;
  /** Share of the Burgers vectors that the reflections measured at its place show, 0 to 1. */
  readonly seen?: number | undefined;
}

/*
 * Where each criterion is worth half of its points. All grow (or fall) without an end, so that no two particles score alike because both
 * are good enough.
 */
/** Midway, by decades, of too few for fringes (1e4) and plenty (1e8); worth goes with the signal to noise, their square root. */
const COUNTS = 1e6;
/**
 * Phase retrieval needs more than two points per fringe in each direction (Miao, Sayre and Chapman, J. Opt. Soc. Am. A 15 (1998)
 * 1662); from three on it converges reliably (Miao and Sayre, Acta Cryst. A 56 (2000) 596, who looked at how little is enough).
 */
const OVERSAMPLING = { least: 2, half: 1 } as const;
/** Ten resolution elements of 20 nm, the usual resolution of BCDI. */
const SIZE_NM = 200;
/** A quarter of a turn; the more the phase spreads, the more solutions a retrieval has to choose from. */
const PHASE_RAD = Math.PI / 2;
/** A focused beam's footprint, tails included: what lies within may shine into the same pattern. */
const ISOLATION_UM = 1;
/** What is not known gets half of the points: neither a reason for nor against. */
const UNKNOWN = 0.5;
/** An unsure verdict's certainty counts half. */
const UNSURE = 0.5;
/** A line of the other character: there is a dislocation, but not the wanted one. */
const OTHER_CHARACTER = 0.25;

/** What is queued comes before all, what was measured or is not wanted after all. */
const ORDER: Readonly<Record<Plan | 'none', number>> = { queued: 0, none: 1, measured: 2, skip: 3 };

/** Chance that the particle is what is wanted. */
const chanceOf = (probabilities: Probabilities, wanted: Wanted): number =>
  wanted === 'defect'
    ? Math.min(
        1,
        classKeys.reduce((sum, name) => sum + (classes[name].defective ? (probabilities[name] ?? 0) : 0), 0),
      )
    : (probabilities[wanted] ?? 0);

/** Half at `half`, towards 1 for ever more. */
const rising = (value: number, half: number): number => Math.max(0, value) / (Math.max(0, value) + half);

/** What each criterion is worth, 0 to 1; undefined where it is not known. */
const worth: Readonly<
  Record<Criterion, (particle: Particle, wanted: Wanted) => readonly [found: number, part: number] | undefined>
> = {
  certainty: ({ byHand, probabilities, sure, defectSure = sure }, wanted) => {
    const chance = byHand ? 1 : chanceOf(probabilities, wanted);
    const isSure = byHand === true || (wanted === 'defect' ? defectSure : sure);
    return [chance, chance * (isSure ? 1 : UNSURE)];
  },
  inside: ({ within, byHand }, wanted) => {
    if (!within) return undefined;
    const [says, agreement] = [speaksFor(within, wanted), within.agreement];
    // Whoever decided has looked: physics then speaks for the particle or not at all.
    return [agreement, UNKNOWN + (byHand ? Math.max(0, says) : says) * agreement * UNKNOWN];
  },
  counts: ({ counts }) => of(counts, (found) => rising(Math.sqrt(Math.max(0, found)), Math.sqrt(COUNTS))),
  oversampling: ({ oversampling }) =>
    of(oversampling, (found) => rising(found - OVERSAMPLING.least, OVERSAMPLING.half)),
  size: ({ sizeNm }) => of(sizeNm, (found) => rising(found, SIZE_NM)),
  strain: ({ phaseSpreadRad }) => of(phaseSpreadRad, (found) => 1 - rising(found, PHASE_RAD)),
  isolation: ({ isolationUm }) => of(isolationUm, (found) => rising(found, ISOLATION_UM)),
  reflections: ({ seen }) => of(seen, (found) => found),
  familiarity: ({ novelty }) => of(novelty, (found) => 1 / (1 + found ** 2)),
};

const of = (found: number | undefined, part: (found: number) => number): readonly [number, number] | undefined =>
  found === undefined || !Number.isFinite(found) ? undefined : [found, part(found)];

/** -1 (against) to 1 (for what is wanted). */
function speaksFor({ says, character }: Within, wanted: Wanted): number {
  if (says === 'undecided') return 0;
  const isDefect = wanted === 'defect' || classes[wanted].defective;
  if (!isDefect) return says === 'none' ? 1 : -1;
  if (says === 'none') return -1;
  const named = wanted === 'screw' || wanted === 'edge';
  return named && character !== null && character !== 'mixed' && character !== wanted ? OTHER_CHARACTER : 1;
}

/**
 * Ranks particles for a BCDI experiment, best first. A particle that counts as another class is no candidate; one that a person says is
 * wanted goes before all others. What people mean to do about a particle goes before either.
 * @param weights of the criteria, of which at least one is above 0
 * @returns every score broken into its reasons, those of weight 0 left out
 */
export function rankCandidates(
  particles: readonly Particle[],
  wanted: Wanted,
  weights: Weights = criteria,
): Candidate[] {
  const counted = keysOf(criteria).filter((name) => weights[name] > 0);
  const sum = counted.reduce((all, name) => all + weights[name], 0);
  const ranked = particles
    .filter(({ class: named }) => (wanted === 'defect' ? classes[named].defective : named === wanted))
    .map((particle) => {
      const reasons = counted.map((name): Reason => {
        const [found, part] = worth[name](particle, wanted) ?? [null, UNKNOWN];
        const most = (100 * weights[name]) / sum;
        return { of: name, found, points: most * part, most };
      });
      const score = reasons.reduce((all, { points }) => all + points, 0);
      const { id, ids = [id] } = particle;
      const candidate: Candidate = { id, ids, score, byHand: particle.byHand === true, reasons };
      return { candidate, order: ORDER[particle.plan ?? 'none'] };
    });
  return ranked
    .sort(
      (a, b) =>
        a.order - b.order ||
        Number(b.candidate.byHand) - Number(a.candidate.byHand) ||
        b.candidate.score - a.candidate.score ||
        (a.candidate.id < b.candidate.id ? -1 : 1),
    )
    .map(({ candidate }) => candidate);
}
