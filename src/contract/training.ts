import { z } from 'zod';
import { problemSchema } from './errors';
import { recipeDraftSchema, recipeIssueSchema, recipeRulesSchema } from './recipe';
import { folderPath, jobStatusSchema } from './simulation';

const share = z.number().min(0).max(1);
const counts = z.int().min(0);

/** One point of a training's curves. */
export const epochSchema = z.strictObject({
  epoch: counts,
  rate: z.number().positive(),
  trainLoss: z.number(),
  trainAccuracy: share,
  validationLoss: z.number(),
  validationAccuracy: share,
  /** Of the averaged weights, where there are. */
  averageLoss: z.number().optional(),
  averageAccuracy: share.optional(),
});

export const evaluationSchema = z.strictObject({
  patterns: counts,
  /** Of the model's classes. */
  accuracy: share,
  /** Of defective against perfect. */
  twoClassAccuracy: share,
  /** Rows: truth; columns: verdict; in the order of the classes. */
  confusion: z
    .array(z.array(counts))
    .min(2)
    .max(32)
    .refine((rows) => rows.every(({ length }) => length === rows.length), 'as many columns as rows expected'),
  loss: z.number(),
  /** Expected calibration error of the calibrated probabilities, 15 bins. */
  calibrationError: share,
});

export const networkNameSchema = z.enum(['defects', 'three-class', 'two-class']);

const patternCounts = z.strictObject({ train: counts, validation: counts, test: counts });

/** A model, or a training that is to become one. */
export const modelEntrySchema = z.strictObject({
  /** A shipped model's name or a folder's path: what it is asked for by. */
  id: z.string(),
  name: z.string(),
  shipped: z.boolean(),
  /** The training is unfinished; all that is there is its curve. */
  unfinished: z.boolean(),
  network: z.string(),
  classes: z.array(z.string()),
  summary: z.string(),
  /** Why not to rely on it; null for a model to rely on. */
  provisional: z.string().nullable(),
  /** SHA-256 of the weights; null while there are none. */
  hash: z.string().nullable(),
  patterns: patternCounts.nullable(),
  /** On unseen crystals. */
  test: evaluationSchema.nullable(),
  temperature: z.number().nullable(),
  curve: z.array(epochSchema),
  /** Epoch whose weights were kept. */
  best: counts.nullable(),
  /** Epochs asked for. */
  epochs: counts,
});

export const modelShelfSchema = z.strictObject({
  models: z.array(modelEntrySchema),
  /** Which one verdicts are made with, and which one before it. */
  active: z.string(),
  previous: z.string().nullable(),
});

export const trainingProgressSchema = z.strictObject({
  /** Under way, counted from 0. */
  epoch: counts,
  epochs: counts,
  step: counts,
  steps: counts,
  /** Of the epoch under way, so far; left out before its first step. */
  loss: z.number().optional(),
  accuracy: share.optional(),
  /** All steps are taken; the model is calibrated, tested and written. */
  exporting: z.boolean(),
  secondsLeft: z.number().optional(),
});

/** The one training of the app. */
export const trainingStateSchema = z.strictObject({
  status: jobStatusSchema,
  /** Of the model; null: none was ever started. */
  folder: z.string().nullable(),
  dataset: z.string().nullable(),
  network: z.string(),
  progress: trainingProgressSchema.nullable(),
  problem: problemSchema.nullable(),
});

/** What a training is asked to be. Options as they are typed: the schema that trains checks them. */
export const trainingRequestSchema = z.strictObject({
  /** Learnt from as one. */
  datasets: z.array(folderPath).min(1).max(16),
  folder: folderPath,
  network: networkNameSchema,
  /** A model of that network to begin with, as the list names it; null for random weights. */
  start: z.string().max(4096).nullable(),
  options: recipeDraftSchema,
});

/** What the form offers. */
export const trainingFormSchema = z.strictObject({
  /** Every option that has a default, with it. */
  defaults: z.record(z.string(), z.json()),
  rules: recipeRulesSchema,
  /** Data sets found in folders that the app may open; of one that is not whole yet, what is there is learnt from. */
  sets: z.array(z.strictObject({ folder: z.string(), name: z.string(), whole: z.boolean() })),
  /** A free folder for each network's model. */
  folders: z.record(networkNameSchema, z.string()),
});

/** What a training's data sets and folder are, before anything is started. */
export const trainingCheckSchema = z.strictObject({
  issues: z.array(recipeIssueSchema),
  /** Patterns of each part, of all sets; null where they cannot be used, and `datasetProblem` says why. */
  patterns: patternCounts.nullable(),
  datasetProblem: problemSchema.nullable(),
  /** `begun`: a training that can be gone on with. */
  kind: z.enum(['new', 'empty', 'begun', 'model', 'occupied']).nullable(),
  folderProblem: problemSchema.nullable(),
});

export type Epoch = z.infer<typeof epochSchema>;
export type Evaluation = z.infer<typeof evaluationSchema>;
export type NetworkName = z.infer<typeof networkNameSchema>;
export type ModelEntry = z.infer<typeof modelEntrySchema>;
export type ModelShelf = z.infer<typeof modelShelfSchema>;
export type TrainingProgress = z.infer<typeof trainingProgressSchema>;
export type TrainingState = z.infer<typeof trainingStateSchema>;
export type TrainingRequest = z.infer<typeof trainingRequestSchema>;
export type TrainingForm = z.infer<typeof trainingFormSchema>;
export type TrainingCheck = z.infer<typeof trainingCheckSchema>;
