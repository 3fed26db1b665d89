import type { AtomCloud } from './cloud';
import type { Rotation } from './camera';

// Draws tens of thousands of shaded spheres on the processor: each atom is a small disc with a depth per pixel, nearer ones win.
// No WebGL: over ssh and in control rooms it is emulated, and slower than this.

/** The picture and the depth of what is in it, one number per pixel; kept from frame to frame. */
export interface Target {
  readonly width: number;
  readonly height: number;
  /** Packed colours, transparent where nothing is. */
  readonly words: Uint32Array;
  readonly depth: Float32Array;
}

export const createTarget = (width: number, height: number, words: Uint32Array): Target => ({
  width,
  height,
  words,
  depth: new Float32Array(width * height),
});

/** What of the cloud is drawn, and how. */
export interface Drawing {
  readonly cloud: AtomCloud;
  readonly rotation: Rotation;
  /** Pixels per angstrom. */
  readonly scale: number;
  /** Atoms nearer to the viewer than this are taken away, angstrom from the centre. */
  readonly cutAt: number;
  /** Colour of each atom: an index of a palette, or one of these. */
  readonly paint: Uint16Array;
  /** Packed colours, {@link shades} of each palette index, dark to light. */
  readonly palette: Uint32Array;
  /** Colour of faint atoms. */
  readonly faint: Uint32Array;
}

/** Steps from an atom's dark rim to its lit side. */
export const shades = 24;

export const HIDDEN = 65535;
export const FAINT = 65534;

/** An atom's disc: offset, height above its centre in pixels, and shade of each pixel. */
interface Sprite {
  readonly dx: Int16Array;
  readonly dy: Int16Array;
  readonly rise: Float32Array;
  readonly shade: Uint8Array;
}

/** Light from the upper left, in front. */
const light = [-0.42, 0.5, 0.76] as const;

function sprite(radius: number): Sprite {
  const reach = Math.max(0, Math.ceil(radius - 0.5));
  const [dx, dy, rise, shade]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const r2 = (x * x + y * y) / Math.max(radius, 0.75) ** 2;
      if (r2 > 1) continue;
      const z = Math.sqrt(1 - r2);
      const lit = (x * light[0] - y * light[1]) / Math.max(radius, 0.75) + z * light[2];
      dx.push(x);
      dy.push(y);
      rise.push(z * radius);
      shade.push(Math.round((shades - 1) * Math.min(1, 0.3 + 0.72 * Math.max(0, lit))));
    }
  }
  return {
    dx: Int16Array.from(dx),
    dy: Int16Array.from(dy),
    rise: Float32Array.from(rise),
    shade: Uint8Array.from(shade),
  };
}

/** A faint atom: two by two pixels, behind everything. */
function drawDot({ width, height, words, depth }: Target, column: number, row: number, colour: number): void {
  if (column < 0 || row < 0 || column + 1 >= width || row + 1 >= height) return;
  const at = row * width + column;
  for (const pixel of [at, at + 1, at + width, at + width + 1]) if (depth[pixel] === -Infinity) words[pixel] = colour;
}

/** Farther atoms are this much darker at most. */
const fog = 0.25;

/** Draws the cloud over an emptied target. */
export function drawCloud(target: Target, drawing: Drawing): void {
  const { width, height, words, depth } = target;
  const { cloud, rotation, scale, cutAt, paint, palette, faint } = drawing;
  const [[a0, a1, a2], [b0, b1, b2], [c0, c1, c2]] = rotation;
  const { positions, count, spacing, radius } = cloud;
  words.fill(0);
  depth.fill(-Infinity);
  const disc = sprite((spacing / 2) * scale * 1.08);
  const pixels = disc.dx.length;
  for (let atom = 0, i = 0; atom < count; atom++, i += 3) {
    const colour = paint[atom]!;
    if (colour === HIDDEN) continue;
    const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!];
    const towards = c0 * x + c1 * y + c2 * z;
    if (towards > cutAt) continue;
    const column = Math.floor(width / 2 + (a0 * x + a1 * y + a2 * z) * scale);
    const row = Math.floor(height / 2 - (b0 * x + b1 * y + b2 * z) * scale);
    if (colour === FAINT) {
      drawDot(target, column, row, faint[towards > 0 ? 1 : 0]!);
      continue;
    }
    const dim = 1 - fog * (0.5 - towards / (2 * radius));
    const base = colour * shades;
    const near = towards * scale;
    for (let p = 0; p < pixels; p++) {
      const px = column + disc.dx[p]!;
      const py = row + disc.dy[p]!;
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = py * width + px;
      const above = near + disc.rise[p]!;
      if (above <= depth[at]!) continue;
      depth[at] = above;
      words[at] = palette[base + Math.floor(disc.shade[p]! * dim)]!;
    }
  }
}
