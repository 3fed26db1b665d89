import { z } from 'zod';
import { classKeys } from '@vocabulary/classes';
import { keysOf } from '@vocabulary/keys';
import {
  criteria,
  mostWeight,
  type Candidate,
  type Proportions,
  type Shares,
  type Wanted,
  type Weights,
} from '@vocabulary/screening';
import { defectClassSchema } from './verdict';

export const wantedSchema: z.ZodType<Wanted> = z.enum(['defect', ...classKeys]);

export const weightsSchema: z.ZodType<Weights> = z
  .record(z.enum(keysOf(criteria)), z.number().min(0).max(mostWeight))
  .refine((weights) => Object.values(weights).some((weight) => weight > 0), 'nothing is to count');

/** Which scans are counted (those that the screen's filters let through), and what one looks for. */
export const screeningRequestSchema = z.strictObject({
  ids: z.array(z.string().min(1).max(200)).max(20_000),
  wanted: wantedSchema,
  weights: weightsSchema,
});

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const interval = z.strictObject({ value: share, low: share, high: share });
const shares = z
  .partialRecord(z.enum([...classKeys, 'defective']), interval)
  .refine((given): given is Shares => given.defective !== undefined, 'the share of the defective is missing');

/** Counts and shares of a group of particles, each counted once; see `core/screening/proportions`. */
export const proportionsSchema: z.ZodType<Proportions> = z.strictObject({
  sure: z.partialRecord(defectClassSchema, count),
  unsure: count,
  early: count,
  /** Shares among the sure verdicts with Wilson's 95 % intervals. */
  counted: shares.optional(),
  /** Shares among all final verdicts, corrected for the model's confusion. */
  corrected: shares.optional(),
  byHand: count,
  correctable: count,
  strange: count,
  otherModel: count,
});

export const screeningGroupSchema = z.strictObject({
  /** null: the files do not tell the sample. */
  sample: z.string().nullable(),
  scans: count,
  /** Of which at least one scan here has a verdict that counts. */
  particles: count,
  /** Arriving, waiting, being reduced. */
  open: count,
  /** Rejected, skipped, held up. */
  notJudged: count,
  proportions: proportionsSchema,
});

export const candidateSchema: z.ZodType<Candidate> = z.strictObject({
  id: z.string(),
  ids: z.array(z.string()).readonly(),
  /** Of 100; the sum of the reasons' points. */
  score: z.number(),
  byHand: z.boolean(),
  reasons: z.array(
    z.strictObject({
      of: z.enum(keysOf(criteria)),
      found: z.number().nullable(),
      points: z.number(),
      most: z.number(),
    }),
  ),
});

export const screeningSchema = z.strictObject({
  all: screeningGroupSchema,
  /** One for each sample, where there is more than one. */
  samples: z.array(screeningGroupSchema),
  /** Name of the model whose test corrects the shares; null where none is loaded. */
  model: z.string().nullable(),
  /** The best, at most fifty. */
  candidates: z.array(candidateSchema),
  /** How many there are in all. */
  candidateCount: count,
});

export type ScreeningGroup = z.infer<typeof screeningGroupSchema>;
export type Screening = z.infer<typeof screeningSchema>;
