import type { NpyArray } from '@main/files/npy';

/** Names under which pixels or voxels that do not count stand in an archive, as anything but 0. */
const MASKED = /^(mask|bad|(bad|hot|dead)_?pix(els?)?(_?mask)?|pixel_?mask)$/i;
/** Names under which those that count do. */
const VALID = /^(valid|good)(_?(pix(els?)?|voxels?))?(_?mask)?$/i;

/** Whether an array of this name masks others. */
export const isMaskName = (name: string): boolean => /mask/i.test(name) || MASKED.test(name) || VALID.test(name);

/** Arrays by name. */
interface Named {
  readonly names: readonly string[];
  get(name: string): NpyArray | undefined;
}

interface NamedMasks {
  /** 1 where a pixel or voxel does not count, by all of them that go together. */
  readonly mask?: NpyArray;
  /** Shape of one that does not go with the others, and was left out. */
  readonly unfit?: readonly number[];
}

const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Whether a mask is one layer of the other, or of its shape. */
const fits = (shape: readonly number[], other: readonly number[]): boolean =>
  shape.every((length, axis) => length === other[other.length - shape.length + axis]);

/** What an archive's own arrays mask, whatever they are called; what one of them masks is masked. */
export function namedMasks({ names, get }: Named): NamedMasks {
  const found = names
    .filter((name) => MASKED.test(name) || VALID.test(name))
    .flatMap((name) => {
      const array = get(name);
      return array ? [{ ...array, masked: (value: number) => (value === 0) === VALID.test(name) }] : [];
    })
    .toSorted((a, b) => b.shape.length - a.shape.length);
  const [largest] = found;
  if (!largest) return {};
  const data = new Uint8Array(size(largest.shape));
  let unfit: readonly number[] | undefined;
  for (const { shape, data: values, masked } of found) {
    if (!fits(shape, largest.shape)) {
      unfit = shape;
      continue;
    }
    for (let i = 0; i < data.length; i++) if (masked(values[i % values.length]!)) data[i] = 1;
  }
  return { mask: { shape: largest.shape, data }, ...(unfit && { unfit }) };
}
