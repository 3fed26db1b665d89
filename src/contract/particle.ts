import { z } from 'zod';
import { scanSummarySchema } from './scan';
import { defectClassSchema } from './verdict';

const id = z.string().min(1).max(200);
const share = z.number().min(0).max(1);
const hkl = z.tuple([z.number(), z.number(), z.number()]).readonly();

/** What several scans say together. */
const pooledSchema = z.strictObject({
  class: defectClassSchema,
  /** Of that class, and of any defect. */
  chance: share,
  defective: share,
  sure: z.boolean(),
  /** That there is a defect, or none, is certain. */
  defectSure: z.boolean(),
  byHand: z.boolean(),
  /** How many scans it rests on; those left out are strange, partly measured or contradicted. */
  from: z.int(),
});

/** One of a particle's scans, as far as it tells how the particle changes. */
export const particleScanSchema = z.strictObject({
  id,
  scan: z.string(),
  /** ISO 8601. */
  at: z.string(),
  /** Which of the particle's reflections it shows; null while it has no final verdict. */
  reflection: z.int().nullable(),
  class: defectClassSchema.optional(),
  defective: share.optional(),
  sure: z.boolean().optional(),
  /** Counts of the peak, above the rocking curve's lowest frame. */
  counts: z.number().optional(),
  dAngstrom: z.number().optional(),
  /** Root mean square of the phase within, rad; where it was looked into. */
  phaseSpreadRad: z.number().optional(),
});

/** The scans of one particle, see `core/screening/grouping`, and what they say together. */
export const particleSchema = z.strictObject({
  /** In the order in which they were taken. */
  scans: z.array(particleScanSchema).readonly(),
  reflections: z
    .array(z.strictObject({ hkl: hkl.nullable(), ids: z.array(id).readonly(), verdict: pooledSchema }))
    .readonly(),
  /** null before one of them has a final verdict. */
  verdict: pooledSchema.nullable(),
  /** Burgers vectors that all of its reflections allow; null where they do not tell. */
  burgers: z
    .strictObject({
      possible: z.array(z.string()).readonly(),
      notIn: z.array(hkl).readonly(),
      within: z.array(hkl).readonly(),
    })
    .nullable(),
  /** A person said which scans belong to it. */
  byHand: z.boolean(),
  /** Other particles of the sample, the nearest first, at most eight, each by the scan that was taken there first. */
  near: z.array(z.strictObject({ id, scan: z.string(), micrometres: z.number() })).readonly(),
});

/** Which particle a person puts a scan into, by the id of one of that particle's scans; null: as its place tells. */
export const particleWordSchema = z.strictObject({ id, particle: id.nullable() });

/** What a person may do to particles: take a scan out of one, make one of two, forget what was said of one, put words back. */
export const regroupingSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('split'), id }),
  z.strictObject({ do: z.literal('join'), id, with: id }),
  z.strictObject({ do: z.literal('forget'), id }),
  z.strictObject({ do: z.literal('put'), words: z.array(particleWordSchema).max(2000) }),
]);

/** The words that were changed, as they stood before and as they stand now. */
export const regroupedSchema = z.strictObject({
  before: z.array(particleWordSchema).readonly(),
  after: z.array(particleWordSchema).readonly(),
  changed: z.array(scanSummarySchema),
});

export type ParticleDetail = z.infer<typeof particleSchema>;
export type ParticleScan = z.infer<typeof particleScanSchema>;
export type Regrouping = z.infer<typeof regroupingSchema>;
export type Regrouped = z.infer<typeof regroupedSchema>;
export type ParticleWord = z.infer<typeof particleWordSchema>;
