import type { Rotation } from '@renderer/drawing/crystal/camera';
import { addressOf, colourStops } from '@renderer/drawing/figure/picture';
import type { Figure, FigurePanel } from '@renderer/drawing/figure/svg';
import { insideColours } from '@renderer/drawing/inside/colours';
import { bodyWindow, paintBodyCut } from '@renderer/drawing/inside/cut';
import { bodyLines, bodySurface } from '@renderer/drawing/inside/make';
import { barTicks, type InsideScale, type QuantityName } from '@renderer/drawing/inside/quantity';
import { drawBodyScene } from '@renderer/drawing/inside/scene';
import { softwareStage } from '@renderer/drawing/inside/software';
import type { Solid } from '@renderer/drawing/inside/solid';
import { solidTints } from '@renderer/drawing/inside/tints';
import { lookupTable } from '@renderer/drawing/slices/colour-map';
import { clearedContext, Painter } from '@renderer/drawing/slices/painter';
import { planes } from '@renderer/drawing/slices/plane';
import type { Triple } from '@renderer/drawing/slices/volume';
import { axisNames, bodyAxes, fromMiddle, scaleUnit } from './lengths';
import { insideText } from './words';

/** What the screen shows of one crystal or two, to be printed. */
export interface CrystalsSeen {
  readonly title: string;
  readonly sides: readonly { readonly name: string; readonly solid: Solid }[];
  readonly quantity: QuantityName;
  readonly scale: InsideScale;
  readonly level: number;
  readonly opacity: number;
  readonly rotation: Rotation;
  readonly zoom: number;
  crosshair(solid: Solid): Triple;
}

/** Edge of the picture in 3-D and of a cut, the room between, and how many pixels of the former stand in each unit of it. */
const [edge, cut, gap, density] = [420, 120, 18, 3] as const;
const ink = '#16191d';
/** As in the light theme. */
const [inner, line] = [
  [176, 184, 194],
  [0, 168, 90],
] as const;

/** Crystals as they are turned, with their cuts, black on white. */
export async function crystalFigure(seen: CrystalsSeen): Promise<Figure> {
  const { sides, scale, quantity } = seen;
  const wide = edge + 2 * (cut + gap) + 28;
  const panels = await Promise.all(sides.map((side, n) => sidePanels(seen, side, 20 + n * wide)));
  const height = 60 + 3 * (cut + 24) + 66;
  return {
    width: 20 + sides.length * wide,
    height,
    title: seen.title,
    panels: panels.flat(),
    bar: {
      ...{ left: 60, top: height - 40, width: edge - 80, height: 10, title: insideText.bars[quantity] },
      colours: colourStops(insideColours(false)[scale.cyclic ? 'cyclic' : 'diverging']),
      labels: barTicks(scale),
    },
  };
}

async function sidePanels(
  seen: CrystalsSeen,
  { name, solid }: CrystalsSeen['sides'][number],
  left: number,
): Promise<FigurePanel[]> {
  const caption = insideText.caption(insideText.levelValue(seen.level.toFixed(2)));
  const picture = bodyPicture(seen, solid);
  const body: FigurePanel = {
    caption: name ? `${name}: ${caption}` : caption,
    ...{ left, top: 54, width: edge, height: edge },
    content: {
      image: picture.toDataURL('image/png'),
      ...{ columns: picture.width, rows: picture.height, smooth: true },
      seen: { x: 0, y: 0, width: picture.width, height: picture.height },
    },
  };
  const field = solid.fields[seen.quantity] ?? solid.fields.phase;
  const kinds = [
    { what: insideText.amplitude, field: solid.modulus, colours: { table: lookupTable('viridis'), scale: null } },
    {
      what: insideText.quantities[seen.quantity],
      field,
      colours: { table: insideColours(false)[seen.scale.cyclic ? 'cyclic' : 'diverging'], scale: seen.scale },
    },
  ];
  const at = seen.crosshair(solid);
  const cuts = kinds.flatMap(({ what, field: values, colours }, column) =>
    planes.map(async (plane, row): Promise<FigurePanel> => {
      const [columns, rows] = [solid.shape[plane.right], solid.shape[plane.up]];
      const [right, up] = [bodyWindow(solid, plane.right), bodyWindow(solid, plane.up)];
      const painter = new Painter(columns, rows);
      const { shape, fields } = solid;
      paintBodyCut({ shape, field: values, body: fields.phase }, plane, at[plane.normal], colours, painter.words);
      painter.commit();
      const x = (at[plane.right] + 0.5 - right[0]) / (right[1] - right[0]);
      const y = (up[1] - at[plane.up] - 0.5) / (up[1] - up[0]);
      return {
        caption: `${what}, ${axisNames[plane.normal]} ${fromMiddle(solid, plane.normal, at[plane.normal])}`,
        left: left + edge + 14 + column * (cut + gap),
        top: 54 + row * (cut + 24),
        ...{ width: cut, height: cut },
        marks: [
          {
            points: [
              [x - 0.06, y],
              [x + 0.06, y],
            ],
          },
          {
            points: [
              [x, y - 0.06],
              [x, y + 0.06],
            ],
          },
        ],
        content: {
          image: await addressOf(painter.canvas),
          ...{ columns, rows },
          seen: { x: right[0], y: rows - up[1], width: right[1] - right[0], height: up[1] - up[0] },
        },
      };
    }),
  );
  return [body, ...(await Promise.all(cuts))];
}

function bodyPicture(seen: CrystalsSeen, solid: Solid): HTMLCanvasElement {
  const { scale, level, opacity, rotation, zoom } = seen;
  const surface = bodySurface(solid, level);
  const canvas = document.createElement('canvas');
  // Laid out in the figure's units, with as many pixels as print wants, whatever the screen has.
  const side = (edge * density) / window.devicePixelRatio;
  const context = clearedContext(canvas, side, side);
  context.scale(side / edge, side / edge);
  const { centre, reach } = solid.bounds;
  drawBodyScene(context, edge, edge, softwareStage(), density, {
    body: {
      ...{ surface, opacity, centre, inner, line, cyclic: scale.cyclic, lines: bodyLines(solid) },
      tints: solidTints(surface, solid, solid.fields[seen.quantity] ?? solid.fields.phase, scale),
      colours: insideColours(false)[scale.cyclic ? 'cyclic' : 'diverging'],
    },
    ...{ rotation, zoom, reach: reach + 1, q: solid.q, qName: insideText.q, axes: bodyAxes, crosshair: null },
    ...scaleUnit(solid),
    ...{ ink, ground: '#ffffff', crosshairInk: '#ffffff', font: '11px "DejaVu Sans", Arial, sans-serif' },
  });
  return canvas;
}
