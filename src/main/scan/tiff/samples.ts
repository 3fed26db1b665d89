import { halfToNumber } from '@main/files/half';
import type { Counts } from '@main/files/counts';

/** TIFF's predictors. */
export const DIFFERENCE = 2;
export const FLOAT_DIFFERENCE = 3;

type Make = (buffer: ArrayBuffer) => Counts;
const UNSIGNED = 1;
const SIGNED = 2;
const FLOAT = 3;

const makers: Readonly<Record<string, Make>> = {
  [`${UNSIGNED}/8`]: (b) => new Uint8Array(b),
  [`${UNSIGNED}/16`]: (b) => new Uint16Array(b),
  [`${UNSIGNED}/32`]: (b) => new Uint32Array(b),
  [`${UNSIGNED}/64`]: (b) => Float64Array.from(new BigUint64Array(b), Number),
  [`${SIGNED}/8`]: (b) => Int32Array.from(new Int8Array(b)),
  [`${SIGNED}/16`]: (b) => Int32Array.from(new Int16Array(b)),
  [`${SIGNED}/32`]: (b) => new Int32Array(b),
  [`${SIGNED}/64`]: (b) => Float64Array.from(new BigInt64Array(b), Number),
  [`${FLOAT}/16`]: (b) => Float32Array.from(new Uint16Array(b), halfToNumber),
  [`${FLOAT}/32`]: (b) => new Float32Array(b),
  [`${FLOAT}/64`]: (b) => new Float64Array(b),
};

/** Makes counts of little-endian samples; undefined for a depth that is not read. Anything but a float or a signed integer is unsigned. */
export const makerOf = (format: number, bits: number): Make | undefined =>
  makers[`${format === SIGNED || format === FLOAT ? format : UNSIGNED}/${bits}`];

/** Bytes of a sample as a count: those of a signed or half-sized one are more than it is stored in. */
export const countBytes = (format: number, bits: number): number =>
  Math.max(bits / 8, format === SIGNED || format === FLOAT ? 4 : 1);

/** Turns samples of another byte order around, in place. */
export function swap(bytes: Buffer, bits: number): void {
  if (bits === 16) bytes.swap16();
  if (bits === 32) bytes.swap32();
  if (bits === 64) bytes.swap64();
}

/** Adds up differences along each row of little-endian integers, in place; sums run over as the writer's did. */
export function undoDifference(buffer: ArrayBuffer, bits: number, width: number): void {
  if (bits === 64) return addUp64(new BigUint64Array(buffer), width);
  const samples = bits === 8 ? new Uint8Array(buffer) : bits === 16 ? new Uint16Array(buffer) : new Uint32Array(buffer);
  for (let row = 0; row < samples.length; row += width) {
    for (let i = row + 1; i < row + width; i++) samples[i]! += samples[i - 1]!;
  }
}

function addUp64(samples: BigUint64Array, width: number): void {
  for (let i = 0; i < samples.length; i++) if (i % width > 0) samples[i]! += samples[i - 1]!;
}

/** Undoes the floating-point predictor: each row is its samples' bytes, most significant first, as differences. */
export function undoFloatDifference(bytes: Buffer, bits: number, width: number): Buffer<ArrayBuffer> {
  const size = bits / 8;
  const out = Buffer.from(new ArrayBuffer(bytes.length));
  for (let row = 0; row < bytes.length; row += width * size) {
    for (let i = row + 1; i < row + width * size; i++) bytes[i] = (bytes[i]! + bytes[i - 1]!) & 0xff;
    for (let plane = 0; plane < size; plane++) {
      for (let x = 0; x < width; x++) out[row + x * size + (size - 1 - plane)] = bytes[row + plane * width + x]!;
    }
  }
  return out;
}
