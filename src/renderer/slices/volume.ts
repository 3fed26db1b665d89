import type { Volume } from '@contract/scan';
import { levels } from './colour-map';
import { autoFloor, scaler, type ScaleName } from './scale';

export type Triple = readonly [number, number, number];

/** A volume as the slices draw it: intensities as floats, and the colour level of every voxel for each scale used. */
export interface PreparedVolume {
  readonly shape: Triple;
  /** First axis slowest, maximum 1. */
  readonly intensity: Float32Array;
  /** 1 where no measured pixel stands behind the voxel. */
  readonly mask: Uint8Array;
  /** The brightest voxel. */
  readonly peak: Triple;
  /** Bottom of the logarithmic scale. */
  readonly floor: number;
  /** Step along each axis, 1/angstrom. */
  readonly voxel: number;
  /** Q at index 0 along each axis, 1/angstrom. */
  readonly origin: Triple;
  readonly frameName: Volume['frameName'];
  /** Colour level (one byte) of every voxel; computed once per scale, so that scrubbing only looks up. */
  levelsOf(scale: ScaleName): Uint8Array;
}

/**
 * Unpacks a volume from the wire.
 * @throws RangeError where the bytes do not fill the shape
 */
export function prepareVolume(volume: Volume): PreparedVolume {
  const size = volume.shape[0] * volume.shape[1] * volume.shape[2];
  if (volume.intensity.byteLength !== size * 4 || volume.mask.byteLength !== size)
    throw new RangeError(`a volume of ${volume.shape.join(' x ')} voxels arrived with other sizes`);
  // The message decoder hands out views at any byte offset; a float view needs a multiple of four.
  const intensity = new Float32Array(volume.intensity.slice().buffer);
  const floor = autoFloor(intensity);
  const cache = new Map<ScaleName, Uint8Array>();
  return {
    shape: volume.shape,
    intensity,
    mask: volume.mask,
    peak: brightest(intensity, volume.shape),
    floor,
    voxel: volume.voxel,
    origin: volume.origin,
    frameName: volume.frameName,
    levelsOf(scale) {
      const known = cache.get(scale) ?? quantise(intensity, scaler(scale, floor));
      cache.set(scale, known);
      return known;
    },
  };
}

/** Flat index of a voxel, first axis slowest. */
export function flatIndex(shape: Triple, [i, j, k]: Triple): number {
  return (i * shape[1] + j) * shape[2] + k;
}

function brightest(intensity: Float32Array, shape: Triple): Triple {
  let best = 0;
  for (let n = 1; n < intensity.length; n++) if (intensity[n]! > intensity[best]!) best = n;
  const k = best % shape[2];
  const j = Math.floor(best / shape[2]) % shape[1];
  return [Math.floor(best / (shape[1] * shape[2])), j, k];
}

function quantise(intensity: Float32Array, scale: (value: number) => number): Uint8Array {
  const out = new Uint8Array(intensity.length);
  for (let n = 0; n < intensity.length; n++) out[n] = Math.round(scale(intensity[n]!) * (levels - 1));
  return out;
}
