import type { z } from 'zod';
import { classOf } from '@core/network/description';
import type { sourceSetSchema } from '@main/engine/card';
import { classKeys, type SimulatedClass } from '@vocabulary/classes';

/** Patterns to learn from, wherever they are. */
export interface PatternSet {
  readonly entries: readonly PatternEntry[];
  /** One pattern: 64^3, maximum 1, Q frame. The caller must not change it. */
  read(index: number): Promise<Float32Array>;
  /** The sets that it was put together from, where there are several. */
  readonly sources?: readonly SourceSet[];
}

/** One of several sets that a network is trained on, for the card. */
export type SourceSet = z.infer<typeof sourceSetSchema>;

export interface PatternEntry {
  /**
   * The recipe divides by crystal, never by pattern: ten spins of one crystal are nearly one pattern, and a network tested on
   * crystals it was trained on looks better than it is.
   */
  readonly crystal: number;
  readonly split: 'train' | 'validation' | 'test';
  readonly label: SimulatedClass;
  /** 2 pi / (D dq). */
  readonly oversampling: number;
  /** Of its reflection, see `familyOf`; undefined where its set does not say. */
  readonly family?: string | undefined;
  /** Angle between line and Burgers vector, 0 (screw) to 90 (edge) degrees; undefined where there is no line, or its set does not say. */
  readonly mixingDeg?: number | undefined;
}

/** The first `count` patterns of a set; all of them when left out. */
export const firstPatterns = (patterns: PatternSet, count?: number): PatternSet =>
  count === undefined ? patterns : { entries: patterns.entries.slice(0, count), read: (index) => patterns.read(index) };

/** Why a network cannot be trained on these patterns; undefined: it can. */
export function unsuited(patterns: PatternSet, batch: number, classes: readonly string[]): string | undefined {
  const training = indicesOf(patterns, 'train', classes).length;
  if (training < batch) return `${training} training patterns do not fill a batch of ${batch}`;
  if (indicesOf(patterns, 'validation', classes).length === 0)
    return 'no validation patterns, by which to choose the best epoch';
  return undefined;
}

/**
 * Indices of the patterns of one part.
 * @param classes of a network: patterns of a class that it does not tell are left out
 */
export const indicesOf = (
  { entries }: PatternSet,
  split: PatternEntry['split'],
  classes: readonly string[] = classKeys,
): number[] =>
  entries.flatMap((entry, index) =>
    entry.split === split && classOf(entry.label, classes) !== undefined ? [index] : [],
  );

/** How many patterns a network cannot be trained or judged on, since it does not tell their class. */
export const untold = ({ entries }: PatternSet, classes: readonly string[]): number =>
  entries.filter(({ label }) => classOf(label, classes) === undefined).length;

/**
 * What a network is to say of a pattern: all of its class, or shared between screw and edge.
 * @param mixed mixing angles, degrees, between which a dislocation is some of both; undefined: each is what it mostly is
 * @returns one share per class, summing to 1
 * @throws RangeError for a class that the network does not tell
 */
export function targetOf(
  patterns: PatternSet,
  index: number,
  classes: readonly string[],
  mixed?: readonly [number, number],
): number[] {
  const shares = Array<number>(classes.length).fill(0);
  const [screw, edge] = [classes.indexOf('screw'), classes.indexOf('edge')];
  const { label, mixingDeg } = patterns.entries[index]!;
  if (mixed && mixingDeg !== undefined && screw >= 0 && edge >= 0 && (label === 'screw' || label === 'edge')) {
    const [from, to] = mixed;
    shares[edge] = Math.min(1, Math.max(0, (mixingDeg - from) / (to - from)));
    shares[screw] = 1 - shares[edge];
  } else shares[truthOf(patterns, index, classes)] = 1;
  return shares;
}

/**
 * Place of a pattern's class among those that a network tells.
 * @throws RangeError for one that it does not tell
 */
export function truthOf(patterns: PatternSet, index: number, classes: readonly string[]): number {
  const { label } = patterns.entries[index]!;
  const truth = classOf(label, classes);
  if (truth === undefined) throw new RangeError(`a network of ${classes.join(', ')} does not tell ${label}`);
  return truth;
}
