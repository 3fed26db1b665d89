import { z } from 'zod';
import { bytes } from './bytes';
import { problemSchema } from './errors';
import { defectClassSchema } from './verdict';

const spotSchema = z.strictObject({
  /** Centre of the ball, voxel indices. */
  place: z.tuple([z.number(), z.number(), z.number()]).readonly(),
  /** From the centre of mass of the peak, voxels. */
  distance: z.number(),
  /** Probability lost, 0 to 1; below 0 where it rises. */
  drop: z.number(),
});

/** An occlusion map, as far as it has come: how far the verdict's probability falls when a ball hides a place. */
export const occlusionMapSchema = z.strictObject({
  /** The class whose probability is followed, and its probability for the whole volume. */
  class: defectClassSchema,
  probability: z.number().min(0).max(1),
  /** SHA-256 of the weights asked. */
  model: z.string(),
  /** Of the ball, voxels. */
  radius: z.number(),
  /** Centres of balls along each axis, voxel indices, evenly spaced. */
  axis: z.array(z.number()).min(1),
  /** axis^3 float32, first axis slowest: probability lost at each centre, computed or interpolated from computed ones. */
  drop: bytes,
  /** axis^3 bytes: 1 where computed. */
  measured: bytes,
  /** The coarse grid is computed as a whole; of the fine one the places where something happens. */
  pass: z.enum(['coarse', 'fine']),
  /** Places of this pass. */
  done: z.int(),
  total: z.int(),
  /** Where it falls most, and where it rises most. */
  falls: spotSchema.optional(),
  rises: spotSchema.optional(),
});

/** The app's one occlusion map: of the scan asked about last. */
export const occlusionStateSchema = z.strictObject({
  /** Of a scan; null: none was asked for. */
  id: z.string().nullable(),
  status: z.enum(['idle', 'running', 'paused', 'done', 'stopped', 'failed']),
  /** null before the first places are done. */
  map: occlusionMapSchema.nullable(),
  problem: problemSchema.nullable(),
});

export type OcclusionMap = z.infer<typeof occlusionMapSchema>;
export type OcclusionState = z.infer<typeof occlusionStateSchema>;
