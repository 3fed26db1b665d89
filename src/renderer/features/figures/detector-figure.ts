import { compact, grouped } from '@renderer/format';
import { roundTicks } from '@renderer/drawing/slices/axis';
import { lookupTable, packColours, parseColour, type ColourMapName } from '@renderer/drawing/slices/colour-map';
import { faultMarks, faultSigns } from '@renderer/drawing/slices/faults';
import { arms, placeOf, type PreparedFrame } from '@renderer/drawing/slices/frame';
import { scaleLevels } from '@renderer/drawing/slices/levels';
import { rangeOf, sampleOf, type Ends } from '@renderer/drawing/slices/limits';
import { Painter } from '@renderer/drawing/slices/painter';
import { scaler, scaleTicks, type ScaleName } from '@renderer/drawing/slices/scale';
import { paintSheet } from '@renderer/drawing/slices/sheet';
import { figuresText } from './words';
import type { FigureAxis } from '@renderer/drawing/figure/axis';
import { addressOf, colourStops } from '@renderer/drawing/figure/picture';
import type { Figure, FigureKey, FigureMark } from '@renderer/drawing/figure/svg';

/** What the screen shows of a detector frame, to be printed. */
export interface DetectorSeen {
  readonly title: string;
  readonly frame: PreparedFrame;
  /** Whether its hot and dead pixels are marked, where they are known. */
  readonly faults: boolean;
  readonly scale: ScaleName;
  readonly ends: Ends;
  readonly colourMap: ColourMapName;
}

const edge = 420;
const greys = packColours([parseColour('#c3c8cf'), parseColour('#a9b0b9')]);

/** Pixels along an axis, numbered as the detector numbers them. */
function pixelAxis(title: string, start: number, pixels: number, place: (pixel: number) => number): FigureAxis {
  const labels = roundTicks(start, start + pixels - 1, 5)
    .filter(Number.isInteger)
    .map((pixel) => ({ t: place(pixel), label: String(pixel) }));
  return { title, labels };
}

type Faults = NonNullable<PreparedFrame['faults']>;

/** The marks of faulty pixels, as parts of a frame of this size. */
function marksOf(frame: PreparedFrame, faults: Faults, width: number, height: number): FigureMark[] {
  const place = (row: number, column: number): readonly [number, number] => {
    const [x, y] = placeOf(frame, row, column);
    return [x * width, y * height];
  };
  const pixel = width / (frame.shape[1] * frame.bin);
  return faultMarks(faults, place, pixel).flatMap(({ colour, lines }) =>
    lines.map((line) => ({ colour, points: line.map(([x, y]) => [x / width, y / height] as const) })),
  );
}

function keysOf({ hot, dead }: Faults, left: number, top: number, apart: number): FigureKey[] {
  const words = figuresText.detector;
  return [
    { left, top, ...faultSigns.hot, words: words.hot(String(hot.found), String(hot.pixels.length)) },
    { left: left + apart, top, ...faultSigns.dead, words: words.dead(String(dead.found), String(dead.pixels.length)) },
  ];
}

/** The detector frame with the volume's outline and the crosshair, as it is seen. */
export async function detectorFigure({ title, frame, faults, scale, ends, colourMap }: DetectorSeen): Promise<Figure> {
  const words = figuresText.detector;
  const { start, bin, shape, box, pixel, sheet } = frame;
  const range = rangeOf('auto', ends, scale, sampleOf(sheet.values, sheet.mask));
  const position = scaler(scale, range);
  const colours = lookupTable(colourMap);
  const painter = new Painter(shape[1], shape[0]);
  paintSheet(sheet, scaleLevels(scale, range, colours.length), colours, greys, painter.words);
  painter.commit();
  const longest = Math.max(...shape);
  const [width, height] = [(edge * shape[1]) / longest, (edge * shape[0]) / longest];
  const [left, top] = [80, 54];
  const [x0, y0] = placeOf(frame, box.rows[0] - 0.5, box.cols[0] - 0.5);
  const [x1, y1] = placeOf(frame, box.rows[1] - 0.5, box.cols[1] - 0.5);
  const [x, y] = placeOf(frame, ...pixel);
  const arm = [0.012 * edge, 0.04 * edge] as const;
  const marked = faults ? frame.faults : null;
  const faulty = marked ? marksOf(frame, marked, width, height) : [];
  const foot = top + height + 96;
  const dot = pixel.map((at) => compact(Math.round(at)));
  return {
    width: left + width + 20,
    height: foot + (marked ? 24 : 0),
    title,
    panels: [
      {
        caption: `${words.frame(frame.frame, frame.frames)}, ${words.counts(grouped(frame.maximum))}`,
        ...{ left, top, width, height },
        right: pixelAxis(words.column, start[1], shape[1] * bin, (column) => placeOf(frame, 0, column)[0]),
        // Rows are numbered downwards.
        up: pixelAxis(words.row, start[0], shape[0] * bin, (row) => 1 - placeOf(frame, row, 0)[1]),
        content: {
          image: await addressOf(painter.canvas),
          columns: shape[1],
          rows: shape[0],
          seen: { x: 0, y: 0, width: shape[1], height: shape[0] },
        },
        marks: [
          {
            points: [
              [x0, y0],
              [x1, y0],
              [x1, y1],
              [x0, y1],
              [x0, y0],
            ],
            dashed: true,
          },
          ...faulty,
          ...arms.map(([dx, dy]) => ({
            points: arm.map((r) => [x + (dx * r) / width, y + (dy * r) / height] as const),
          })),
        ],
      },
    ],
    ...(marked && { keys: keysOf(marked, left, foot + 10, width / 2) }),
    bar: {
      left,
      top: top + height + 62,
      width,
      height: 10,
      title: `${words.label}: ${words.relative}, ${words.pixel(dot[0]!, dot[1]!)}`,
      colours: colourStops(colours),
      labels: scaleTicks(scale, range).map((tick) => ({ t: position(tick), label: compact(tick, 2) })),
    },
  };
}
