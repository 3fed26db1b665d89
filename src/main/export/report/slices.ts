import type { Volume } from '@contract/volume';
import { floatsOf } from '@contract/floats';
import { encodePng } from './png';

/** Decades of intensity from white to black. */
const decades = 5;
/** Index of voxels that no measured pixel stands behind. */
const masked = 255;

/** Black where there is much, as on paper; pale blue where nothing was measured. */
const palette = Uint8Array.from({ length: 256 * 3 }, (_, n) => {
  const index = Math.floor(n / 3);
  return index === masked ? [198, 214, 234][n % 3]! : 255 - index;
});

/** The axes to the right and upwards of the three cuts through the brightest voxel, as the app's own slices show them. */
const cuts = [
  { normal: 2, right: 1, up: 0 },
  { normal: 1, right: 2, up: 0 },
  { normal: 0, right: 1, up: 2 },
] as const;

/** Three orthogonal cuts through the brightest voxel on a logarithmic scale, each a PNG as a data address. */
export function sliceImages({ shape, intensity: bytes, mask }: Volume): string[] {
  const intensity = floatsOf(bytes);
  let brightest = 0;
  for (let n = 1; n < intensity.length; n++) if (intensity[n]! > intensity[brightest]!) brightest = n;
  const top = intensity[brightest]!;
  const strides = [shape[1] * shape[2], shape[2], 1] as const;
  const at = strides.map((stride, axis) => Math.floor(brightest / stride) % shape[axis]!);
  const level = (value: number): number =>
    value > 0 && top > 0
      ? Math.round((masked - 1) * Math.min(1, Math.max(0, 1 + Math.log10(value / top) / decades)))
      : 0;
  return cuts.map(({ normal, right, up }) => {
    const [width, height] = [shape[right], shape[up]];
    const pixels = new Uint8Array(width * height);
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const voxel = at[normal]! * strides[normal] + (height - 1 - row) * strides[up] + column * strides[right];
        pixels[row * width + column] = mask[voxel] ? masked : level(intensity[voxel]!);
      }
    return `data:image/png;base64,${encodePng(pixels, width, height, palette).toString('base64')}`;
  });
}
