import { add, dot, norm, scale, type Vec3 } from '@core/math/vector';
import { alignTo, type Complex } from './align';
import { bodyOf } from './body';
import { characterOf, type Character } from './character';
import type { CubeFft } from './fft';
import { countOf } from './grid';
import { extentOf, vortexLines, type VortexLine } from './lines';
import { erode } from './morphology';
import type { Likelihood, Retrieved } from './retrieve';
import { phaseField, type PhaseField } from './strain';

/** Of the body's size: a line that is shorter is no dislocation through it. */
const LONG = 0.2;
/** Voxels below the surface where lines are sought: above, the modulus is that of the surface's roughness. */
const BELOW = 2;
/** What overlaps with the best start by less found something else. */
const SAME = 0.8;
/** A start that explains what it was not told worse than the best by this factor has not got there, */
const NEARLY = 1.35;
/** nor has one that is worse by this factor, where so many others are better: what shows only where less is explained is not there. */
const CLOSE = 1.15;
const HEARD = 3;
/** Nothing is believed that leaves more than this of the amplitude unexplained. */
const UNEXPLAINED = 0.35;
/** Of the starts that count so many must agree, or nothing is said, */
const MAJORITY = 0.6;
/**
 * and of all starts so many for a line: random phases get stuck in lines, and a dislocation that is there comes in every start. Of 50 that were
 * found in raw scans each was shown by four of five at least, of two lines that were not there one by three.
 */
const FOR_LINE = 0.7;
/** Voxels between lines that run side by side: one of as many turns, seen apart. */
const TOGETHER = 4;

export interface InsideLine {
  readonly line: VortexLine;
  /** Extent over the body's size. */
  readonly length: number;
  /** Unit vector, to the side of Q that is positive. */
  readonly direction: Vec3;
  readonly angleToQDeg: number;
  /** Turns of the phase about that direction, right-handed. */
  readonly winding: number;
}

/** What several retrievals of one pattern say together. */
export interface Inside {
  readonly says: 'line' | 'none' | 'undecided';
  /** Why it is undecided. */
  readonly reason?: 'unexplained' | 'disagree';
  readonly starts: number;
  /** Those that show a line where all together do, or none where they do not. */
  readonly agreeing: number;
  /** Of the best. */
  readonly freeError: number;
  readonly likelihood: Likelihood;
  /** Of the kernel that blurs the pattern, by the best, along each axis, voxels^2. */
  readonly blurVariance: number;
  /** Mean of those that agree, laid onto each other. */
  readonly object: Complex;
  readonly body: Uint8Array;
  /** Cube root of the body's volume, voxels. */
  readonly sizeVoxels: number;
  readonly field: PhaseField;
  /** The longest first. */
  readonly lines: readonly InsideLine[];
  readonly character: Character | null;
}

/** What is known of the crystal and its reflection. */
export interface Known {
  /** Unit vector along Q in the volume's axes. */
  readonly q: Vec3;
  readonly hkl: Vec3 | null;
}

/**
 * Looks into a crystal by several retrievals of its pattern.
 * @param starts at least one, of one pattern
 * @param fft from `createRetrievalMemory`, of the starts' size: its cubes, which are spent
 */
export function lookInside(starts: readonly Retrieved[], known: Known, fft: CubeFft): Inside {
  const sorted = [...starts].sort((a, b) => a.farError - b.farError);
  const best = sorted[0]!;
  const views = sorted.map((start, place) => {
    const { re, im, overlap } = start === best ? { ...best, overlap: 1 } : alignTo(best, start, fft);
    const near = start.farError <= (place < HEARD ? NEARLY : CLOSE) * best.farError;
    return { re, im, overlap, near, long: showsLine(start, known.q, fft) };
  });
  const near = views.filter((view) => view.near);
  const same = near.filter(({ overlap }) => overlap >= SAME);
  const { object, body, lines } = handed(meanOf(same), known.q, fft);
  const agreeWith = (some: typeof views): number => some.filter(({ long }) => long === lines.length > 0).length;
  const agreeing = agreeWith(views);
  const heard =
    agreeWith(near) >= MAJORITY * near.length && (lines.length === 0 || agreeing >= FOR_LINE * starts.length);
  const reason = best.freeError >= UNEXPLAINED ? 'unexplained' : heard ? undefined : 'disagree';
  const says = reason ? 'undecided' : lines.length > 0 ? 'line' : 'none';
  const [longest] = lines;
  return {
    says,
    ...(reason && { reason }),
    starts: starts.length,
    agreeing,
    freeError: best.freeError,
    likelihood: best.likelihood,
    blurVariance: best.blurVariance,
    object,
    body,
    sizeVoxels: Math.cbrt(countOf(body)),
    field: phaseField(object, body, fft.size),
    lines,
    character:
      says === 'line' && longest ? characterOf(known.hkl, longest.angleToQDeg, Math.abs(longest.winding)) : null,
  };
}

