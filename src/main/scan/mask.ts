import type { Counts } from '@main/files/counts';
import type { ScanSource } from './types';

/** What a file masks, and how its mask was understood. */
export type Masks = Pick<ScanSource, 'mask' | 'unfitMask' | 'turnedMask'>;

/**
 * A file's mask as a source hands it on: as it is where it fits the frames, turned where its axes are the frames' in another order,
 * else its shape, which is told.
 * @param shape of the mask; anything but 0 is masked
 * @param frames frames, rows and columns of the counts, empty frames included
 * @param present of a mask that each frame has of its own, as many layers are handed on
 */
export function maskOf(
  data: ArrayLike<number>,
  shape: readonly number[],
  frames: readonly [number, number, number],
  present = frames[0],
): Masks {
  // NumPy writes [1, rows, cols] for a mask that all frames share.
  const own = shape.length > 2 ? withoutOnes(shape) : shape;
  const wanted = own.length === 3 ? frames : frames.slice(1);
  const order = axesOf(own, wanted);
  if (!order) return { unfitMask: shape };
  const turned = turn(data, own, order);
  const mask = wanted.length === 3 ? turned.subarray(0, present * frames[1] * frames[2]) : turned;
  return order.every((axis, i) => axis === i) ? { mask } : { mask, turnedMask: shape };
}

/** Axes of one element go until two are left. */
function withoutOnes(shape: readonly number[]): readonly number[] {
  const at = shape.indexOf(1);
  return at < 0 || shape.length <= 2 ? shape : withoutOnes(shape.toSpliced(at, 1));
}

/** Which axis of the mask each of the frames' is; axes of one length keep their order. Undefined where none fits. */
function axesOf(own: readonly number[], wanted: readonly number[]): readonly number[] | undefined {
  if (own.length !== wanted.length) return undefined;
  if (own.every((size, axis) => size === wanted[axis])) return wanted.map((_, axis) => axis);
  const taken = new Set<number>();
  for (const size of wanted) {
    const axis = own.findIndex((other, i) => other === size && !taken.has(i));
    if (axis < 0) return undefined;
    taken.add(axis);
  }
  return [...taken];
}

/** 1 for anything but 0, axes in the order given. */
function turn(data: ArrayLike<number>, shape: readonly number[], order: readonly number[]): Uint8Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  // A third axis of one element in front of two.
  const pad = <T>(values: readonly T[], one: T): readonly T[] => (values.length < 3 ? [one, ...values] : values);
  const [sizes, steps] = [
    pad(
      order.map((axis) => shape[axis]!),
      1,
    ),
    pad(
      order.map((axis) => strides[axis]!),
      0,
    ),
  ];
  const [layers = 1, rows = 1, cols = 1] = sizes;
  const [perLayer = 0, perRow = 0, perCol = 0] = steps;
  const out = new Uint8Array(layers * rows * cols);
  let at = 0;
  for (let f = 0; f < layers; f++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < cols; c++) out[at++] = data[f * perLayer + r * perRow + c * perCol] === 0 ? 0 : 1;
  return out;
}

/**
 * Largest value that integers can have; undefined for floats.
 * @param bytes of one of them where they are stored, which an array of a wider type does not tell
 */
export function maximumOf(data: Counts, bytes = data.BYTES_PER_ELEMENT): number | undefined {
  if (data instanceof Float32Array || data instanceof Float64Array) return undefined;
  const bits = 8 * bytes;
  return data instanceof Int32Array ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
}
