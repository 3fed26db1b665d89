import { mask, reaches, type Place } from '@core/occlusion/occlusion';
import type { NetworkDescription } from '@core/network/description';
import type { Engine } from './types';

/** Volumes masked and judged at once. */
const BATCH = 8;

/**
 * Logits of a volume with a sphere about each place masked, places x classes. Places that the network cannot see have the logits of
 * the whole volume.
 */
export async function occlude(
  engine: Engine,
  { size, window }: Pick<NetworkDescription, 'size' | 'window'>,
  volume: Float32Array,
  places: readonly Place[],
  radius: number,
  family?: string,
): Promise<Float32Array> {
  const whole = await engine.predict(volume, 1, [family]);
  const logits = new Float32Array(places.length * whole.length);
  places.forEach((_, n) => logits.set(whole, n * whole.length));
  const seen = [...places.keys()].filter((n) => reaches(places[n]!, radius, size, window));
  const voxels = volume.length;
  for (let from = 0; from < seen.length; from += BATCH) {
    const chunk = seen.slice(from, from + BATCH);
    const masked = new Float32Array(chunk.length * voxels);
    chunk.forEach((n, i) => mask(volume, size, places[n]!, radius, masked.subarray(i * voxels, (i + 1) * voxels)));
    const out = await engine.predict(
      masked,
      chunk.length,
      chunk.map(() => family),
    );
    chunk.forEach((n, i) => logits.set(out.subarray(i * whole.length, (i + 1) * whole.length), n * whole.length));
  }
  return logits;
}
