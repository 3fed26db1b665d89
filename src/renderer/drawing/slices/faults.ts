import type { DetectorFrame } from '@contract/detector-frame';

/** Seen on every colour map, and told apart by their shapes as well. */
export const faultSigns = {
  hot: { sign: '□', colour: '#ff8fa8' },
  dead: { sign: '×', colour: '#8fdcff' },
} as const;
/** A mark is never smaller than this, CSS pixels: a pixel of a whole frame would not be seen. */
const least = 5;

type Faults = NonNullable<DetectorFrame['faults']>;
type Point = readonly [number, number];

/** About a pixel's centre, in half edges of a mark. */
const square: readonly Point[] = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
  [-1, -1],
];
const slopes: readonly (readonly Point[])[] = [
  [
    [-1, -1],
    [1, 1],
  ],
  [
    [-1, 1],
    [1, -1],
  ],
];

/** A mark's lines, each a row of points, in its own colour. */
export interface FaultMark {
  readonly colour: string;
  readonly lines: readonly (readonly Point[])[];
}

/**
 * The marks of faulty pixels of a detector frame: a square about a hot one, a cross over a dead one.
 * @param point place of a pixel's centre
 * @param pixel edge of a detector pixel, in the units of `point`
 */
export function faultMarks(
  { hot, dead }: Faults,
  point: (row: number, column: number) => Point,
  pixel: number,
): readonly FaultMark[] {
  const half = Math.max(least, pixel) / 2;
  const about = ([row, column]: readonly [number, number], corners: readonly Point[]): readonly Point[] => {
    const [x, y] = point(row, column);
    return corners.map(([dx, dy]) => [x + dx * half, y + dy * half]);
  };
  return [
    { colour: faultSigns.hot.colour, lines: hot.pixels.map((at) => about(at, square)) },
    { colour: faultSigns.dead.colour, lines: dead.pixels.flatMap((at) => slopes.map((line) => about(at, line))) },
  ];
}

/** Draws the marks on a canvas. */
export function drawFaults(context: CanvasRenderingContext2D, marks: readonly FaultMark[]): void {
  context.lineWidth = 1;
  for (const { colour, lines } of marks) {
    context.beginPath();
    for (const line of lines) line.forEach(([x, y], n) => (n === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    context.strokeStyle = colour;
    context.stroke();
  }
}
