/**
 * What several reflections of one crystal say of a dislocation's Burgers vector. It shows where g.b is not 0 and leaves the pattern as a perfect
 * crystal's where it is: a defect at g says that b does not lie in the plane (hkl), none at g that b, if there is one, does.
 */
import { dot, type Vec3 } from '@core/math/vector';
import { BURGERS, burgersName } from './visibility';

/** What was found at one reflection, for certain. */
export interface Look {
  readonly hkl: Vec3;
  readonly shows: boolean;
}

export interface BurgersOpinion {
  /**
   * Burgers vectors of one perfect dislocation that all looks allow. Where no look shows anything: those that all of them could have missed.
   */
  readonly possible: readonly string[];
  /** Reflections that show it: b does not lie in their planes. */
  readonly notIn: readonly Vec3[];
  /** Reflections that do not: b lies in their planes, if there is one. */
  readonly within: readonly Vec3[];
}

/** @param looks at reflections of one crystal, named alike; @returns undefined where there is none */
export function burgersOpinion(looks: readonly Look[]): BurgersOpinion | undefined {
  if (looks.length === 0) return undefined;
  const allows = (b: Vec3): boolean => looks.every(({ hkl, shows }) => (dot(hkl, b) !== 0) === shows);
  return {
    possible: BURGERS.filter(allows).map(burgersName),
    notIn: looks.flatMap(({ hkl, shows }) => (shows ? [hkl] : [])),
    within: looks.flatMap(({ hkl, shows }) => (shows ? [] : [hkl])),
  };
}
