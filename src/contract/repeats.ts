import { z } from 'zod';
import { warningSchema } from './errors';
import { verdictSchema } from './verdict';

const id = z.string().min(1).max(200);
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** So many repeats are summed at once. */
export const MOST_REPEATS = 64;

/** Why a repeat was left out of a sum: it is unlike the others, or its voxel is. */
export const leftOutSchema = z.enum(['correlation', 'voxel']);

/** What became of one repeat. */
export const repeatSchema = z.strictObject({
  id,
  scan: z.string(),
  /** Which of its verdicts' volumes it was. ISO 8601. */
  judgedAt: z.string(),
  /** Left out where it was summed. */
  left: leftOutSchema.optional(),
  /** Pearson's, of its counts with those of the sum of the others, or of the sum where it was left out. */
  correlation: z.number().optional(),
  /** Where its pattern lies beside the sum's, voxels along the volume's axes. */
  shift: triple.optional(),
});

/** Repeats of one reflection, laid upon each other and summed: as the file of the sum tells. */
export const keptSumSchema = z.strictObject({
  /** ISO 8601. */
  made: z.string(),
  hkl: triple.nullable(),
  repeats: z.array(repeatSchema).min(2).max(MOST_REPEATS),
  /** Below this correlation a repeat was left out. */
  alike: z.number(),
  /** Of all peaks that were summed. */
  counts: z.number(),
  /** The network's on the sum; no scan's own, and no further one of the particle's. */
  verdict: verdictSchema,
  model: z.strictObject({ name: z.string(), hash: z.string() }),
  warnings: z.array(warningSchema),
});

/** The same, as the screen is told. */
export const repeatsSumSchema = keptSumSchema.extend({
  /** The NeXus file. */
  result: z.string(),
  /** There are other repeats by now, or one of them was judged again. */
  outdated: z.boolean(),
});

export type KeptSum = z.infer<typeof keptSumSchema>;
export type RepeatsSum = z.infer<typeof repeatsSumSchema>;
