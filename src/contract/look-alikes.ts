import { z } from 'zod';
import { bytes } from './bytes';
import { defectClassSchema } from './verdict';

/** Edge of a thumbnail, pixels. */
export const thumbnailEdge = 32;
const thumbnailSchema = bytes.refine(
  ({ length }) => length === 3 * thumbnailEdge ** 2,
  `three cuts of ${thumbnailEdge} x ${thumbnailEdge} expected`,
);

/** What a simulated pattern is of: what its set's lists say, as far as they do. */
export const simulatedPatternSchema = z.strictObject({
  class: defectClassSchema,
  /** Name of its data set, and its line in the set's manifest, from 0. */
  set: z.string().max(200),
  line: z.int().min(0),
  crystal: z.int().min(0),
  element: z.string().max(20).optional(),
  hkl: z.tuple([z.number(), z.number(), z.number()]).optional(),
  sizeNm: z.number().positive().optional(),
  /** Dislocation close to the centre, or anywhere. */
  placement: z.enum(['CD', 'RPD']).optional(),
  /** Of the relaxed dislocation below the surface, as a part of the size: 0.4 to 0.5 through the middle. */
  depth: z.number().optional(),
  /** Of smooth strain, besides the dislocation's. */
  strainRad: z.number().optional(),
  /** Of the brightest voxel. */
  counts: z.number().optional(),
  oversampling: z.number(),
});

/** The patterns of the training set that the network finds most like a scan. */
export const lookAlikesSchema = z.strictObject({
  /** SHA-256 of the weights that were asked. */
  model: z.string(),
  /** How many patterns were compared with. */
  among: z.int().positive(),
  /** Share of unseen simulated patterns whose nearest is of their own class. */
  agreement: z.number().min(0).max(1),
  /** Three cuts through the scan's own volume as the network got it, log scale, see `core/verdict/look-alikes`. */
  scan: thumbnailSchema,
  /** Nearest first. Distance 1: as far as 99 in 100 unseen simulated patterns are from their nearest at the most. */
  nearest: z.array(
    z.strictObject({ pattern: simulatedPatternSchema, distance: z.number().min(0), thumbnail: thumbnailSchema }),
  ),
});

export type SimulatedPattern = z.infer<typeof simulatedPatternSchema>;
export type LookAlikes = z.infer<typeof lookAlikesSchema>;
