import type { Region } from '@core/reduce/region';

/**
 * Multiplies a region's counts, in place, by each pixel's white-field factor.
 * @param flat factors of a whole frame, `cols` wide
 */
export function flatten(region: Region, flat: Float32Array | undefined, cols: number): Region {
  if (!flat) return region;
  const { box, shape, counts } = region;
  const [frames, height, width] = shape;
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const factor = flat[(box.rows[0] + r) * cols + box.cols[0] + c]!;
      for (let f = 0; f < frames; f++) counts[(f * height + r) * width + c]! *= factor;
    }
  }
  return region;
}
