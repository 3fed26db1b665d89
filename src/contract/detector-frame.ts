import { z } from 'zod';
import { bytes } from './bytes';

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
  /** False where Q lies outside the scan, and the frame is only the nearest; true where a frame was asked for by its index. */
  inside: z.boolean(),
  /** Rows and columns [first, last) that the volume was made from. */
  box: z.strictObject({ rows: span, cols: span }),
});

export type FrameArea = z.infer<typeof frameAreaSchema>;
export type DetectorFrame = z.infer<typeof detectorFrameSchema>;
