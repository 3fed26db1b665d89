import { z } from 'zod';

/** What phase retrieval shows within a crystal: an opinion of its own, from physics alone (DESIGN section 7). */
export const insideSchema = z.strictObject({
  /** undecided: the retrievals disagree, or leave too much unexplained. */
  says: z.enum(['line', 'none', 'undecided']),
  /** Retrievals from different random phases, and how many of them show the same. */
  starts: z.int().min(1),
  agreeing: z.int().min(0),
  /** Of the best: what it leaves of the amplitude that it was not told, 0 is perfect. */
  free_error: z.number().min(0),
  /** Cube root of the volume of the crystal; null where the voxel is not known. */
  body_nm: z.number().positive().nullable(),
  /** Root mean square of the phase within the crystal, its ramp taken out. */
  phase_spread_rad: z.number().min(0),
  /** The longest first. */
  lines: z.array(
    z.strictObject({
      /** Extent over the body's size. */
      length_of_size: z.number().min(0),
      angle_to_q_deg: z.number().min(0).max(90),
      /** Turns of the phase about the line; of an object and its twin the longest turns right-handed about Q. */
      winding: z.int(),
    }),
  ),
  /** Of the longest line, by its angle to Q; null where there is none. */
  character: z.enum(['screw', 'edge', 'mixed']).nullable(),
});

export type InsideOpinion = z.infer<typeof insideSchema>;
