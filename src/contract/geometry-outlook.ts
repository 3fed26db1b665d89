import { z } from 'zod';
import { answersSchema } from './geometry';

/** The numbers that a geometry cannot do without, in the order in which they are asked for. */
export const neededSchema = z.enum(['directBeam', 'distanceM', 'energyEv']);

const pair = z.tuple([z.number(), z.number()]);

/** A reflection near which a peak's lattice spacing lies. */
export const nearReflectionSchema = z.strictObject({
  element: z.string(),
  hkl: z.tuple([z.int(), z.int(), z.int()]),
  /** Measured spacing over the tabulated one, minus 1. */
  deviation: z.number(),
  /** The direct beam, row and column, nearest to the one in use with which the spacing would be the tabulated one; null: none is near. */
  directBeam: pair.nullable(),
});

/** What is known of a scan's geometry, for whoever is to complete it. */
export const geometryOutlookSchema = z.strictObject({
  /** What the scan's own file, or a geometry file beside it, says; null where it does not. */
  recorded: answersSchema,
  /** What neither of them, nor an answer, nor the preset says. */
  missing: z.array(neededSchema),
  /** Of the peak, angstrom; null before there is one. */
  spacing: z.number().nullable(),
  /** The nearest first; those of the element and reflection that were named before all others. */
  near: z.array(nearReflectionSchema),
});

export type GeometryOutlook = z.infer<typeof geometryOutlookSchema>;
export type NearReflection = z.infer<typeof nearReflectionSchema>;
