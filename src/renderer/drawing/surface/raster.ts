import type { Rotation } from '@renderer/drawing/crystal/camera';
import type { Target } from '@renderer/drawing/crystal/raster';
import { packColours } from '@renderer/drawing/slices/colour-map';
import type { Surface } from './nets';

// Drawn on the processor, like the crystal's atoms: over ssh and in control rooms WebGL is emulated, and slower than this.

/** What is drawn, and how. */
export interface SurfaceDrawing {
  readonly surface: Surface;
  /** Centre of rotation, in the surface's own units. */
  readonly centre: readonly [number, number, number];
  readonly rotation: Rotation;
  /** Pixels per unit. */
  readonly scale: number;
  /** Packed colours from the dark side to the lit one; a row of them for each tint. */
  readonly shades: Uint32Array;
  /** Tint of each vertex: a row of the shades, the first for all when left out. */
  readonly tints?: Uint8Array | undefined;
  /** So many tints are a circle, as angles are: the first follows the last. */
  readonly cycle?: number | undefined;
  /** Which side is seen: the near one, which hides all behind it, or the far one, from within. Near where left out. */
  readonly side?: 'near' | 'far';
}

/** Steps from dark to lit; a smooth surface shows fewer as bands. */
const steps = 64;
/** Light from the upper left, in front. */
export const light = [-0.42, 0.5, 0.76] as const;
/** What the side away from the light still gets, unless somebody says otherwise. */
const usualAmbient = 0.22;

/** A colour in all lights. @param ambient what the side away from the light still gets */
export function shadesOf([r, g, b]: readonly [number, number, number], ambient = usualAmbient): Uint32Array {
  return packColours(
    Array.from({ length: steps }, (_, n) => {
      const lit = ambient + ((1 - ambient) * n) / (steps - 1);
      return [r * lit, g * lit, b * lit] as const;
    }),
  );
}

/** Screen position, depth, light and tint of every vertex; kept from frame to frame. */
let turned = new Float32Array(0);
const numbers = 5;

/** Draws a closed surface: of the side that is seen the outermost wins, light varies smoothly over each triangle. */
export function drawSurface(target: Target, drawing: SurfaceDrawing): void {
  const { surface, centre, rotation, scale, tints, side = 'near' } = drawing;
  const { width, height, words, depth } = target;
  const facing = side === 'near' ? 1 : -1;
  const { positions, normals, triangles } = surface;
  const vertices = positions.length / 3;
  if (turned.length < numbers * vertices) turned = new Float32Array(numbers * vertices);
  const [a, b, c] = rotation;
  for (let v = 0, p = 0, o = 0; v < vertices; v++, p += 3, o += numbers) {
    const x = positions[p]! - centre[0];
    const y = positions[p + 1]! - centre[1];
    const z = positions[p + 2]! - centre[2];
    turned[o] = width / 2 + (a[0] * x + a[1] * y + a[2] * z) * scale;
    turned[o + 1] = height / 2 - (b[0] * x + b[1] * y + b[2] * z) * scale;
    turned[o + 2] = c[0] * x + c[1] * y + c[2] * z;
    const [nx, ny, nz] = [normals[p]!, normals[p + 1]!, normals[p + 2]!];
    const lit =
      facing *
      (light[0] * (a[0] * nx + a[1] * ny + a[2] * nz) +
        light[1] * (b[0] * nx + b[1] * ny + b[2] * nz) +
        light[2] * (c[0] * nx + c[1] * ny + c[2] * nz));
    turned[o + 3] = lit > 0 ? Math.min(1, lit) : 0;
    turned[o + 4] = tints?.[v] ?? 0;
  }
  words.fill(0);
  depth.fill(-facing * Infinity);
  for (let t = 0; t < triangles.length; t += 3) {
    const [i, j, k] = [numbers * triangles[t]!, numbers * triangles[t + 1]!, numbers * triangles[t + 2]!];
    fillTriangle(target, i, j, k, facing, drawing);
  }
}

function fillTriangle(
  { width, height, words, depth }: Target,
  a: number,
  b: number,
  c: number,
  facing: number,
  { shades, cycle = 0 }: SurfaceDrawing,
): void {
  const [ax, ay, bx, by, cx, cy] = [turned[a]!, turned[a + 1]!, turned[b]!, turned[b + 1]!, turned[c]!, turned[c + 1]!];
  // Rows run downwards, so what faces the viewer turns clockwise here; the far side of a closed surface is never seen.
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (facing * area >= 0) return;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  const [tintA, tintB, tintC] = roundCycle(turned[a + 4]!, turned[b + 4]!, turned[c + 4]!, cycle);
  for (let row = top; row <= bottom; row++) {
    const y = row + 0.5;
    for (let column = left; column <= right; column++) {
      const x = column + 0.5;
      const u = ((bx - x) * (cy - y) - (by - y) * (cx - x)) / area;
      const v = ((cx - x) * (ay - y) - (cy - y) * (ax - x)) / area;
      const w = 1 - u - v;
      // A hair's breadth over each edge: neighbours overlap rather than leave pinholes.
      if (u < -1e-4 || v < -1e-4 || w < -1e-4) continue;
      const z = u * turned[a + 2]! + v * turned[b + 2]! + w * turned[c + 2]!;
      const pixel = row * width + column;
      if (facing * z <= facing * depth[pixel]!) continue;
      depth[pixel] = z;
      const lit = u * turned[a + 3]! + v * turned[b + 3]! + w * turned[c + 3]!;
      let tint = Math.round(u * tintA + v * tintB + w * tintC);
      if (cycle > 0) tint %= cycle;
      words[pixel] = shades[tint * steps + Math.min(steps - 1, Math.max(0, Math.round(lit * (steps - 1))))]!;
    }
  }
}

/** Three tints on a circle, the lower ones a turn on where that brings them next to the others. */
function roundCycle(a: number, b: number, c: number, cycle: number): readonly [number, number, number] {
  const half = cycle / 2;
  if (Math.max(a, b, c) - Math.min(a, b, c) <= half || cycle === 0) return [a, b, c];
  return [a < half ? a + cycle : a, b < half ? b + cycle : b, c < half ? c + cycle : c];
}
