import { z } from 'zod';
import { bytes } from './bytes';
import { simulatedClasses } from '@vocabulary/classes';
import { problemSchema } from './errors';
import { recipeDraftSchema } from './recipe';
import { volumeSchema } from './volume';

const triple = z.tuple([z.number(), z.number(), z.number()]);

/** Which crystal of which recipe, as built or relaxed. */
export const previewRequestSchema = z.strictObject({
  recipe: recipeDraftSchema,
  crystal: z.int().min(0),
  relaxed: z.boolean(),
});

/** A verdict's classes, and other defects than one whole dislocation. */
export const setClassSchema = z.enum(simulatedClasses);

/** One crystal as the recipe draws it; lengths in angstrom, directions in the crystal frame. */
export const crystalFactsSchema = z.strictObject({
  crystal: z.int(),
  defect: setClassSchema,
  label: setClassSchema,
  split: z.enum(['train', 'validation', 'test']),
  element: z.string(),
  cells: z.number(),
  /** Cube root of the volume. */
  size: z.number(),
  hkl: triple,
  strainRad: z.number(),
  dislocation: z
    .strictObject({
      /** In cell edges. */
      burgers: triple,
      glideNormal: triple,
      characterDeg: z.number(),
      placement: z.enum(['CD', 'RPD']),
      gb: z.number(),
      line: triple,
      /** A point of the line, from the atoms' centre. */
      point: triple,
    })
    .nullable(),
});

/** Atoms to draw; of large crystals a part. */
export const previewAtomsSchema = z.strictObject({
  total: z.int(),
  shown: z.int(),
  /** 3 x shown float32, from the atoms' centre, angstrom. */
  positions: bytes,
  /** shown x float32: distance from the place in the perfect lattice, angstrom. */
  displacement: bytes,
  /** shown x one byte: 0 unknown, 1 fcc, 2 hcp, anything else neither. */
  structure: bytes,
  /** shown x one byte: 1 in the outermost layer, 2 in the next, 0 inside. */
  surface: bytes,
  /** Nearest neighbours' distance, and that of the farthest atom from the centre. */
  spacing: z.number(),
  radius: z.number(),
});

/** Why a relaxed crystal is of no use to a set (`main/dataset/survival`). */
export const dropReasonSchema = z.enum([
  'escaped',
  'character-changed',
  'dislocated',
  'faulted',
  'relaxation-failed',
  'relaxer-died',
]);

export const relaxationFactsSchema = z.strictObject({
  kind: z.enum(['wasm', 'native']),
  energyEv: z.tuple([z.number(), z.number()]),
  iterations: z.int(),
  stopped: z.string(),
  /** Why the set would discard this crystal and draw another; null: it would not. */
  dropped: dropReasonSchema.nullable(),
  seconds: z.number(),
});

export const crystalPreviewSchema = z.strictObject({
  facts: crystalFactsSchema,
  atoms: previewAtomsSchema,
  /** null: as built. */
  relaxation: relaxationFactsSchema.nullable(),
});

export const patternPreviewSchema = z.strictObject({
  volume: volumeSchema,
  oversampling: z.number(),
  counts: z.number(),
  background: z.number(),
});

export const jobStatusSchema = z.enum(['idle', 'running', 'stopping', 'stopped', 'done', 'failed']);

export const simulationProgressSchema = z.strictObject({
  crystals: z.int(),
  ofCrystals: z.int(),
  patterns: z.int(),
  ofPatterns: z.int(),
  /** Crystals of this run that lost their dislocation and were drawn anew. */
  discarded: z.int(),
  secondsLeft: z.number().optional(),
  crystalsPerHour: z.number().optional(),
});

/** The one simulation of the app. */
export const simulationStateSchema = z.strictObject({
  status: jobStatusSchema,
  /** null: none was ever started. */
  folder: z.string().nullable(),
  name: z.string(),
  workers: z.int(),
  /** Processor cores there are for workers. */
  cores: z.int(),
  progress: simulationProgressSchema.nullable(),
  problem: problemSchema.nullable(),
});

/** What a folder is to a simulation: not there yet, empty, a set begun or whole, or something else's. */
export const setFolderSchema = z.strictObject({
  /** Absolute, links resolved. */
  folder: z.string(),
  kind: z.enum(['new', 'empty', 'begun', 'whole', 'occupied']),
  /** Of the set in it. */
  name: z.string().nullable(),
  crystals: z.int(),
  ofCrystals: z.int(),
  /** Whether the set in it is of the recipe asked about. */
  same: z.boolean(),
  /** Room on its disk, bytes; null where the system does not say. */
  free: z.number().nullable(),
});

export const folderPath = z.string().min(1).max(4096);
export const workerCount = z.int().min(1).max(256);

export type PreviewRequest = z.infer<typeof previewRequestSchema>;
export type CrystalFacts = z.infer<typeof crystalFactsSchema>;
export type PreviewAtoms = z.infer<typeof previewAtomsSchema>;
export type CrystalPreview = z.infer<typeof crystalPreviewSchema>;
export type RelaxationFacts = z.infer<typeof relaxationFactsSchema>;
export type PatternPreview = z.infer<typeof patternPreviewSchema>;
export type SimulationProgress = z.infer<typeof simulationProgressSchema>;
export type SimulationState = z.infer<typeof simulationStateSchema>;
export type SetFolder = z.infer<typeof setFolderSchema>;