function meanOf(objects: readonly Complex[]): Complex {
  const mean = (part: 're' | 'im'): Float32Array =>
    objects[0]![part].map((_, v) => objects.reduce((sum, object) => sum + object[part][v]!, 0) / objects.length);
  return objects.length === 1 ? objects[0]! : { re: mean('re'), im: mean('im') };
}

/** Whether a start shows a line; asked of each once, however often those that there are so far are laid onto each other. */
function showsLine(start: Retrieved, q: Vec3, fft: CubeFft): boolean {
  const before = shown.get(start);
  if (before !== undefined) return before;
  const shows = longLines(start, q, fft).lines.length > 0;
  shown.set(start, shows);
  return shows;
}
const shown = new WeakMap<Retrieved, boolean>();

interface Seen {
  readonly object: Complex;
  readonly body: Uint8Array;
  readonly lines: InsideLine[];
}

/** Of an object and its twin the one whose longest line turns right-handed about Q: the pattern does not tell them apart. */
function handed(object: Complex, q: Vec3, fft: CubeFft): Seen {
  const seen = longLines(object, q, fft);
  if ((seen.lines[0]?.winding ?? 1) > 0) return { object, ...seen };
  const twin = twinOf(object, fft.size);
  return { object: twin, ...longLines(twin, q, fft) };
}

/** o*(-r), about the middle voxel. */
export function twinOf({ re, im }: Complex, size: number): Complex {
  const out = { re: new Float32Array(re.length), im: new Float32Array(im.length) };
  const mirrored = (x: number): number => (size - x) % size;
  for (let i = 0, v = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++, v++) {
        const from = (mirrored(i) * size + mirrored(j)) * size + mirrored(k);
        out.re[v] = re[from]!;
        out.im[v] = -im[from]!;
      }
    }
  }
  return out;
}

/** The body of an object and the lines in it that are long enough to be dislocations. */
function longLines(object: Complex, q: Vec3, fft: CubeFft): { body: Uint8Array; lines: InsideLine[] } {
  const { size } = fft;
  const shape = [size, size, size] as const;
  const body = bodyOf(object, fft);
  let inner = body;
  for (let n = 0; n < BELOW; n++) inner = erode(inner, shape);
  const edge = Math.cbrt(countOf(body));
  const lines = vortexLines(object.re, object.im, inner, size)
    .filter(({ points }) => points.length > 1)
    .map((line): InsideLine => {
      const { length, direction } = extentOf(line);
      const along = dot(direction, q);
      return {
        line,
        length: length / edge,
        direction: scale(direction, along < 0 ? -1 : 1),
        angleToQDeg: (180 / Math.PI) * Math.acos(Math.min(1, Math.abs(along))),
        winding: along < 0 ? -1 : 1,
      };
    })
    .filter(({ length }) => length > LONG)
    .sort((a, b) => b.length - a.length);
  return { body, lines: together(lines) };
}

const middleOf = ({ line: { points } }: InsideLine): Vec3 => scale(points.reduce(add), 1 / points.length);

/** Lines that run side by side the same way count as one of as many turns. */
function together(lines: readonly InsideLine[]): InsideLine[] {
  const out: InsideLine[] = [];
  for (const line of lines) {
    const beside = out.findIndex((other) => {
      const from = add(middleOf(line), scale(middleOf(other), -1));
      const apart = add(from, scale(other.direction, -dot(from, other.direction)));
      return (
        Math.sign(other.winding) === Math.sign(line.winding) &&
        Math.abs(dot(other.direction, line.direction)) > 0.8 &&
        norm(apart) < TOGETHER
      );
    });
    if (beside < 0) out.push(line);
    else out[beside] = { ...out[beside]!, winding: out[beside]!.winding + line.winding };
  }
  return out;
}
