import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { setStatistics, type SetStatistics } from './peak-statistics';
import { statisticsSvg } from './statistics-svg';
import { simulatedClasses } from '@vocabulary/classes';

const placements = ['CD', 'RPD'] as const;

/** What the statistics need of `crystals.jsonl` and `manifest.jsonl`. */
const crystalSchema = z.looseObject({
  crystal: z.int().min(0),
  atoms: z.int().min(1),
  defect: z.enum(simulatedClasses),
  dislocation: z.looseObject({ placement: z.enum(placements) }).optional(),
});
const patternSchema = z.looseObject({
  crystal: z.int().min(0),
  label: z.enum(simulatedClasses),
  peakShare: z.number().min(0),
});

function readLines<T>(path: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line, n) => {
    try {
      return schema.parse(JSON.parse(line));
    } catch (cause) {
      throw new BraggwatchError('dataset-invalid', `${path}, line ${n + 1}`, { cause });
    }
  });
}

/**
 * The statistics of a set from its lists.
 * @throws BraggwatchError dataset-invalid
 */
export function readStatistics(folder: string): SetStatistics {
  const crystals = readLines(join(folder, 'crystals.jsonl'), crystalSchema);
  const patterns = readLines(join(folder, 'manifest.jsonl'), patternSchema);
  const listed = new Set(crystals.map(({ crystal }) => crystal));
  if (!patterns.every(({ crystal }) => listed.has(crystal)))
    throw new BraggwatchError('dataset-invalid', `${folder}: a pattern's crystal is not in crystals.jsonl`);
  return setStatistics(crystals, patterns);
}

/**
 * Writes `statistics.json` and `statistics.svg` beside the lists of a set.
 * @throws BraggwatchError dataset-invalid
 */
export function writeStatistics(folder: string): void {
  const statistics = readStatistics(folder);
  writeFileAtomic.sync(join(folder, 'statistics.json'), `${JSON.stringify(statistics, null, 2)}\n`);
  writeFileAtomic.sync(join(folder, 'statistics.svg'), statisticsSvg(statistics));
}

/** One line a group, for people. */
export function describeStatistics({ groups }: SetStatistics): string[] {
  const title = 'Brightest voxel over that of a defect-free crystal of similar size:';
  return [
    title,
    ...groups.map(({ label, placement, patterns, percent: { mean, sd } }) => {
      const name = placement === undefined ? label : `  ${placement === 'none' ? 'no dislocation' : placement}`;
      return `${name.padEnd(18)}${mean.toFixed(1).padStart(6)} +- ${sd.toFixed(1).padStart(4)} %  (${patterns} patterns)`;
    }),
  ];
}
