import { classKeys, classes, type DefectClass, type Probabilities } from '@vocabulary/classes';
import type { Candidate, Reason, Wanted } from '@vocabulary/screening';

/** A judged particle as far as its worth for a BCDI experiment goes. */
export interface Particle {
  readonly id: string;
  readonly class: DefectClass;
  readonly probabilities: Probabilities;
  readonly sure: boolean;
  /** Distance from training, strange above 1; left out where the model does not tell. */
  readonly novelty?: number | undefined;
  /** Detector pixels or rocking steps per fringe, whichever is fewer, as measured. */
  readonly oversampling?: number | undefined;
  /** Photons in the peak: the rocking curve's counts above its lowest frame. */
  readonly counts?: number | undefined;
}

/** Points that each reason gives at most; together 100. */
const MOST = { wanted: 40, certainty: 20, oversampling: 15, counts: 15, familiarity: 10 } as const;
/**
 * Phase retrieval needs more than two points per fringe in each direction (Miao, Sayre and Chapman, J. Opt. Soc. Am. A 15 (1998)
 * 1662); from three on it converges reliably (Miao and Sayre, Acta Cryst. A 56 (2000) 596, who looked at how little is enough).
 */
const OVERSAMPLING: readonly [number, number] = [2, 3];
/** Photons in the peak between which the points grow, by decades: too few for fringes, and plenty. */
const COUNTS: readonly [number, number] = [1e4, 1e7];
/** What is not known gets half of the points: neither a reason for nor against. */
const UNKNOWN = 0.5;
/** An unsure verdict's certainty counts half. */
const UNSURE = 0.5;

/** Chance that the particle is what is wanted. */
const chanceOf = (probabilities: Probabilities, wanted: Wanted): number =>
  wanted === 'defect'
    ? Math.min(
        1,
        classKeys.reduce((sum, name) => sum + (classes[name].defective ? (probabilities[name] ?? 0) : 0), 0),
      )
    : (probabilities[wanted] ?? 0);

const within = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(1, Math.max(0, (value - low) / (high - low)));

/**
 * Ranks particles for a BCDI experiment, best first. A particle whose verdict is another class is no candidate.
 * @returns every score broken into its reasons
 */
export function rankCandidates(particles: readonly Particle[], wanted: Wanted): Candidate[] {
  return particles
    .filter(({ class: of }) => (wanted === 'defect' ? classes[of].defective : of === wanted))
    .map((particle) => {
      const reasons = reasonsFor(particle, wanted);
      return { id: particle.id, score: reasons.reduce((sum, { points }) => sum + points, 0), reasons };
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function reasonsFor(particle: Particle, wanted: Wanted): Reason[] {
  const { probabilities, sure, novelty, oversampling, counts } = particle;
  const chance = chanceOf(probabilities, wanted);
  const top = probabilities[particle.class] ?? 0;
  // What each class has by guessing.
  const guess = 1 / Object.keys(probabilities).length;
  const certainty = within(top, [guess, 1]) * (sure ? 1 : UNSURE);
  const decades: readonly [number, number] = [Math.log10(COUNTS[0]), Math.log10(COUNTS[1])];
  const give = (of: Reason['of'], found: number | undefined, part: number): Reason => ({
    of,
    found: found ?? null,
    points: MOST[of] * (found === undefined ? UNKNOWN : part),
    most: MOST[of],
  });
  return [
    give('wanted', chance, chance),
    give('certainty', top, certainty),
    give('oversampling', oversampling, within(oversampling ?? 0, OVERSAMPLING)),
    give('counts', counts, within(Math.log10(Math.max(1, counts ?? 1)), decades)),
    give('familiarity', novelty, novelty !== undefined && novelty > 1 ? 1 / novelty ** 2 : 1),
  ];
}
