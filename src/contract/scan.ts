import { z } from 'zod';
import { plans } from '@vocabulary/screening';
import { problemSchema, warningSchema } from './errors';
import { nextReflectionsSchema } from './next-reflections';
import { defectClassSchema, overruledSchema, pastVerdictSchema, verdictSchema } from './verdict';

/** arriving: frames still land. waiting: whole, in the queue. classified / rejected: judged. skipped: no rocking curve. */
export const scanStateSchema = z.enum(['arriving', 'waiting', 'reducing', 'classified', 'rejected', 'skipped']);
/** What people mean to do about a particle. */
export const planSchema = z.enum(plans);
export const formatSchema = z.enum([
  'bliss',
  'spec-tiff',
  'spec-edf',
  'cxi',
  'npz',
  'mat',
  'tiff',
  'hdf5',
  'fio',
  'nexus',
  'soleil',
  'nanomax',
  'srs',
]);
/** A scan that another version recorded may be of a format that this one has no name for. */
export const recordedFormatSchema = z.enum([...formatSchema.options, 'unknown']);
export const reductionMethodSchema = z.enum(['linear', 'grid']);

export const reductionSchema = z.strictObject({
  method: reductionMethodSchema,
  frames: z.int(),
  /** Frame, row and column of the brightest pixel, after masking. */
  peak: z.tuple([z.int(), z.int(), z.int()]),
  /** Length of the scattering vector at the peak, 1/angstrom, with the 2 pi. */
  q: z.number().optional(),
  /** Both left out for a volume whose axes nobody knows. */
  dAngstrom: z.number().optional(),
  voxelInvAngstrom: z.number(),
  oversampling: z.number(),
  /** Of the frames themselves, before resampling: pixels or rocking steps per fringe, whichever is fewer. */
  measuredOversampling: z.number().optional(),
  /** Unit vector along Q in the sample frame; left out where nobody knows how the sample lay, and by versions of before. */
  qDirection: z.tuple([z.number(), z.number(), z.number()]).optional(),
});

/** One line of `classify` and `watch` (DESIGN section 6). */
export const verdictLineSchema = z.strictObject({
  scan: z.string(),
  source: z.string(),
  format: recordedFormatSchema,
  state: z.enum(['classified', 'rejected', 'skipped', 'early']),
  verdict: verdictSchema.optional(),
  error: problemSchema.optional(),
  model: z.strictObject({ name: z.string(), hash: z.string() }).optional(),
  engine: z.string().optional(),
  hkl: z.tuple([z.int(), z.int(), z.int()]).nullable().optional(),
  /** fcc Burgers vectors with g.b = 0: dislocations that this reflection cannot see. */
  invisible: z.array(z.string()).optional(),
  reduction: reductionSchema.optional(),
  timingsMs: z.record(z.string(), z.number()).optional(),
  warnings: z.array(warningSchema),
  /** Only where the scan was simulated: what was put in. */
  truth: defectClassSchema.optional(),
});

/** Where on the sample a scan was taken, by the stage's motors (those that the preset or the file names). */
export const samplePositionSchema = z.strictObject({
  /** Axes of the stage, at least two. Coarse and fine motors of one axis are added up. */
  axes: z
    .array(z.strictObject({ name: z.string().max(40), micrometres: z.number(), motors: z.array(z.string().max(80)) }))
    .min(2)
    .max(3),
  /** What each of those motors read, in the unit it reads in: where to go back to. */
  readings: z
    .array(z.strictObject({ motor: z.string().max(80), value: z.number(), unit: z.string().max(20) }))
    .max(12)
    .optional(),
});

/** Which scan is meant. */
export const scanIdSchema = z.strictObject({ id: z.string().min(1).max(200) });

/** A scan in the queue. */
export const scanSummarySchema = z.strictObject({
  /** Stable over restarts: derived from the source's path and the scan's number. */
  id: z.string(),
  scan: z.string(),
  source: z.string(),
  format: recordedFormatSchema,
  state: scanStateSchema,
  title: z.string(),
  framesPresent: z.int(),
  /** 0 while unknown. */
  framesExpected: z.int(),
  verdict: verdictSchema.optional(),
  problem: problemSchema.optional(),
  warnings: z.array(warningSchema),
  truth: defectClassSchema.optional(),
  /** Name of the sample, where the files tell it. */
  sample: z.string().optional(),
  hkl: z.tuple([z.int(), z.int(), z.int()]).optional(),
  position: samplePositionSchema.optional(),
  flagged: z.boolean(),
  note: z.string(),
  overruled: overruledSchema.optional(),
  plan: planSchema.optional(),
  /** The particle that a person put it into, by the id of one of its scans. */
  particle: z.string().optional(),
  /** When it began, as its file says; ISO 8601 in UTC. See `contract/taken`. */
  startedAt: z.string().optional(),
  /** ISO 8601 in UTC. */
  seenAt: z.string(),
  judgedAt: z.string().optional(),
});

/** The geometry a scan was reduced with, each number with where it came from. */
export const geometryUsedSchema = z.array(
  z.strictObject({
    name: z.string(),
    value: z.string(),
    from: z.enum(['file', 'preset', 'answer', 'assumed', 'computed']),
  }),
);

export const scanDetailSchema = z.strictObject({
  summary: scanSummarySchema,
  /** Every final verdict, the newest first; left out where there is none. */
  history: z.array(pastVerdictSchema).optional(),
  line: verdictLineSchema.optional(),
  preset: z.string(),
  geometry: geometryUsedSchema,
  /** Path of its NeXus file, where the app runs. */
  result: z.string().optional(),
  /** Where the reflection is known. */
  nextReflections: nextReflectionsSchema.optional(),
  /** Summed counts of each frame. */
  rockingCurve: z
    .strictObject({ motor: z.string(), positions: z.array(z.number()), counts: z.array(z.number()) })
    .optional(),
});

export type ScanState = z.infer<typeof scanStateSchema>;
export type FormatName = z.infer<typeof formatSchema>;
export type RecordedFormat = z.infer<typeof recordedFormatSchema>;
export type ReductionMethod = z.infer<typeof reductionMethodSchema>;
export type Reduction = z.infer<typeof reductionSchema>;
export type VerdictLine = z.infer<typeof verdictLineSchema>;
export type ScanSummary = z.infer<typeof scanSummarySchema>;
export type GeometryUsed = z.infer<typeof geometryUsedSchema>;
export type ScanDetail = z.infer<typeof scanDetailSchema>;
export type SamplePosition = z.infer<typeof samplePositionSchema>;
