import { z } from 'zod';
import { problemSchema } from './errors';
import { jobStatusSchema } from './simulation';

/** What is done for a network of this beamtime, in this order: crystals are simulated, a network learns from them, and both networks judge raw scans. */
export const adaptingStages = ['simulating', 'training', 'judging'] as const;

const count = z.int().min(0);
const range = z.tuple([z.number(), z.number()]);

/** What the judged scans of the watched folder say of their crystals, for a set of such crystals. */
export const likenessSchema = z.strictObject({
  /** Scans that tell their crystal's size, and how many are needed. */
  scans: count,
  needed: count,
  /** What will be simulated; null while there are too few scans. */
  crystals: z
    .strictObject({
      elements: z.array(z.string()),
      /** Families, such as `111`. */
      reflections: z.array(z.string()),
      sizeNm: range,
      /** At the peak. */
      counts: range,
      oversampling: range,
      patterns: count,
    })
    .nullable(),
});

/** Of some raw scans, what came of judging them with one model as the app does. */
export const judgedScansSchema = z.strictObject({
  /** Of the class that it is. */
  right: count,
  /** Defective or not, as it is. */
  found: count,
  /** Of the class, and of those the wrong ones. */
  sure: count,
  sureWrong: count,
});

const judgedModelSchema = z.strictObject({ name: z.string(), hash: z.string() });

/** Two models, the one in use and the one that learnt from this beamtime's crystals, on raw scans of such crystals that neither was trained on. */
export const trialSchema = z.strictObject({
  before: judgedModelSchema,
  after: judgedModelSchema,
  /** One for each kind of scan; the last is of all. */
  rows: z
    .array(z.strictObject({ kind: z.string(), scans: count, before: judgedScansSchema, after: judgedScansSchema }))
    .min(1),
});

/** The app's one adapting: it goes on whatever the screens show, and is remembered over a restart. */
export const adaptingStateSchema = z.strictObject({
  status: jobStatusSchema,
  /** Where it is, or was when it ended before its time; null where there is none, or it is done. */
  stage: z.enum(adaptingStages).nullable(),
  /** Of the stage, in its own unit: crystals, steps, scans; null while nobody knows. */
  done: z.number().nullable(),
  total: z.number().nullable(),
  /** Of the stage. */
  secondsLeft: z.number().optional(),
  /** The model as the list of models names it; null until it is there. */
  model: z.string().nullable(),
  trial: trialSchema.nullable(),
  problem: problemSchema.nullable(),
});

export type AdaptingStage = (typeof adaptingStages)[number];
export type Likeness = z.infer<typeof likenessSchema>;
export type JudgedScans = z.infer<typeof judgedScansSchema>;
export type Trial = z.infer<typeof trialSchema>;
export type AdaptingState = z.infer<typeof adaptingStateSchema>;
