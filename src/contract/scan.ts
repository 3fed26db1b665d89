import { z } from 'zod';
import { classes, classKeys, twoClasses, type DefectClass, type Probabilities } from '@vocabulary/classes';
import { doubts } from '@vocabulary/doubts';
import { keysOf } from '@vocabulary/keys';
import { plans } from '@vocabulary/screening';
import { problemSchema, warningSchema } from './errors';
import { witnessSchema } from './inside';

/** arriving: frames still land. waiting: whole, in the queue. classified / rejected: judged. skipped: no rocking curve. */
export const scanStateSchema = z.enum(['arriving', 'waiting', 'reducing', 'classified', 'rejected', 'skipped']);
export const defectClassSchema = z.enum(classKeys);
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
]);
/** A scan that another version recorded may be of a format that this one has no name for. */
export const recordedFormatSchema = z.enum([...formatSchema.options, 'unknown']);
export const reductionMethodSchema = z.enum(['linear', 'grid']);
export const volumeFrameSchema = z.enum(['q', 'sample']);

/** Bytes, whatever buffer stands behind them. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes expected');
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** Of the classes that the model told: which they are is its card's affair, but every one of them is in the table. */
export const probabilitiesSchema = z
  .partialRecord(defectClassSchema, z.number().min(0).max(1))
  .refine((given): given is Probabilities => given.perfect !== undefined, 'every model tells perfect');

/** What the two-class model says beside the verdict. */
export const opinionSchema = z.strictObject({
  model: z.string(),
  /** SHA-256 of its weights. */
  hash: z.string(),
  class: z.enum(twoClasses),
  defective: z.number().min(0).max(1),
});

/** Why a verdict is not sure: see `core/verdict`. */
export const doubtSchema = z.enum(keysOf(doubts));

export const verdictSchema = z
  .strictObject({
    class: defectClassSchema,
    defective: z.number().min(0).max(1),
    probabilities: probabilitiesSchema,
    sure: z.boolean(),
    /** Left out where it is sure, and in verdicts from before there were reasons. */
    doubts: z.array(doubtSchema).optional(),
    /** Left out where there was no two-class model. */
    beside: opinionSchema.optional(),
    /** What phase retrieval shows within the crystal; left out where it was not looked into. A contradiction makes the verdict unsure. */
    inside: witnessSchema.optional(),
    /** Distance from what the model was trained on: strange, and never sure, above 1. Left out by models that do not tell. */
    novelty: z.number().min(0).optional(),
    /** Judged before the last frame was there. */
    early: z.boolean().optional(),
  })
  .refine(({ class: named, probabilities }) => probabilities[named] !== undefined, 'the class has no probability');

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

