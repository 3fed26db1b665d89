import { createHash } from 'node:crypto';
import type { ScanFacts, ScanSource } from './types';

/** Digest of what a source records of a scan: which frames at which angles, and what the monitor counted meanwhile. */
export function factsPrint({ ref, title, motor, frameShape, positions, monitor, energyEv }: ScanFacts): string {
  const scanned = motor === undefined ? undefined : positions[motor];
  const list = (values: number | Float64Array | undefined): unknown =>
    typeof values === 'object' ? [...values] : values;
  const told = [ref.number, title, motor, frameShape, list(scanned), list(monitor?.counts), energyEv];
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 20);
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
