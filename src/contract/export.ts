import { z } from 'zod';
import { problemSchema, warningSchema } from './errors';
import { witnessSchema } from './inside';
import { printedInside, printedWitnessSchema } from './printed-inside';
import { screeningRequestSchema } from './screening';
import { geometryUsedSchema, planSchema, recordedFormatSchema, scanStateSchema } from './scan';
import { defectClassSchema, doubtSchema, opinionSchema, overruledSchema, probabilitiesSchema } from './verdict';

/** table, document, BLISS macro, printable report. */
export const exportFormatSchema = z.enum(['csv', 'json', 'macro', 'report']);
export const exportOnlySchema = z.enum(['all', 'flagged', 'defective']);

/** watched: scans that lie in the folder that is watched; everywhere: all that the ledger remembers, other beamtimes' too. */
export const exportFromSchema = z.enum(['watched', 'everywhere']);

export const exportRequestSchema = z.strictObject({
  format: exportFormatSchema,
  only: exportOnlySchema,
  from: exportFromSchema,
  /** The worklist instead: its candidates, best first, without those that were measured or are to be skipped. */
  worklist: screeningRequestSchema.optional(),
});

/** Where a motor stood when the scan was taken, in the motor's own unit. */
export const positionSchema = z.strictObject({ motor: z.string(), value: z.number(), unit: z.string() });

/** What a scan's particle is: scans of one place, and what all of them say together. */
const exportedParticleSchema = z.strictObject({
  /** That of its first scan. */
  id: z.string(),
  scans: z.int().min(1),
  /** Left out before one of them has a final verdict. */
  class: defectClassSchema.optional(),
  sure: z.boolean().optional(),
  /** A person decided. */
  byHand: z.boolean().optional(),
});

/** A scan as exports tell of it: what was found, and what people made of it. */
export const exportedScanSchema = z.strictObject({
  id: z.string(),
  scan: z.string(),
  source: z.string(),
  format: recordedFormatSchema,
  state: scanStateSchema,
  title: z.string(),
  /** The network's class; a person's stands beside it in `overruled`. */
  class: defectClassSchema.optional(),
  probabilities: probabilitiesSchema.optional(),
  /** Chance of a dislocation of either kind. */
  defective: z.number().optional(),
  sure: z.boolean().optional(),
  /** Whether there is a defect or none is sure; its character need not be. */
  defectSure: z.boolean().optional(),
  early: z.boolean().optional(),
  novelty: z.number().optional(),
  /** What phase retrieval shows, where it was looked into. */
  inside: witnessSchema.optional(),
  /** Why it is not sure. */
  doubts: z.array(doubtSchema).optional(),
  /** What the second model says. */
  beside: opinionSchema.optional(),
  overruled: overruledSchema.optional(),
  plan: planSchema.optional(),
  particle: exportedParticleSchema.optional(),
  problem: problemSchema.optional(),
  hkl: z.tuple([z.int(), z.int(), z.int()]).nullable().optional(),
  /** 1/angstrom, with the 2 pi. */
  q: z.number().optional(),
  dAngstrom: z.number().optional(),
  oversampling: z.number().optional(),
  voxelInvAngstrom: z.number().optional(),
  frames: z.int().optional(),
  /** Frame, row and column. */
  peak: z.array(z.number()).optional(),
  method: z.string().optional(),
  engine: z.string().optional(),
  sample: z.string().optional(),
  preset: z.string().optional(),
  /** Each number with where it came from. */
  geometry: geometryUsedSchema.optional(),
  warnings: z.array(warningSchema).optional(),
  /** Path of its NeXus file. */
  result: z.string().optional(),
  model: z.strictObject({ name: z.string(), hash: z.string() }).optional(),
  flagged: z.boolean(),
  note: z.string(),
  positions: z.array(positionSchema).optional(),
  truth: defectClassSchema.optional(),
  /** When it began, as its file says. */
  startedAt: z.string().optional(),
  seenAt: z.string(),
  judgedAt: z.string().optional(),
});

const { dAngstrom, voxelInvAngstrom, ...facts } = exportedScanSchema.shape;

/** The same in the JSON export, which is spelt as printed lines are. */
const printedScanSchema = z.strictObject({
  ...facts,
  d_angstrom: dAngstrom,
  voxel_inv_angstrom: voxelInvAngstrom,
  inside: printedWitnessSchema.optional(),
});

export const printedScan = ({
  dAngstrom: d_angstrom,
  voxelInvAngstrom: voxel_inv_angstrom,
  inside: found,
  ...rest
}: ExportedScan): z.infer<typeof printedScanSchema> => ({
  ...rest,
  ...(d_angstrom !== undefined && { d_angstrom }),
  ...(voxel_inv_angstrom !== undefined && { voxel_inv_angstrom }),
  ...(found && { inside: printedInside(found) }),
});

/** The JSON export. */
export const exportDocumentSchema = z.strictObject({
  program: z.literal('Braggwatch'),
  version: z.string(),
  /** ISO 8601. */
  made: z.iso.datetime(),
  only: exportOnlySchema,
  scans: z.array(printedScanSchema),
});

/** One export as a file that is yet to be saved somewhere. */
export const exportedFileSchema = z.strictObject({ name: z.string(), mediaType: z.string(), text: z.string() });

export type ExportFormat = z.infer<typeof exportFormatSchema>;
export type ExportOnly = z.infer<typeof exportOnlySchema>;
export type ExportRequest = z.infer<typeof exportRequestSchema>;
export type ExportedScan = z.infer<typeof exportedScanSchema>;
export type ExportedParticle = z.infer<typeof exportedParticleSchema>;
export type ExportedFile = z.infer<typeof exportedFileSchema>;

/** Path under which the web shell serves exports, as `?format=csv&only=flagged&from=watched`. */
export const exportPath = '/export';
