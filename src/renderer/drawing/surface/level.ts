import { autoFloor } from '@renderer/drawing/slices/limits';
import type { PreparedVolume } from '@renderer/drawing/slices/volume';

/** Nothing but the peak's tip stands out above this level, log10 of the intensity relative to the maximum. */
const highest = -0.05;

/** Lowest and highest level that a surface of a volume is drawn at, and the wanted one between them. */
export function levelsOf(volume: PreparedVolume, wanted: number): { lowest: number; highest: number; level: number } {
  const lowest = Math.log10(autoFloor(volume.sample('cut')));
  return { lowest, highest, level: Math.min(highest, Math.max(lowest, wanted)) };
}
