import { z } from 'zod';
import { augmentation } from '@core/augment/augment';

const share = z.number().min(0).max(1);
const range = z.tuple([z.number().positive(), z.number().positive()]);

export const augmentationSchema = z.strictObject({
  turned: share,
  tiltDeg: z.number().min(0).max(45),
  zoom: z.number().min(0).max(0.5),
  shift: z.number().min(0).max(8),
  noisy: share,
  counts: range,
  background: z.number().positive().max(1),
  cropped: share,
  reach: range,
});

/** How to train. Together with the data set and the network it determines the result. */
export const trainingOptionsSchema = z.strictObject({
  epochs: z.int().min(1).max(10_000).default(12),
  /** Patterns per step, as in the paper; smaller batches learn faster where patterns or epochs are few. */
  batch: z.int().min(1).max(256).default(64),
  /** Adam's learning rate. */
  rate: z.number().positive().default(1e-3),
  /** From this part of the training on the rate falls, to `lastRate` of itself at the end. */
  lowerFrom: share.default(0.6),
  lastRate: share.default(0.05),
  /** How the rate falls: along half a cosine, or at once, as in the paper. */
  schedule: z.enum(['cosine', 'step']).default('cosine'),
  /** Ends after so many epochs without a better validation loss. */
  patience: z.int().min(1).optional(),
  /**
   * Decay per step of a running mean of the weights, e.g. 0.999. It is validated beside the weights themselves, and what is kept is the
   * better of both.
   */
  average: z.number().min(0).max(0.99999).optional(),
  seed: z.int().default(1),
  /** Instead of the network's own; see `core/network/variant`. */
  dropout: z.number().min(0).max(0.9).optional(),
  stride: z.union([z.literal(1), z.literal(2)]).optional(),
  window: z.union([z.literal(32), z.literal(64)]).optional(),
  compression: z.enum(['log', 'sqrt']).optional(),
  floor: z.number().positive().max(1).optional(),
  /** Share of patterns whose family of reflections a network that is told of families is not told. */
  unknown: share.default(0.2),
  /**
   * Mixing angles, degrees, between which a dislocation is taken for partly a screw and partly an edge: the angle can then be read from the
   * two probabilities. Left out: each is what it mostly is, as in the paper.
   */
  mixed: z
    .tuple([z.number().min(0).max(45), z.number().min(45).max(90)])
    .refine(([from, to]) => from < to, 'the first angle is the smaller one')
    .optional(),
  /** Symmetric variants whose logits the model averages; 8 where the window leaves room for it. */
  spins: z.union([z.literal(1), z.literal(8)]).optional(),
  /** Only the first so many patterns of each data set. */
  patterns: z.int().min(1).optional(),
  augmentation: augmentationSchema.default({
    ...augmentation,
    counts: [...augmentation.counts],
    reach: [...augmentation.reach],
  }),
});

export type TrainingOptions = z.infer<typeof trainingOptionsSchema>;

/**
 * The learning rate at a point of the training: constant, then falling. (The paper lowers it once, by half, 'to stabilize the model'.)
 * @param progress 0 at the first step, 1 at the end
 */
export function rateAt({ rate, lowerFrom, lastRate, schedule }: TrainingOptions, progress: number): number {
  if (progress <= lowerFrom) return rate;
  if (schedule === 'step') return rate * lastRate;
  const along = (progress - lowerFrom) / (1 - lowerFrom);
  return rate * (lastRate + (1 - lastRate) * 0.5 * (1 + Math.cos(Math.PI * along)));
}
