/**
 * One mask for all frames: a pixel that is masked in any frame never counts.
 * @param mask rows x cols, or frames x rows x cols; anything but 0 is masked
 * @returns rows x cols, 1 = masked; undefined where the sizes do not fit
 */
export function flattenMask(mask: ArrayLike<number>, pixels: number): Uint8Array | undefined {
  if (pixels === 0 || mask.length === 0 || mask.length % pixels !== 0) return undefined;
  const flat = new Uint8Array(pixels);
  for (let start = 0; start < mask.length; start += pixels) {
    for (let p = 0; p < pixels; p++) if (mask[start + p] !== 0) flat[p] = 1;
  }
  return flat;
}
