import { longAt, numberAt } from './bytes';
import type { Chunk } from './chunk';

/** Elements of an array over filtered chunks carry each chunk's size; others would need it from elsewhere. */
export const FILTERED = 1;
const ADDRESS = 8;
const MASK = 4;

/** Reads `count` elements of an array over filtered chunks, the first standing for chunk `first`. */
export function readElements(
  view: DataView,
  at: number,
  count: number,
  elementBytes: number,
  first: number,
  into: Map<number, Chunk>,
): void {
  const width = elementBytes - ADDRESS - MASK;
  if (width < 1 || width > 8) throw new RangeError(`elements of ${elementBytes} bytes`);
  for (let e = 0; e < count; e++) {
    const place = longAt(view, at + e * elementBytes);
    if (place === undefined) continue;
    into.set(first + e, {
      place,
      bytes: numberAt(view, at + e * elementBytes + ADDRESS, width),
      skipped: view.getUint32(at + e * elementBytes + ADDRESS + width, true),
    });
  }
}
