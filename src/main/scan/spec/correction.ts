import { readdirSync, type Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readImage } from '../image';
import type { TiffImage } from '../tiff';
import type { Counts } from '@main/files/counts';

/** Dark and white field of a scan, of the frames' size. */
export interface Correction {
  /** What each pixel's counts are to be multiplied by. */
  readonly flat: Float32Array;
  /** 1 where a pixel never counts. */
  readonly mask: Uint8Array;
  /** The files that were used; undefined where none fits. */
  readonly dark: string | undefined;
  readonly white: string | undefined;
}

/** First column, columns, first row, rows. */
export type Region = readonly [number, number, number, number];

interface Context {
  readonly folder: string;
  readonly detector: string | undefined;
  readonly date: Date | undefined;
  readonly frameShape: readonly [number, number];
  readonly region: Region | undefined;
}

const darkName = /dark/i;
const whiteName = /white|flat/i;
const MAX_DEPTH = 3;
const MAX_ENTRIES = 2000;
/** Pixels that counted more than this without beam are bad. */
const DARK_LIMIT = 1;
/** The pixels beside TIM2's seam between its upper chips count wrongly: rows and columns of the whole field [coh]. */
const SEAM: Readonly<Record<'rows' | 'cols', readonly [number, number]>> = { rows: [0, 255], cols: [255, 257] };

function tiffsIn(folder: string, depth: number): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true }).slice(0, MAX_ENTRIES);
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth > 0 ? tiffsIn(path, depth - 1) : [];
    return entry.isFile() && /\.tiff?(\.gz)?$/i.test(entry.name) ? [path] : [];
  });
}

/** Dark and white fields beside the scan: with its frames, in the folder above, or in a `detector_corrections` near them. */
function candidates({ folder, detector }: Context): string[] {
  const parent = dirname(folder);
  const places = [folder, parent].flatMap((place) => tiffsIn(place, 0));
  const kept = [parent, dirname(parent)].flatMap((place) => tiffsIn(join(place, 'detector_corrections'), MAX_DEPTH));
  const own = kept.filter((path) => detector !== undefined && path.includes(detector));
  return [...places, ...(own.length > 0 ? own : kept)].filter(
    (path) => darkName.test(basename(path)) || whiteName.test(basename(path)),
  );
}

/** The field in force: the one called current, else the latest run that is not later than the scan. */
function choose(paths: readonly string[], date: Date | undefined): string | undefined {
  const current = paths.find((path) => !/\d{8}/.test(basename(path)));
  const day = date ? date.getFullYear() * 10_000 + (date.getMonth() + 1) * 100 + date.getDate() : Infinity;
  const dated = paths
    .map((path) => ({ path, day: Number(/\d{8}/.exec(basename(path))?.[0]) }))
    .filter((field) => field.day <= day)
    .sort((a, b) => b.day - a.day);
  return current ?? dated[0]?.path;
}

/** The part of a field that the frames hold; undefined where it does not cover them. */
function cut(
  { shape, data }: { shape: readonly [number, number]; data: Counts | Float64Array },
  { frameShape, region }: Context,
): Float64Array | undefined {
  const [rows, cols] = frameShape;
  const whole = shape[0] === rows && shape[1] === cols;
  const [left, , top] = whole ? [0, 0, 0] : (region ?? [0, 0, 0, 0]);
  if (top + rows > shape[0] || left + cols > shape[1]) return undefined;
  const out = new Float64Array(rows * cols);
  for (let r = 0; r < rows; r++) {
    const start = (top + r) * shape[1] + left;
    out.set(data.subarray(start, start + cols), r * cols);
  }
  return out;
}

/** The white field with its bad pixels at 0: beside the seam, and three standard deviations below the mean [coh]. */
function cleanWhite(white: TiffImage): { shape: readonly [number, number]; data: Float64Array; mean: number } {
  const data = Float64Array.from(white.data, (value) => (Number.isFinite(value) && value > 0 ? value : 0));
  const [rows, cols] = white.shape;
  if (rows === 512 && cols === 512) {
    for (let r = SEAM.rows[0]; r < SEAM.rows[1]; r++) data.fill(0, r * cols + SEAM.cols[0], r * cols + SEAM.cols[1]);
  }
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const deviation = Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length);
  return { shape: white.shape, data: data.map((value) => (value < mean - 3 * deviation ? 0 : value)), mean };
}

/** Gives masked pixels the mean factor of those about them, so that what is filled in there is scaled alike. */
function fillMasked(flat: Float32Array, mask: Uint8Array, [rows, cols]: readonly [number, number]): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      if (mask[r * cols + c] === 0) continue;
      let sum = 0;
      let count = 0;
      for (let y = Math.max(0, r - 1); y <= Math.min(rows - 1, r + 1); y++) {
        for (let x = Math.max(0, c - 1); x <= Math.min(cols - 1, c + 1); x++) {
          if (mask[y * cols + x] !== 0) continue;
          sum += flat[y * cols + x]!;
          count++;
        }
      }
      flat[r * cols + c] = count > 0 ? sum / count : 1;
    }
  }
}

/**
 * The dark and white fields found beside a scan, cut to its frames, as cohere applies them at 34-ID-C
 * (FORMATS section 5): frame / white x mean(white), nothing where dark > 1 or white is bad.
 * @throws BraggwatchError scan-unreadable, scan-truncated for a damaged field
 */
export function findCorrection(context: Context): Correction {
  const [rows, cols] = context.frameShape;
  const flat = new Float32Array(rows * cols).fill(1);
  const mask = new Uint8Array(rows * cols);
  const found = candidates(context);
  const load = (name: RegExp): { path: string; image: TiffImage } | undefined => {
    const named = found.filter((file) => name.test(basename(file)));
    const path = choose(named, context.date);
    return path === undefined ? undefined : { path, image: readImage(path) };
  };
  const dark = load(darkName);
  const white = load(whiteName);
  const cleaned = white && cleanWhite(white.image);
  const darkCut = dark && cut(dark.image, context);
  const whiteCut = cleaned && cut(cleaned, context);
  for (let i = 0; i < flat.length; i++) {
    if (darkCut && darkCut[i]! > DARK_LIMIT) mask[i] = 1;
    if (!cleaned || !whiteCut) continue;
    if (whiteCut[i]! > 0) flat[i] = cleaned.mean / whiteCut[i]!;
    else mask[i] = 1;
  }
  fillMasked(flat, mask, context.frameShape);
  return { flat, mask, dark: darkCut && dark.path, white: whiteCut && white.path };
}
