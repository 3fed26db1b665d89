import type { RepeatsSum } from '@contract/repeats';

const scans = (n: number): string => `${n} ${n === 1 ? 'scan' : 'scans'}`;

/** The words of a sum of repeats. Values come formatted (see format.ts). */
export const repeatsText = {
  title: 'Sum of repeats',
  do: 'Sum repeats',
  again: 'Sum again',
  hint: (n: number) => `Lays the ${n} scans of this reflection upon each other and sums those that are alike`,
  running: 'Summing…',
  of: (summed: number, all: number, counts: string) => `${summed} of ${scans(all)} summed, ${counts} counts.`,
  alone: 'says the network of the sum. It counts as no scan of its own.',
  table: 'Scans of the sum',
  columns: { scan: 'Scan', correlation: 'Correlation', shift: 'Shift, voxels', became: 'Is' },
  correlationHint: 'Of its counts with those of the sum of the others, voxel by voxel (Pearson)',
  shiftHint: 'Where its pattern lay beside the sum: along Q, across, up',
  summed: 'summed',
  leftOut: 'left out',
  why: {
    correlation: (scan: string, correlation: string, alike: string) =>
      `${scan} is left out: it correlates by ${correlation}, below ${alike}.`,
    voxel: (scan: string) => `${scan} is left out: its voxels are of another size.`,
  } satisfies Record<
    NonNullable<RepeatsSum['repeats'][number]['left']>,
    (scan: string, correlation: string, alike: string) => string
  >,
  outdated: 'There are other repeats by now, or one was judged again: sum again.',
  compare: 'Show beside the scan',
  stop: 'Hide the sum',
  named: (n: number) => `Sum of ${scans(n)}`,
  kept: (file: string) => `Kept as ${file}.`,
} as const;