/** What a person says a scan is: kept beside the network's verdict, never instead of it. */
export const overruledSchema = z.strictObject({
  class: defectClassSchema,
  /** Who says so: the name given on the screen, or the account that the app runs under. */
  by: z.string().min(1).max(60),
  /** ISO 8601. */
  at: z.iso.datetime(),
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

/** A final verdict as it was given at a time, by a model. */
export const pastVerdictSchema = z.strictObject({
  /** ISO 8601. */
  judgedAt: z.string(),
  verdict: verdictSchema,
  /** null in ledgers of before models were recorded. */
  model: z.strictObject({ name: z.string(), hash: z.string() }).nullable(),
});

export const scanDetailSchema = z.strictObject({
  summary: scanSummarySchema,
  /** Every final verdict, the newest first; left out where there is none. */
  history: z.array(pastVerdictSchema).optional(),
  line: verdictLineSchema.optional(),
  preset: z.string(),
  geometry: geometryUsedSchema,
  /** Where the reflection is known. */
  nextReflections: nextReflectionsSchema.optional(),
  /** Summed counts of each frame. */
  rockingCurve: z
    .strictObject({ motor: z.string(), positions: z.array(z.number()), counts: z.array(z.number()) })
    .optional(),
});

/** Voxels of the largest volume that is kept and shown. */
export const mostVoxels = 256 ** 3;

/** The orthonormalised volume as it travels: float32 little-endian, 64x64x64 unless another size was asked for, first axis slowest. */
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

/** Which part of a detector frame is wanted. */
export const frameAreaSchema = z.enum(['peak', 'whole']);

const span = z.tuple([z.int(), z.int()]);

const faultySchema = z.strictObject({
  /** In the whole frame. */
  found: z.int().min(0),
  /** Row and column of those in what is sent. */
  pixels: z.array(span).max(65_536),
});

/** One frame as the detector recorded it, or a part of it; pixels in the frames' own rows and columns. */
export const detectorFrameSchema = z.strictObject({
  /** Index of the frame, and how many the scan has. */
  frame: z.int().min(0),
  frames: z.int().min(1),
  /** First row and column of what is sent, and how many detector pixels stand in each of its pixels, along either edge. */
  start: span,
  bin: z.int().min(1),
  /** Rows and columns of what is sent. */
  shape: span,
  /** float32 little-endian, the brightest of the pixels that count in each bin; rows one after the other. */
  counts: bytes,
  /** 1 where no pixel of the bin counts: gaps, pixels that the file masks, counts that no detector records. */
  mask: bytes,
  /**
   * Pixels whose counts the reduction replaced by their neighbours', because they always count or never do; null where the result does
   * not list them.
   */
  faults: z.strictObject({ hot: faultySchema, dead: faultySchema }).nullable(),
  /** Highest count among the pixels that count in the whole frame. */
  maximum: z.number(),
  /** Fractional row and column that Q falls on. */
  pixel: z.tuple([z.number(), z.number()]),
  /** False where Q lies outside the scan, and the frame is only the nearest. */
  inside: z.boolean(),
  /** Rows and columns [first, last) that the volume was made from. */
  box: z.strictObject({ rows: span, cols: span }),
});

/**
 * Whether a scan has a verdict that a person can agree with or contradict, and that counts. What was refused or skipped has none,
 * whatever an early look at it said.
 */
export const isJudged = ({ state, verdict }: { readonly state: ScanState; readonly verdict?: unknown }): boolean =>
  verdict !== undefined && verdict !== null && state !== 'rejected' && state !== 'skipped';

type Judged<V> = {
  readonly state: ScanState;
  readonly verdict?: V | null | undefined;
  readonly overruled?: { readonly class: DefectClass } | null | undefined;
};

/** Whether a judged scan counts as defective; where a person overruled its class, that decides. */
export const isDefective = (scan: Judged<{ readonly defective: number }>): boolean =>
  isJudged(scan) && (scan.overruled ? classes[scan.overruled.class].defective : (scan.verdict?.defective ?? 0) > 0.5);

/** What a scan counts as, wherever scans are counted, filtered, drawn, ranked or exported. */
export interface Standing {
  readonly class: DefectClass;
  /** The network is sure of it, or a person said so. */
  readonly sure: boolean;
  /** From a look before the last frame was there; never so where a person decided. */
  readonly early: boolean;
  readonly byHand: boolean;
}

/** The one rule by which a judged scan counts: a person's class before the network's. undefined: it counts as nothing. */
export function standingOf(
  scan: Judged<{ readonly class: DefectClass; readonly sure: boolean; readonly early?: boolean | undefined }>,
): Standing | undefined {
  const { state, verdict, overruled } = scan;
  if (!verdict || !isJudged(scan)) return undefined;
  if (overruled) return { class: overruled.class, sure: true, early: false, byHand: true };
  const early = verdict.early === true || state === 'arriving';
  return { class: verdict.class, sure: verdict.sure && !early, early, byHand: false };
}

export type ScanState = z.infer<typeof scanStateSchema>;
export type FormatName = z.infer<typeof formatSchema>;
export type RecordedFormat = z.infer<typeof recordedFormatSchema>;
export type ReductionMethod = z.infer<typeof reductionMethodSchema>;
export type VolumeFrame = z.infer<typeof volumeFrameSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type Reduction = z.infer<typeof reductionSchema>;
export type VerdictLine = z.infer<typeof verdictLineSchema>;
export type Overruled = z.infer<typeof overruledSchema>;
export type ScanSummary = z.infer<typeof scanSummarySchema>;
export type GeometryUsed = z.infer<typeof geometryUsedSchema>;
export type ScanDetail = z.infer<typeof scanDetailSchema>;
export type NextReflections = z.infer<typeof nextReflectionsSchema>;
export type SamplePosition = z.infer<typeof samplePositionSchema>;
export type Volume = z.infer<typeof volumeSchema>;
export type PastVerdict = z.infer<typeof pastVerdictSchema>;
export type FrameArea = z.infer<typeof frameAreaSchema>;
export type DetectorFrame = z.infer<typeof detectorFrameSchema>;
