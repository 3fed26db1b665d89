import { levels } from '@renderer/drawing/slices/colour-map';
import { createTarget, type Target } from '@renderer/drawing/crystal/raster';
import { Painter } from '@renderer/drawing/slices/painter';
import { drawSurface, shadesOf } from '@renderer/drawing/surface/raster';
import { ambient, overLines, type Body, type BodyLook, type BodyStage } from './body';

/** Layers of a picture: the body's far side, what lies within, its near side. */
export interface Layers {
  readonly far: Target;
  readonly within: Target;
  readonly near: Target;
  /** Taken together. */
  readonly words: Uint32Array;
}

export function createLayers(width: number, height: number, words: Uint32Array): Layers {
  const layer = (): Target => createTarget(width, height, new Uint32Array(width * height));
  return { far: layer(), within: layer(), near: layer(), words };
}

/** Draws a body on the processor: no triangle is sorted, since of each side of it only the outermost is seen. */
export function drawBody(
  { far, within, near, words }: Layers,
  body: Body,
  { rotation, scale }: Pick<BodyLook, 'rotation' | 'scale'>,
): void {
  const { surface, tints, centre, opacity } = body;
  const look = { centre, rotation, scale };
  const cycle = body.cyclic ? levels : undefined;
  drawSurface(near, { ...look, surface, tints, cycle, shades: tableShades(body.colours) });
  if (opacity >= 1) return words.set(near.words);
  drawSurface(far, { ...look, surface, shades: plainShades(body.inner), side: 'far' });
  drawSurface(within, { ...look, surface: body.lines, shades: plainShades(body.line) });
  compose({ far, within, near, words }, opacity);
}

/** Lays the layers over each other, every pixel's colours by their opacity. */
function compose({ far, within, near, words }: Layers, opacity: number): void {
  const out = new Uint8Array(words.buffer, words.byteOffset, 4 * words.length);
  const [back, middle, front] = [far, within, near].map((layer) => new Uint8Array(layer.words.buffer)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  for (let pixel = 0, at = 0; pixel < words.length; pixel++, at += 4) {
    const [solid, body] = [middle[at + 3] !== 0, front[at + 3] !== 0];
    if (!solid && !body) {
      words[pixel] = 0;
      continue;
    }
    // A line's end may stand out of the surface.
    const before = solid && within.depth[pixel]! > near.depth[pixel]!;
    const over = !body || before ? 0 : solid ? overLines * opacity : opacity;
    const behind = solid ? 1 : back[at + 3] !== 0 ? opacity : 0;
    const under = solid ? middle : back;
    const alpha = over + behind * (1 - over);
    for (let n = 0; n < 3; n++)
      out[at + n] = (front[at + n]! * over + under[at + n]! * behind * (1 - over)) / (alpha || 1);
    out[at + 3] = 255 * alpha;
  }
}

const kept = new Map<unknown, Uint32Array>();
const keptMost = 32;

/** Made once for a table or colour: a picture has 256 x 64 shades. */
function remembered(key: unknown, make: () => Uint32Array): Uint32Array {
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= keptMost) kept.clear();
  const made = make();
  kept.set(key, made);
  return made;
}

const plainShades = (rgb: Body['inner']): Uint32Array => remembered(rgb.join(), () => shadesOf(rgb, ambient.plain));

const tableShades = (colours: Uint32Array): Uint32Array =>
  remembered(colours, () => {
    const bytes = new Uint8Array(colours.buffer, colours.byteOffset, colours.byteLength);
    const rows = Array.from({ length: colours.length }, (_, n) =>
      shadesOf([bytes[4 * n]!, bytes[4 * n + 1]!, bytes[4 * n + 2]!], ambient.scale),
    );
    return Uint32Array.from(rows.flatMap((row) => [...row]));
  });

/** A stage without a graphics card. */
export function softwareStage(): BodyStage {
  let painter: Painter | undefined;
  let layers: Layers | undefined;
  return {
    draw(body, look) {
      const { width, height } = look;
      if (painter?.canvas.width !== width || painter.canvas.height !== height || !layers) {
        painter = new Painter(width, height);
        layers = createLayers(width, height, painter.words);
      }
      drawBody(layers, body, look);
      painter.commit();
      return painter.canvas;
    },
    free: () => undefined,
  };
}
