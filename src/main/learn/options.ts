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
  /** Patterns per step. The paper takes 64; smaller batches learn faster where epochs are few. */
  batch: z.int().min(1).max(256).default(8),
  /** Adam's learning rate. */
  rate: z.number().positive().default(1e-3),
  /** From this part of the training on the rate falls, to `lastRate` of itself at the end. */
  lowerFrom: share.default(0.6),
  lastRate: share.default(0.05),
  seed: z.int().default(1),
  /** Instead of the network's own. */
  dropout: z.number().min(0).max(0.9).optional(),
  /** Only the first so many patterns of the data set. */
  patterns: z.int().min(1).optional(),
  augmentation: augmentationSchema.default({
    ...augmentation,
    counts: [...augmentation.counts],
    reach: [...augmentation.reach],
  }),
});

export type TrainingOptions = z.infer<typeof trainingOptionsSchema>;

/**
 * The learning rate at a point of the training: constant, then falling along half a cosine. (The paper lowers it once, by half, 'to
 * stabilize the model'.)
 * @param progress 0 at the first step, 1 at the end
 */
export function rateAt({ rate, lowerFrom, lastRate }: TrainingOptions, progress: number): number {
  if (progress <= lowerFrom) return rate;
  const along = (progress - lowerFrom) / (1 - lowerFrom);
  return rate * (lastRate + (1 - lastRate) * 0.5 * (1 + Math.cos(Math.PI * along)));
}
