import type { DetectorFrame } from '@contract/scan';

/** Seen on every colour map, and told apart by their shapes as well. */
export const faultColours = { hot: '#ff8fa8', dead: '#8fdcff' } as const;
/** A mark is never smaller than this, CSS pixels: a pixel of a whole frame would not be seen. */
const least = 5;

/**
 * Marks faulty pixels of a detector frame: a square about a hot one, a cross over a dead one.
 * @param point place of a pixel's centre in CSS pixels
 * @param pixel edge of a detector pixel in CSS pixels
 */
export function markFaults(
  context: CanvasRenderingContext2D,
  { hot, dead }: NonNullable<DetectorFrame['faults']>,
  point: (row: number, column: number) => readonly [number, number],
  pixel: number,
): void {
  const half = Math.max(least, pixel) / 2;
  context.lineWidth = 1;
  context.beginPath();
  for (const [row, column] of hot.pixels) {
    const [x, y] = point(row, column);
    context.rect(x - half, y - half, 2 * half, 2 * half);
  }
  context.strokeStyle = faultColours.hot;
  context.stroke();
  context.beginPath();
  for (const [row, column] of dead.pixels) {
    const [x, y] = point(row, column);
    for (const slope of [1, -1]) {
      context.moveTo(x - half, y - slope * half);
      context.lineTo(x + half, y + slope * half);
    }
  }
  context.strokeStyle = faultColours.dead;
  context.stroke();
}
