import { createHash } from 'node:crypto';
import type { ScanFacts, ScanSource } from './types';

/** Which recipe made a digest of facts: those of another one cannot be compared. */
const RECIPE = '2.';
export const isComparable = (print: string): boolean => print.startsWith(RECIPE);

/**
 * Digest of what a source records of a scan: when it began, which frames at which angles, what the monitor counted meanwhile, and
 * all else that its geometry is made of.
 */
export function factsPrint(facts: ScanFacts): string {
  const { ref, title, motor, startedAt, frameShape, positions, monitor, geometry } = facts;
  const { energyEv, distanceM, pixelM, directBeam, detectorName, roiStart, hkl, element } = facts;
  const list = (values: number | Float64Array | undefined): unknown =>
    typeof values === 'object' ? [...values] : values;
  const places = Object.entries(positions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, list(value)]);
  const recorded = [energyEv, distanceM, pixelM, directBeam, detectorName, roiStart, hkl, element];
  const told = [ref.number, title, motor, startedAt, frameShape, places, list(monitor?.counts), recorded, geometry];
  return RECIPE + createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 20);
}

/** Digest of the first, the middle and the last frame: they differ whenever a scan was measured anew, and cost next to nothing. */
export function dataPrint(source: ScanSource): string {
  const { framesPresent } = source.facts;
  const hash = createHash('sha256');
  for (const frame of new Set([0, Math.floor(framesPresent / 2), framesPresent - 1])) {
    if (frame < 0 || frame >= framesPresent) continue;
    const counts = source.read(frame, frame + 1);
    hash.update(new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength));
  }
  return hash.digest('hex').slice(0, 20);
}
