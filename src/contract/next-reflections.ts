import { z } from 'zod';

const triple = z.tuple([z.number(), z.number(), z.number()]);

/** A further reflection to measure, see `core/verdict/second-reflection`. */
export const nextReflectionSchema = z.strictObject({
  hkl: triple.readonly(),
  /** Reflections of its family at the same angle that leave as few unseen, itself included. */
  equivalents: z.int(),
  /** Between the two Q vectors. */
  angleDeg: z.number(),
  /** Burgers vectors that the measured reflection cannot see and this one can; those that neither can. */
  reveals: z.array(z.string()).readonly(),
  remaining: z.array(z.string()).readonly(),
});

/** What would show the dislocations that the measured reflection cannot see; best first. */
export const nextReflectionsSchema = z.strictObject({
  single: z.array(nextReflectionSchema).readonly(),
  /** Two further ones at lower |Q| that decide as well. */
  pair: z
    .strictObject({
      hkl: z.tuple([triple.readonly(), triple.readonly()]).readonly(),
      angleDeg: z.tuple([z.number(), z.number()]).readonly(),
      remaining: z.array(z.string()).readonly(),
    })
    .optional(),
});

export type NextReflections = z.infer<typeof nextReflectionsSchema>;
