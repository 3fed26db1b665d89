import { z } from 'zod';
import { bytes } from './bytes';
import { problemSchema } from './errors';

/** What phase retrieval shows within a crystal: an opinion of its own, from physics alone (DESIGN section 7). */
export const insideSchema = z.strictObject({
  /** undecided: the retrievals disagree, or leave too much unexplained. */
  says: z.enum(['line', 'none', 'undecided']),
  /** Why it is undecided. unexplained: the best leaves too much of the amplitude unexplained. disagree: starts that explain as much show different things. */
  reason: z.enum(['unexplained', 'disagree']).optional(),
  /** Retrievals from different random phases, and how many of them show the same. */
  starts: z.int().min(1),
  agreeing: z.int().min(0),
  /** Of the best: what it leaves of the amplitude that it was not told, 0 is perfect. */
  freeError: z.number().min(0),
  /** Cube root of the volume of the crystal; null where the voxel is not known. */
  bodyNm: z.number().positive().nullable(),
  /** Root mean square of the phase within the crystal, its ramp taken out. */
  phaseSpreadRad: z.number().min(0),
  /** The longest first. */
  lines: z.array(
    z.strictObject({
      /** Extent over the body's size. */
      lengthOfSize: z.number().min(0),
      angleToQDeg: z.number().min(0).max(90),
      /** Turns of the phase about the line; of an object and its twin the longest turns right-handed about Q. */
      winding: z.int(),
    }),
  ),
  /** Of the longest line, by its angle to Q; null where there is none. */
  character: z.enum(['screw', 'edge', 'mixed']).nullable(),
});

/** Beside a verdict: also what it says of that. open: it is undecided, or the verdict names what leaves no line. */
export const witnessSchema = insideSchema.extend({ testimony: z.enum(['agrees', 'contradicts', 'open']) });

export type InsideOpinion = z.infer<typeof insideSchema>;

const vector = z.tuple([z.number(), z.number(), z.number()]).readonly();

/** How far the looking into one scan's crystal is. */
export const insideStateSchema = z.strictObject({
  /** Of the scan. */
  id: z.string(),
  /** waiting: asked for, or its turn comes by itself. running: `done` of `total` retrievals. ready: its result is on disk. */
  status: z.enum(['none', 'waiting', 'running', 'ready', 'failed']),
  /** Retrievals done, fractions included, and wanted; 0 of 0 unless it runs. */
  done: z.number().min(0),
  total: z.int().min(0),
  /** Retrievals that the picture to be had now is made of; 0: there is none yet. It changed when this has. */
  pictured: z.int().min(0),
  /** What that picture says. */
  opinion: insideSchema.nullable(),
  /** Why it failed. */
  problem: problemSchema.nullable(),
});

/** A line about which the phase winds, from one end to the other. */
export const insideLineSchema = z.strictObject({
  /** Smoothed, voxel indices along the axes of the picture. */
  points: z.array(vector).readonly(),
  /** It comes back to its beginning; others end at the surface. */
  closed: z.boolean(),
  /** Unit vector along the line, to the side of Q that is positive. */
  direction: vector,
  /** Extent along that direction, voxels, and over the body's size. */
  lengthVoxels: z.number().min(0),
  lengthOfSize: z.number().min(0),
  angleToQDeg: z.number().min(0).max(90),
  /** Turns of the phase about the direction, right-handed. */
  winding: z.int(),
  /** How far below the surface it comes, voxels. */
  depthVoxels: z.number().min(0),
});

/**
 * What is within a crystal, as it travels: cubes of `size`^3 along the axes of the scan's volume (the first along Q), first axis slowest,
 * the crystal about index size / 2. Those of numbers are float32, little-endian, and not a number outside the body.
 */
export const insidePictureSchema = z.strictObject({
  id: z.string(),
  /** Retrievals that it is made of. */
  pictured: z.int().min(1),
  /** Voxels along an edge, 64 unless more were asked for. */
  size: z.int().min(1),
  /** Edge of a voxel; null where the pattern's scale is not known. */
  voxelNm: z.number().positive().nullable(),
  /** |object|, its largest 1; not cut off at the body. */
  modulus: bytes,
  /** Without its ramp, rad, not wrapped. */
  phase: bytes,
  /** Along Q, angstrom; null where |Q| is not known. */
  displacement: bytes.nullable(),
  /** Along Q, per cent; also not a number at the surface. null where |Q| or the voxel is not known. */
  strain: bytes.nullable(),
  /** A byte per voxel: 0 outside, 1 within, 2 at the surface (with a face to the outside). */
  body: bytes,
  /** Edge of a cube of the body's volume, voxels. */
  bodyVoxels: z.number().min(0),
  /** Unit vector along Q in the cubes' axes. */
  q: vector,
  /** Rows: the cubes' axes as unit vectors in the sample frame; null where they are not known. */
  frame: z.tuple([vector, vector, vector]).readonly().nullable(),
  hkl: vector.nullable(),
  /** The longest first. */
  lines: z.array(insideLineSchema).readonly(),
  opinion: insideSchema,
});

export type InsideState = z.infer<typeof insideStateSchema>;
export type InsidePicture = z.infer<typeof insidePictureSchema>;
