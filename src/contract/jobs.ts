import { z } from 'zod';
import { problemSchema } from './errors';

/** Whatever the app does that can take longer than a second. */
export const jobKindSchema = z.enum([
  'simulation',
  'training',
  'adapting',
  'occlusion',
  'retrieval',
  'judging',
  'survey',
  'preview',
  'repeats',
  'export',
  'model',
  'demo',
]);

/** What may be asked of a job. Cancelled ones leave the list; ended ones stay in it until they are dismissed. */
export const jobActSchema = z.enum(['pause', 'resume', 'cancel', 'dismiss']);

const count = z.number().min(0);

/** A job as the drawer lists it. */
export const jobSchema = z.strictObject({
  id: z.string().min(1).max(200),
  kind: jobKindSchema,
  /** What it is about: a recipe, a network, a scan, a format. */
  name: z.string(),
  /** Where its results go, or what it reads; null where there is no such folder. */
  folder: z.string().nullable(),
  status: z.enum(['running', 'stopping', 'paused', 'done', 'failed']),
  /** In the job's own unit: crystals, steps, places, scans. null while nobody knows. */
  done: count.nullable(),
  total: count.nullable(),
  secondsLeft: count.optional(),
  /** ISO 8601. */
  startedAt: z.iso.datetime(),
  acts: z.array(jobActSchema),
  problem: problemSchema.nullable(),
});

export const jobRequestSchema = z.strictObject({ id: jobSchema.shape.id, act: jobActSchema });

export type JobKind = z.infer<typeof jobKindSchema>;
export type JobAct = z.infer<typeof jobActSchema>;
export type Job = z.infer<typeof jobSchema>;
