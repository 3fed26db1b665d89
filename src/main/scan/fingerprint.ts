import { createHash } from 'node:crypto';
import type { ScanFacts, ScanSource } from './types';

/** Which recipe made a digest of facts: those of another one cannot be compared. */
const RECIPE = '3.';
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

/** Before digests of frames as they are stored; those of the counts have nothing before them. */
const STORED = 's.';

/**
 * Digest of the first, the middle and the last frame: they differ whenever a scan was measured anew, and cost next to nothing. Taken of the
 * frames as they are stored where the source tells that, for to read large ones is what a verdict would wait for.
 * @param like a digest that it is to be compared with: it is made as that one was
 */
export function dataPrint(source: ScanSource, like: string = STORED): string {
  const { framesPresent } = source.facts;
  const looked = [...new Set([0, Math.floor(framesPresent / 2), framesPresent - 1])].filter(
    (frame) => frame >= 0 && frame < framesPresent,
  );
  const hash = createHash('sha256');
  const digest = (): string => hash.digest('hex').slice(0, 20);
  const stored = like.startsWith(STORED) ? looked.map((frame) => source.print?.(frame)) : [undefined];
  if (stored.length > 0 && stored.every((print) => print !== undefined)) {
    hash.update(stored.join(' '));
    return STORED + digest();
  }
  for (const frame of looked) {
    const counts = source.read(frame, frame + 1);
    hash.update(new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength));
  }
  return digest();
}
