import { z } from 'zod';
import { classKeys, twoClasses, type Probabilities } from '@vocabulary/classes';
import { doubts } from '@vocabulary/doubts';
import { keysOf } from '@vocabulary/keys';
import { witnessSchema } from './inside';

export const defectClassSchema = z.enum(classKeys);

/** Of the classes that the model told: which they are is its card's affair, but every one of them is in the table. */
export const probabilitiesSchema = z
  .partialRecord(defectClassSchema, z.number().min(0).max(1))
  .refine((given): given is Probabilities => given.perfect !== undefined, 'every model tells perfect');

/** What a second model says beside the verdict: whether there is a defect. */
export const opinionSchema = z.strictObject({
  model: z.string(),
  /** SHA-256 of its weights. */
  hash: z.string(),
  class: z.enum(twoClasses),
  defective: z.number().min(0).max(1),
});

/** Why a verdict is not sure: see `core/verdict`. */
export const doubtSchema = z.enum(keysOf(doubts));

export const verdictSchema = z
  .strictObject({
    class: defectClassSchema,
    defective: z.number().min(0).max(1),
    probabilities: probabilitiesSchema,
    sure: z.boolean(),
    /** Left out where it is sure, and in verdicts from before there were reasons. */
    doubts: z.array(doubtSchema).optional(),
    /** What the networks alone doubted of there being a defect, and a line that phase retrieval shows settles; left out where that is nothing. */
    settled: z.array(doubtSchema).optional(),
    /** Left out where there was no second model. */
    beside: opinionSchema.optional(),
    /** What phase retrieval shows within the crystal; left out where it was not looked into. A contradiction makes the verdict unsure, a line in what is called defective settles that it is. */
    inside: witnessSchema.optional(),
    /** Distance from what the model was trained on: strange, and never sure, above 1. Left out by models that do not tell. */
    novelty: z.number().min(0).optional(),
    /** Judged before the last frame was there. */
    early: z.boolean().optional(),
  })
  .refine(({ class: named, probabilities }) => probabilities[named] !== undefined, 'the class has no probability');

/** What a person says a scan is: kept beside the network's verdict, never instead of it. */
export const overruledSchema = z.strictObject({
  class: defectClassSchema,
  /** Who says so: the name given on the screen, or the account that the app runs under. */
  by: z.string().min(1).max(60),
  /** ISO 8601. */
  at: z.iso.datetime(),
});

/** A final verdict as it was given at a time, by a model. */
export const pastVerdictSchema = z.strictObject({
  /** ISO 8601. */
  judgedAt: z.string(),
  verdict: verdictSchema,
  /** null in ledgers of before models were recorded. */
  model: z.strictObject({ name: z.string(), hash: z.string() }).nullable(),
});

export type Verdict = z.infer<typeof verdictSchema>;
export type Overruled = z.infer<typeof overruledSchema>;
export type PastVerdict = z.infer<typeof pastVerdictSchema>;
