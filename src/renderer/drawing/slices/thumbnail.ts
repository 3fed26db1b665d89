import { thumbnailEdge } from '@contract/look-alikes';
import { planes } from './plane';

/** Pixels between two cuts of a strip. */
const gap = 2;

/** Width and height of a strip of three cuts, pixels. */
export const stripSize = [planes.length * (thumbnailEdge + gap) - gap, thumbnailEdge] as const;

/**
 * Writes a thumbnail's three cuts side by side, in the order and orientation of the large cuts.
 * @param thumbnail cut n is across axis n, of the other two axes the first along its rows; a byte is a level of the colours
 * @param out stripSize pixels; what lies between cuts is left as it is
 */
export function paintStrip(thumbnail: Uint8Array, colours: Uint32Array, out: Uint32Array): void {
  const [width] = stripSize;
  planes.forEach(({ normal, right, up }, n) => {
    for (let y = 0; y < thumbnailEdge; y++) {
      for (let x = 0; x < thumbnailEdge; x++) {
        const high = thumbnailEdge - 1 - y;
        const [row, column] = right < up ? [x, high] : [high, x];
        const level = thumbnail[(normal * thumbnailEdge + row) * thumbnailEdge + column]!;
        out[y * width + n * (thumbnailEdge + gap) + x] = colours[level]!;
      }
    }
  });
}
