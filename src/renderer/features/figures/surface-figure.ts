import type { Rotation } from '@renderer/drawing/crystal/camera';
import { intensity } from '@renderer/format';
import { parseColour } from '@renderer/drawing/slices/colour-map';
import { barEnds, barLabels, dropColour } from '@renderer/drawing/slices/occlusion-map';
import { clearedContext } from '@renderer/drawing/slices/painter';
import type { PreparedVolume } from '@renderer/drawing/slices/volume';
import { logField, nothing, reachOf } from '@renderer/drawing/surface/field';
import { levelsOf } from '@renderer/drawing/surface/level';
import { surfaceNets } from '@renderer/drawing/surface/nets';
import { shadesOf } from '@renderer/drawing/surface/raster';
import { centreOf, createStage, drawScene } from '@renderer/drawing/surface/scene';
import { tintedShades, tintsOf } from '@renderer/drawing/surface/tint';
import { text } from '@renderer/ui/words';
import { figuresText } from './words';
import type { SurfaceTint } from '@renderer/shell/state/surface-tint';
import type { ColourScale, Figure } from '@renderer/drawing/figure/svg';

/** What the screen shows of a peak's surface, to be printed. */
export interface SurfaceSeen {
  readonly title: string;
  readonly volume: PreparedVolume;
  /** log10 of the intensity relative to the maximum. */
  readonly level: number;
  readonly rotation: Rotation;
  readonly zoom: number;
  /** What colours it; null: nothing does. */
  readonly tint: SurfaceTint | null;
}

/** Edge of the picture, and how many pixels stand in each unit of it. */
const edge = 480;
const density = 3;
const ink = '#16191d';
const plain = parseColour('#0b5fa5');
const neutral = parseColour('#8b949f');

function tintScale({ occlusion, opacity, title }: SurfaceTint, top: number): ColourScale {
  const [low, high] = barEnds(occlusion);
  return {
    left: 60,
    top,
    width: edge - 80,
    height: 10,
    title,
    colours: Array.from({ length: 64 }, (_, n) => {
      const [red, green, blue, alpha] = dropColour((low + (n / 63) * (high - low)) / occlusion.most);
      const cover = (alpha / 255) * opacity;
      const mixed = [red, green, blue].map((over, i) => Math.round(neutral[i]! + (over - neutral[i]!) * cover));
      return `rgb(${mixed.join()})`;
    }),
    labels: barLabels(occlusion, 0.07),
  };
}

/** The iso-surface as it is turned, black on white. */
export function surfaceFigure(seen: SurfaceSeen): Figure {
  const { volume, tint, rotation, zoom } = seen;
  const field = logField(volume);
  const { level } = levelsOf(volume, seen.level);
  const surface = surfaceNets(field.values, field.shape, level, nothing);
  const reach = reachOf(field, level, centreOf(field)) || Math.max(...field.shape) / 2;
  const canvas = document.createElement('canvas');
  const screen = window.devicePixelRatio;
  // Laid out in the figure's units, with as many pixels as print wants, whatever the screen has.
  const side = (edge * density) / screen;
  const context = clearedContext(canvas, side, side);
  context.scale(side / edge, side / edge);
  const axes = text.axesShort[volume.frameName];
  drawScene(context, edge, edge, createStage(edge, edge, density), {
    ...{ surface, field, rotation, zoom, reach, ink, voxel: volume.voxel, unit: text.unit },
    shades: tint ? tintedShades(neutral, tint.opacity) : shadesOf(plain),
    tints: tint ? tintsOf(surface, field, tint.occlusion) : undefined,
    axes: [
      [[1, 0, 0], axes[0]],
      [[0, 1, 0], axes[1]],
      [[0, 0, 1], axes[2]],
    ],
    font: '11px "DejaVu Sans", Arial, sans-serif',
  });
  const pixels = canvas.width;
  return {
    width: edge + 40,
    height: edge + (tint ? 130 : 70),
    title: seen.title,
    panels: [
      {
        caption: figuresText.surface.caption(figuresText.surface.of(intensity(10 ** level))),
        ...{ left: 20, top: 54, width: edge, height: edge },
        content: {
          image: canvas.toDataURL('image/png'),
          ...{ columns: pixels, rows: pixels, smooth: true },
          seen: { x: 0, y: 0, width: pixels, height: pixels },
        },
      },
    ],
    ...(tint && { bar: tintScale(tint, edge + 88) }),
  };
}
