/** Beyond this ratio the monitor is broken or the beam was gone, and dividing by it would do harm. */
const PLAUSIBLE_RATIO = 20;

/**
 * Factors that bring every frame to the scan's mean monitor counts.
 * @returns undefined where the monitor is missing, shorter than the scan, or implausible
 */
export function monitorScale(counts: Float64Array | undefined, frames: number): Float64Array | undefined {
  if (!counts || counts.length < frames) return undefined;
  const used = counts.subarray(0, frames);
  const low = Math.min(...used);
  const high = Math.max(...used);
  if (!(low > 0) || !(high / low < PLAUSIBLE_RATIO)) return undefined;
  const mean = used.reduce((sum, value) => sum + value, 0) / frames;
  return used.map((value) => mean / value);
}
