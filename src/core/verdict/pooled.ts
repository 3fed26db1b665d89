/** One verdict from those on several scans of one particle at one reflection. */
import { classes, classKeys, type DefectClass, type Probabilities } from '@vocabulary/classes';
import type { Doubt } from '@vocabulary/doubts';
import { decide, defectiveAmong, defectiveOf } from './probabilities';
import { doubtsOf } from './verdict';

/** The verdict on one scan. */
export interface Repeat {
  readonly id: string;
  /** A person's class; left out where nobody decided. */
  readonly decided?: DefectClass | undefined;
  readonly probabilities: Probabilities;
  /** Left out where it is sure. */
  readonly doubts?: readonly Doubt[] | undefined;
}

/** What several scans say together. */
export interface Pooled {
  readonly class: DefectClass;
  readonly probabilities: Probabilities;
  /** Of any defect. */
  readonly defective: number;
  readonly sure: boolean;
  readonly doubts: readonly Doubt[];
  readonly byHand: boolean;
  /** Scans that it rests on; the others are strange, partly measured or contradicted. */
  readonly from: readonly string[];
}

/** No scan is believed beyond one in so many: a network's calibration is not known any farther out. */
const FLOOR = 1e-3;
/**
 * How alike two repeats err: it is one crystal and one network, and only noise, alignment and what the beam did are others. Nobody has
 * measured it; halfway between repeats that tell nothing new (1) and independent ones (0), so that many never count for more than two.
 */
const ALIKE = 0.5;
/** Doubts that the probabilities themselves hold. */
const OF_PROBABILITY: readonly Doubt[] = ['probability', 'character'];

/** Independent scans that so many alike ones are worth (Kish, Survey Sampling, 1965: the design effect of a cluster). */
const worthOf = (n: number): number => n / (1 + (n - 1) * ALIKE);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** What probabilities tell, nats: how far they are from even. */
const informationOf = (chances: readonly number[]): number =>
  Math.max(0, Math.log(chances.length) + sum(chances.map((p) => (p > 0 ? p * Math.log(p) : 0))));

/**
 * Pools by evidence: the logarithms of the probabilities are added, each scan's weighed by what it tells, so that one that cannot decide
 * changes nothing, one that agrees makes it surer, and one that contradicts takes away. Together they weigh as much as so many scans are worth,
 * of which each counts by what it tells. Classes that not all of them tell are left out.
 * @param all at least one
 * @returns what they sum up to; of one scan its own
 */
export function pooledProbabilities(all: readonly Probabilities[]): Probabilities {
  const [first, ...others] = all;
  if (others.length === 0) return first!;
  const names = classKeys.filter((name) => all.every((each) => each[name] !== undefined));
  const told = all.map((each) => {
    const chances = names.map((name) => Math.max(FLOOR, each[name]!));
    return chances.map((p) => p / sum(chances));
  });
  const tells = told.map(informationOf);
  const telling = sum(tells);
  const worth = telling > 0 ? worthOf(Math.max(1, telling ** 2 / sum(tells.map((nats) => nats ** 2)))) / telling : 0;
  const logs = names.map((_, c) => sum(told.map((chances, n) => worth * tells[n]! * Math.log(chances[c]!))));
  const top = Math.max(...logs);
  const powers = logs.map((log) => Math.exp(log - top));
  const found = Object.fromEntries(names.map((name, c) => [name, powers[c]! / sum(powers)]));
  return { ...found, perfect: found['perfect'] ?? 0 };
}

/**
 * The verdict that repeats give together. Those with a doubt of their own (strange, partial, contradicted) are left out while there is
 * one without; a person's class decides, of several the last.
 * @param repeats at least one, in the order in which they were taken
 */
export function pooled(repeats: readonly Repeat[]): Pooled {
  const own = ({ doubts = [] }: Repeat): Doubt[] => doubts.filter((doubt) => !OF_PROBABILITY.includes(doubt));
  const clean = repeats.filter((repeat) => own(repeat).length === 0);
  const used = clean.length > 0 ? clean : repeats;
  const probabilities = pooledProbabilities(used.map((each) => each.probabilities));
  const from = used.map(({ id }) => id);
  const decided = repeats.findLast((repeat) => repeat.decided)?.decided;
  const told = classKeys.filter((name) => probabilities[name] !== undefined);
  const isDefect = defectiveAmong(told);
  const chances = told.map((name) => probabilities[name]!);
  const named = decided ?? told[decide(chances, isDefect)]!;
  const defective = defectiveOf(chances, isDefect);
  if (decided) return { class: named, probabilities, defective, sure: true, doubts: [], byHand: true, from };
  const side = classes[named].defective ? defective : 1 - defective;
  // Where all have doubts of their own, what the first of them was doubted for is doubted still.
  const left = clean.length > 0 ? [] : [...new Set(repeats.flatMap(own))];
  const doubts = [...doubtsOf(probabilities[named] ?? 0, side), ...left];
  return { class: named, probabilities, defective, sure: doubts.length === 0, doubts, byHand: false, from };
}
