import { z } from 'zod';
import { defectClassSchema } from '@contract/verdict';
import { epochSchema, evaluationSchema } from '@contract/training';
import { twoClasses, type DefectClass } from '@vocabulary/classes';

/** What a model tells, in its own order: classes of the table, `perfect` the first of them, or the two of a two-class model. */
const classesSchema = z.union([
  z.tuple([z.literal(twoClasses[0]), z.literal(twoClasses[1])]),
  z
    .tuple([z.literal('perfect')], defectClassSchema)
    .refine((names) => names.length >= 2 && new Set(names).size === names.length, 'each class once, two at least'),
]);

/** Whether a model tells classes that a verdict can name, rather than defective from perfect alone. */
export const givesVerdicts = (names: ModelCard['classes']): names is ['perfect', ...DefectClass[]] =>
  names[1] !== twoClasses[1];

/** See `core/network/description`; bounded, because a card comes from disk. */
export const networkSchema = z.strictObject({
  name: z.string().max(80),
  size: z.literal(64),
  window: z.int().min(2).max(64),
  /** Models from before there was a choice take the logarithm. */
  compression: z.enum(['log', 'sqrt']).default('log'),
  floor: z.number().positive(),
  convolutions: z
    .array(
      z.strictObject({
        channels: z.int().min(1).max(512),
        stride: z.union([z.literal(1), z.literal(2)]),
        pool: z.boolean(),
      }),
    )
    .min(1)
    .max(12),
  dense: z.array(z.int().min(1).max(4096)).max(8),
  /** Left out where the network is told of none. */
  families: z
    .array(z.string().regex(/^\d{3,6}$/))
    .min(1)
    .max(16)
    .refine((names) => new Set(names).size === names.length, 'each family once')
    .readonly()
    .optional(),
  classes: classesSchema,
  dropout: z.number().min(0).max(0.9),
});

const share = z.number().min(0).max(1);
const counts = z.int().min(0);
/** A SHA-256 in hexadecimal. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const numbers = z.array(z.number()).max(1 << 20);
const yardstickSchema = z
  .strictObject({ means: z.array(numbers).min(1).max(16), precision: numbers, threshold: z.number().positive() })
  .refine(({ means, precision }) => means.every(({ length }) => length ** 2 === precision.length), {
    error: 'means and precision do not belong together',
  });

/** What the training set looks like, see `core/verdict/novelty`; its numbers are of no use to readers. */
export const familiaritySchema = z.strictObject({ features: yardstickSchema, volume: yardstickSchema });

const range = z.tuple([z.number(), z.number()]);

/** What the patterns trained on are of, as far as their sets say; a scan of something else is judged with a warning. */
export const knownSchema = z.strictObject({
  /** Of reflections, as `familyOf` names them. */
  families: z.array(z.string().max(8)).max(64),
  /** Largest phase of the smooth strain. */
  strainRad: range.optional(),
  /** Least coherence length over the size; 100 stands for a beam that is coherent over everything. */
  leastCoherence: z.number().positive().optional(),
  /** At the peak. */
  counts: range.optional(),
  /** Cube root of the volume. */
  sizeNm: range.optional(),
});

const partsSchema = z.strictObject({ train: counts, validation: counts, test: counts });

/** One of several data sets. */
export const sourceSetSchema = z.strictObject({
  /** Null where the set has none, as raw scans. */
  recipe: z.json(),
  seed: z.int().nullable(),
  patterns: partsSchema,
  crystals: counts,
  /** SHA-256 of its lists, manifest.jsonl and crystals.jsonl, hexadecimal. */
  sha256,
  /** On its own test part; left out in cards from before there were any. */
  test: evaluationSchema.optional(),
});

/** Also the name of the model's folder. */
export const modelNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'small letters, digits and hyphens');

/** `card.json`: what a model is, how it came about, what it is good for. */
export const cardSchema = z.strictObject({
  name: modelNameSchema,
  summary: z.string().max(2000),
  /** Why the model is not to be relied upon; null for a model that is. */
  provisional: z.string().max(4000).nullable(),
  classes: classesSchema,
  network: networkSchema,
  /** Symmetric variants of a pattern (spins about Q) whose logits the model averages. */
  spins: z.union([z.literal(1), z.literal(8)]),
  input: z.strictObject({
    shape: z.tuple([z.literal(64), z.literal(64), z.literal(64)]),
    convention: z.string().max(1000),
  }),
  /** SHA-256 of model.onnx, hexadecimal. */
  sha256,
  temperature: z.number().min(0.05).max(20),
  /** Left out in models from before there was a distance from training. */
  familiarity: familiaritySchema.optional(),
  /** Of `look-alikes.npz` beside it; left out where there is none. */
  lookAlikes: z.strictObject({ sha256, patterns: counts }).optional(),
  /** Smallest and largest 2 pi / (D dq) in the training set. */
  oversampling: z.tuple([z.number().positive(), z.number().positive()]),
  /** Left out in models from before it was kept. */
  known: knownSchema.optional(),
  data: z.strictObject({
    /** The recipe the patterns were made with, whole, seeds included; null where there are several sets. */
    recipe: z.json(),
    patterns: partsSchema,
    crystals: counts,
    /** Each of the sets, in the order given, where there are several. */
    sets: z.array(sourceSetSchema).min(2).max(1000).optional(),
  }),
  training: z.strictObject({
    seed: z.int(),
    /** SHA-256 of the model whose weights it began with; null for random ones. */
    startedFrom: z.string().nullable(),
    batch: z.int().positive(),
    epochs: counts,
    rate: z.number().positive(),
    /** How the rate falls; along half a cosine when left out. */
    schedule: z.enum(['cosine', 'step']).optional(),
    /** Part of the training after which the rate falls, and the share of it at the end. */
    lowerFrom: share,
    lastRate: share,
    optimiser: z.string().max(200),
    /** Decay of the weights' running mean; null or left out: none was taken. */
    average: share.nullable().optional(),
    /** Whether the running mean is what was kept. */
    averaged: z.boolean().optional(),
    augmentation: z.json(),
    /** Share of patterns whose family of reflections was not told, of a network that is told. */
    unknown: share.optional(),
    /** Mixing angles, degrees, between which a dislocation was labelled as partly screw, partly edge. */
    mixed: z.tuple([z.number(), z.number()]).optional(),
    /** Epoch whose weights these are: the best on the validation set. */
    best: counts,
    curve: z.array(epochSchema).max(10_000),
  }),
  /** On unseen crystals. */
  test: evaluationSchema,
});

export type ModelCard = z.infer<typeof cardSchema>;
