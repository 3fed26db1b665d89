import { z } from 'zod';
import { trainingOptionsSchema } from '@main/learn/options';

/** What the sets of all rows have in common; another word about any of it makes another study. */
export const setSettingsSchema = z.strictObject({
  seed: z.int().min(0).max(0xffffffff),
  crystals: z.int().min(1).max(1_000_000),
  orientations: z.int().min(1).max(100),
  /** Edge of the cube that crystals are cut from, unit cells; null: the paper's 40. */
  cells: z.tuple([z.number(), z.number()]).nullable(),
  split: z.strictObject({ validation: z.number(), test: z.number() }),
});

/** What all rows of a study have in common. */
export const settingsSchema = setSettingsSchema.extend({ training: trainingOptionsSchema });
export type StudySettings = z.infer<typeof settingsSchema>;
