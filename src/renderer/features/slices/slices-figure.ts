import { intensityTick } from '@renderer/format';
import { lookupTable, packColours, parseColour, type ColourMapName } from '@renderer/drawing/slices/colour-map';
import { axisView } from '@renderer/drawing/slices/draw';
import { scaleLevels } from '@renderer/drawing/slices/levels';
import { Painter } from '@renderer/drawing/slices/painter';
import { planes, type Axis } from '@renderer/drawing/slices/plane';
import { scaleTicks, scaler, type Range, type ScaleName } from '@renderer/drawing/slices/scale';
import { paintSheet, type ViewMode } from '@renderer/drawing/slices/sheet';
import { sheetAt, type PreparedVolume, type Triple } from '@renderer/drawing/slices/volume';
import { text } from '@renderer/ui/words';
import { slicesText } from './words';
import { addressOf, colourStops } from '@renderer/drawing/figure/picture';
import type { Figure, FigurePanel } from '@renderer/drawing/figure/svg';

/** What the screen shows of a volume, to be printed. */
export interface SlicesSeen {
  readonly title: string;
  readonly volume: PreparedVolume;
  readonly mode: ViewMode;
  readonly crosshair: Triple;
  window(axis: Axis): readonly [number, number];
  readonly scale: ScaleName;
  readonly range: Range;
  readonly colourMap: ColourMapName;
}

/** Edge of a cut's frame, and the room its labels take. */
const edge = 220;
const room = { left: 66, top: 44, gap: 74, bottom: 96 } as const;
const greys = packColours([parseColour('#c3c8cf'), parseColour('#a9b0b9')]);

/** The three cuts or projections with their colour bar, as they are seen. */
export async function slicesFigure(seen: SlicesSeen): Promise<Figure> {
  const { volume, range, scale, colourMap, mode, crosshair } = seen;
  const colours = lookupTable(colourMap);
  const levels = scaleLevels(scale, range, colours.length);
  const position = scaler(scale, range);
  const names = text.axes[volume.frameName];
  const panels = await Promise.all(
    planes.map(async (plane, at): Promise<FigurePanel> => {
      const [columns, rows] = [volume.shape[plane.right], volume.shape[plane.up]];
      const painter = new Painter(columns, rows);
      const sheet = sheetAt(volume, mode, plane, crosshair[plane.normal]);
      paintSheet(sheet, levels, colours, greys, painter.words);
      painter.commit();
      const [x, y] = [seen.window(plane.right), seen.window(plane.up)];
      const axis = (of: Axis, window: readonly [number, number]) =>
        axisView(text.axisTitle(names[of]), volume.shape[of], window, volume.voxel, 4);
      return {
        caption: slicesText.views[mode](names[plane.normal]),
        left: room.left + at * (edge + room.gap),
        top: room.top,
        width: edge,
        height: edge,
        right: axis(plane.right, x),
        up: axis(plane.up, y),
        content: {
          image: await addressOf(painter.canvas),
          columns,
          rows,
          seen: { x: x[0], y: rows - y[1], width: x[1] - x[0], height: y[1] - y[0] },
        },
      };
    }),
  );
  const width = room.left + 3 * edge + 2 * room.gap + 20;
  return {
    width,
    height: room.top + edge + room.bottom,
    title: seen.title,
    panels,
    bar: {
      left: width - 320,
      top: room.top + edge + 60,
      width: 290,
      height: 10,
      title: `${slicesText.intensity} (${slicesText.intensityUnit}), ${slicesText.scales[scale].toLowerCase()}`,
      colours: colourStops(colours),
      labels: scaleTicks(scale, range).map((tick) => ({
        t: position(tick),
        label: intensityTick(tick),
      })),
    },
  };
}
