import { z } from 'zod';
import { problemSchema, warningSchema } from './errors';

/** arriving: frames still land. waiting: whole, in the queue. classified / rejected: judged. skipped: no rocking curve. */
export const scanStateSchema = z.enum(['arriving', 'waiting', 'reducing', 'classified', 'rejected', 'skipped']);
export const defectClassSchema = z.enum(['perfect', 'screw', 'edge']);
export const formatSchema = z.enum(['bliss', 'spec-tiff', 'cxi', 'npz']);
export const reductionMethodSchema = z.enum(['linear', 'grid']);
export const volumeFrameSchema = z.enum(['q', 'sample']);

/** Bytes, whatever buffer stands behind them. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes expected');
const triple = z.tuple([z.number(), z.number(), z.number()]);

export const probabilitiesSchema = z.strictObject({
  perfect: z.number().min(0).max(1),
  screw: z.number().min(0).max(1),
  edge: z.number().min(0).max(1),
});

export const verdictSchema = z.strictObject({
  class: defectClassSchema,
  defective: z.number().min(0).max(1),
  probabilities: probabilitiesSchema,
  sure: z.boolean(),
  /** Distance from what the model was trained on: strange, and never sure, above 1. Left out by models that do not tell. */
  novelty: z.number().min(0).optional(),
  /** Judged before the last frame was there. */
  early: z.boolean().optional(),
});

export const reductionSchema = z.strictObject({
  method: reductionMethodSchema,
  frames: z.int(),
  /** Frame, row and column of the brightest pixel, after masking. */
  peak: z.tuple([z.int(), z.int(), z.int()]),
  /** Length of the scattering vector at the peak, 1/angstrom, with the 2 pi. */
  q: z.number(),
  d_angstrom: z.number(),
  voxel_inv_angstrom: z.number(),
  oversampling: z.number(),
  /** Of the frames themselves, before resampling: pixels or rocking steps per fringe, whichever is fewer. */
  oversampling_measured: z.number().optional(),
});

/** One line of `classify` and `watch` (DESIGN section 6). */
export const verdictLineSchema = z.strictObject({
  scan: z.string(),
  source: z.string(),
  format: formatSchema,
  state: z.enum(['classified', 'rejected', 'skipped', 'early']),
  verdict: verdictSchema.optional(),
  error: problemSchema.optional(),
  model: z.strictObject({ name: z.string(), hash: z.string() }).optional(),
  engine: z.string().optional(),
  hkl: z.tuple([z.int(), z.int(), z.int()]).nullable().optional(),
  /** fcc Burgers vectors with g.b = 0: dislocations that this reflection cannot see. */
  invisible: z.array(z.string()).optional(),
  reduction: reductionSchema.optional(),
  timings_ms: z.record(z.string(), z.number()).optional(),
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
});

/** A scan in the queue. */
export const scanSummarySchema = z.strictObject({
  /** Stable over restarts: derived from the source's path and the scan's number. */
  id: z.string(),
  scan: z.string(),
  source: z.string(),
  format: formatSchema,
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
  /** ISO 8601. */
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
  line: verdictLineSchema.optional(),
  preset: z.string(),
  geometry: geometryUsedSchema,
  /** Summed counts of each frame. */
  rockingCurve: z
    .strictObject({ motor: z.string(), positions: z.array(z.number()), counts: z.array(z.number()) })
    .optional(),
});

/** The orthonormalised volume as it travels: float32 little-endian, 64x64x64, first axis slowest. */
export const volumeSchema = z.strictObject({
  shape: z.tuple([z.int(), z.int(), z.int()]),
  intensity: bytes,
  /** 1 where no measured pixel stands behind the voxel; same shape, one byte each. */
  mask: bytes,
  /** Q at index 0 and the step, 1/angstrom, along each axis of `frame`. */
  origin: triple,
  voxel: z.number(),
  /** Rows: the volume's axes as unit vectors in the sample frame. */
  frame: z.tuple([triple, triple, triple]),
  frameName: volumeFrameSchema,
});

export type ScanState = z.infer<typeof scanStateSchema>;
export type DefectClass = z.infer<typeof defectClassSchema>;
export type FormatName = z.infer<typeof formatSchema>;
export type ReductionMethod = z.infer<typeof reductionMethodSchema>;
export type VolumeFrame = z.infer<typeof volumeFrameSchema>;
export type Probabilities = z.infer<typeof probabilitiesSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type Reduction = z.infer<typeof reductionSchema>;
export type VerdictLine = z.infer<typeof verdictLineSchema>;
export type ScanSummary = z.infer<typeof scanSummarySchema>;
export type GeometryUsed = z.infer<typeof geometryUsedSchema>;
export type ScanDetail = z.infer<typeof scanDetailSchema>;
export type SamplePosition = z.infer<typeof samplePositionSchema>;
export type Volume = z.infer<typeof volumeSchema>;
