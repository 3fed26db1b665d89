import { z } from 'zod';
import { bytes } from './bytes';

export const volumeFrameSchema = z.enum(['q', 'sample']);
const triple = z.tuple([z.number(), z.number(), z.number()]);

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

export type VolumeFrame = z.infer<typeof volumeFrameSchema>;
export type Volume = z.infer<typeof volumeSchema>;
