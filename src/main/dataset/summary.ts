import { shardCount } from './layout';
import type { Recipe } from './recipe';
import { noSeconds, type Seconds, type ShardRecord } from './record';

type Counts = Record<string, number>;

/** What `summary.json` says of a whole set. */
export interface Summary {
  readonly name: string;
  readonly crystals: number;
  readonly patterns: number;
  readonly shards: number;
  /** Crystals of each class as drawn, of each label, element and placement. */
  readonly classes: Counts;
  readonly labels: Counts;
  readonly elements: Counts;
  readonly placements: Counts;
  /** Crystals discarded after relaxation, by reason. */
  readonly discarded: Counts;
  /** LAMMPS by kind and version; empty when nothing was relaxed. */
  readonly relaxers: Counts;
  /** Time during which any worker was at work on any machine, and the sum over all workers. */
  readonly wallSeconds: number;
  readonly workerSeconds: number;
  readonly crystalsPerHour: number;
  readonly patternsPerSecond: number;
  /** What the workers spent their time on, shares, and which of them is the largest. */
  readonly time: Seconds;
  readonly limitedBy: keyof Seconds;
}

/** Adds up the records of a set's shards, one at a time. */
export interface SummaryBuilder {
  add(record: ShardRecord): void;
  finish(): Summary;
}

const count = (table: Counts, key: unknown): void => {
  if (typeof key === 'string') table[key] = (table[key] ?? 0) + 1;
};
const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value ? (value as Record<string, unknown>)[key] : undefined;

/** Length of the union of intervals: shards made at the same time by several workers count once. */
export function unionLength(intervals: readonly (readonly [number, number])[]): number {
  let [covered, until] = [0, -Infinity];
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return covered;
}

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

export function createSummary(recipe: Recipe): SummaryBuilder {
  const tables = { classes: {}, labels: {}, elements: {}, placements: {}, discarded: {}, relaxers: {} } as const;
  const intervals: (readonly [number, number])[] = [];
  const seconds: Seconds = { ...noSeconds };
  const kinds = Object.keys(seconds) as (keyof Seconds)[];
  let [crystals, patterns] = [0, 0];
  return {
    add(record) {
      for (const crystal of record.crystals) {
        count(tables.classes, crystal['defect']);
        count(tables.labels, crystal['label']);
        count(tables.elements, crystal['element']);
        count(tables.placements, field(crystal['dislocation'], 'placement'));
        const relaxer = field(crystal['relaxation'], 'relaxer');
        if (relaxer !== undefined) count(tables.relaxers, `${field(relaxer, 'kind')} ${field(relaxer, 'version')}`);
      }
      for (const { reason } of record.discarded) count(tables.discarded, reason);
      for (const kind of kinds) seconds[kind] += record.seconds[kind];
      crystals += record.crystals.length;
      patterns += record.manifest.length;
      intervals.push(record.time);
    },
    finish() {
      const wallSeconds = unionLength(intervals) / 1000;
      const workerSeconds = intervals.reduce((sum, [from, to]) => sum + (to - from), 0) / 1000;
      const spent = Math.max(
        kinds.reduce((sum, kind) => sum + seconds[kind], 0),
        1e-9,
      );
      const time = { ...noSeconds };
      for (const kind of kinds) time[kind] = rounded(seconds[kind] / spent, 3);
      const limitedBy = kinds.reduce((most, kind) => (seconds[kind] > seconds[most] ? kind : most));
      const pace = Math.max(wallSeconds, 1e-3);
      return {
        ...{ name: recipe.name, crystals, patterns, shards: shardCount(recipe), ...tables },
        ...{ wallSeconds: rounded(wallSeconds, 4), workerSeconds: rounded(workerSeconds, 4) },
        crystalsPerHour: rounded((3600 * crystals) / pace, 4),
        patternsPerSecond: rounded(patterns / pace, 4),
        ...{ time, limitedBy },
      };
    },
  };
}
