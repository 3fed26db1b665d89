import { basename, dirname, extname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { imageInfo } from '../image';
import { entries, frameFiles, type FrameFiles } from './frames';
import type { SpecScan } from './scan';

/** The images of a scan whose SPEC file says where they are, in no folder of the scan's own. */
export interface NamedImages extends FrameFiles {
  /** What the file calls the detector. */
  readonly detector: string | undefined;
  /** The folder that they had at the beamline, name by name. */
  readonly folder: readonly string[];
}

/** A series as a scan's lines name it: `/data/id01/align/data_mpx4_00001.edf.gz`. */
interface Naming {
  readonly detector: string | undefined;
  readonly folder: readonly string[];
  readonly prefix: string;
  /** The number in the first image's name. */
  readonly first: number | undefined;
  /** An image's name by its number. */
  readonly nameOf: (number: number) => string;
}

/** Columns of image numbers: `mpx4inr`, `ei2minr`, `mpx22ir`, `ccd_n`, of fast scans `imgnr`, at BM02 `img`. */
const numberColumn = /^(.*?)_?(?:inr|ir|nr)$|^ccd_n$|^img$/i;
const imageName = /^(.*?)(\d{1,9})(\.(?:edf|tiff?)(?:\.gz)?)$/i;
/** Folders that a beamline puts images into, beside the SPEC file or above it. */
const NEARBY = 2;

const parts = (path: string): string[] => path.split(/[\\/]/).filter((part) => part !== '');

function byPath(path: string, detector: string | undefined): Naming[] {
  const found = imageName.exec(parts(path).at(-1) ?? '');
  if (!found) return [];
  const [, prefix = '', digits = '', suffix = ''] = found;
  return [naming(detector, parts(path).slice(0, -1), prefix, digits.length, suffix, Number(digits))];
}

const naming = (
  detector: string | undefined,
  folder: readonly string[],
  prefix: string,
  digits: number,
  suffix: string,
  first: number | undefined,
): Naming => ({
  detector,
  folder,
  prefix,
  first,
  nameOf: (number) => `${prefix}${String(number).padStart(digits, '0')}${suffix}`,
});

const fastScan =
  /^#C imageFile dir\[(.*?)\] prefix\[(.*?)\] idxFmt\[%0?(\d*)d\](?: nextNr\[(\d+)\])?.*? suffix\[(.*?)\]/gm;

/**
 * `#C imageFile dir[] prefix[] ...` of ID01's fast scans, which stands in the scan itself, and `#ULIMA_<detector> <first image>` of its
 * Lima detectors, which may stand in the file's header.
 */
function namings(scan: string, header: string): Naming[] {
  const lima = [scan, header].flatMap((text) =>
    [...text.matchAll(/^#ULIMA_(\S+)[ \t]+(\S+)/gm)].flatMap(([, detector, path = '']) => byPath(path, detector)),
  );
  const fast = [...scan.matchAll(fastScan)].map(([, folder = '', prefix = '', digits, first, suffix = '']) => {
    const detector = lima.find((other) => other.prefix === prefix)?.detector;
    return naming(
      detector,
      parts(folder),
      prefix,
      Number(digits),
      suffix,
      first === undefined ? undefined : Number(first),
    );
  });
  return [...fast, ...lima];
}

/** Numbers of a scan's images, and the detector that the column's name says. */
function numbersOf(scan: SpecScan): { detector: string; numbers: readonly number[] } | undefined {
  for (const label of scan.columns) {
    const match = numberColumn.exec(label);
    const numbers = match ? Array.from(scan.column(label) ?? []) : [];
    // A detector that takes no part has the number of its last image in every row.
    const counted = numbers.every((n, i) => Number.isInteger(n) && n >= 0 && (i === 0 || n > numbers[i - 1]!));
    if (match && counted && numbers.length > 0)
      return { detector: /^img$/i.test(match[1] ?? '') ? '' : (match[1] ?? ''), numbers };
  }
  return undefined;
}

/** `ei2m` of a column is `eiger2M` of a series. */
function ofDetector({ detector = '' }: Naming, column: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/^eiger/, 'ei');
  return column !== '' && plain(detector) === plain(column);
}

/** A folder's images by prefix and number. One that was compressed since is the same image. */
type Shelf = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** What lies in the folders about a SPEC file, each looked at once. */
export interface Shelves {
  in(folder: string): Shelf;
}

export function createShelves(): Shelves {
  const known = new Map<string, Shelf>();
  const read = (folder: string): Shelf => {
    const shelf = new Map<string, Map<number, string>>();
    for (const name of entries(folder)) {
      const [, prefix, digits] = imageName.exec(name) ?? [];
      if (prefix === undefined) continue;
      const series = shelf.get(prefix) ?? new Map<number, string>();
      series.set(Number(digits), join(folder, name));
      shelf.set(prefix, series);
    }
    return shelf;
  };
  return {
    in(folder) {
      const found = known.get(folder) ?? read(folder);
      known.set(folder, found);
      return found;
    },
  };
}

/** The SPEC file's own folder and those above it. */
function above(spec: string): string[] {
  const folders = [dirname(spec)];
  for (let i = 0; i < NEARBY; i++) folders.push(dirname(folders.at(-1)!));
  return [...new Set(folders)];
}

/** Where a folder that was recorded at the beamline may lie now: its last names below the SPEC file's folder or one above. */
function placesOf(spec: string, folder: readonly string[]): string[] {
  const stem = basename(spec, extname(spec));
  const tails = folder.map((_, i) => folder.slice(i)).filter(({ length }) => length <= 4);
  const recorded = join('/', ...folder);
  const moved = above(spec).flatMap((base) => [
    ...tails.map((tail) => join(base, ...tail)),
    base,
    join(base, 'images', stem),
  ]);
  return [...new Set([recorded, ...moved])];
}

/** Folders beside a SPEC file, for images of which nothing says where they are. */
function nearby(spec: string): string[] {
  const stem = basename(spec, extname(spec));
  const own = dirname(spec);
  const below = entries(own)
    .filter((name) => !name.includes('.'))
    .map((name) => join(own, name));
  return [own, join(own, 'images', stem), ...below];
}

/** A file that holds many frames: the fast scans' one. */
function isStack(path: string): boolean {
  try {
    return imageInfo(path).pages > 1;
  } catch (error) {
    if (error instanceof BraggwatchError) return false;
    throw error;
  }
}

/** HEPS and BSRF keep a scan's images in `images/<sample>/S012`, whatever they are called. */
function inOwnFolder(spec: string, number: number): NamedImages | undefined {
  const own = `S${String(number).padStart(3, '0')}`;
  const stem = basename(spec, extname(spec));
  const places = above(spec).flatMap((base) => [join(base, 'images', stem, own), join(base, stem, own)]);
  const found = places.map(frameFiles).find(({ paths }) => paths.length > 0);
  return found && { ...found, first: 0, detector: undefined, folder: [] };
}

/**
 * The images of a scan in the order of its points, up to the first that is not there; undefined where nothing in it tells of images.
 * @param text the scan's lines; those of its file's header
 */
export function findImages(
  spec: string,
  scan: SpecScan,
  [text, header]: readonly [string, string],
  shelves: Shelves,
): NamedImages | undefined {
  const counted = numbersOf(scan);
  const named = namings(text, header);
  const told = named.find((one) => ofDetector(one, counted?.detector ?? '')) ?? named[0];
  const start = told?.first;
  const numbers =
    counted?.numbers ?? (start === undefined ? [] : Array.from({ length: scan.rows }, (_, i) => start + i));
  if (numbers.length === 0) return inOwnFolder(spec, scan.number);
  const series = told
    ? placesOf(spec, told.folder).map((place) => shelves.in(place).get(told.prefix))
    : nearby(spec).flatMap((place) => [...shelves.in(place).values()]);
  const share = (found: ReadonlyMap<number, string> | undefined): number =>
    numbers.filter((number) => found?.has(number)).length + Number(start !== undefined && (found?.has(start) ?? false));
  const best = series.reduce((most, one) => (share(one) > share(most) ? one : most), series[0]);
  const first = start === undefined ? undefined : best?.get(start);
  const common = { first: 0, detector: told?.detector ?? (counted?.detector || undefined), folder: told?.folder ?? [] };
  if (first !== undefined && scan.rows > 1 && isStack(first)) return { ...common, paths: [first], missing: undefined };
  const there = numbers.map((number) => best?.get(number));
  const gap = there.indexOf(undefined);
  const paths = there.slice(0, gap < 0 ? undefined : gap).filter((path) => path !== undefined);
  // What lacks at the end of a scan may still come; a gap, or all of them, is to be named.
  const lost =
    gap < 0 || (there.findLastIndex((path) => path !== undefined) < gap && gap > 0) ? undefined : numbers[gap];
  const folder = paths[0] === undefined ? join('/', ...common.folder) : dirname(paths[0]);
  const name = (number: number): string =>
    told ? join(folder, told.nameOf(number)) : `image ${number} beside ${spec}`;
  return { ...common, paths, missing: lost === undefined || (gap === 0 && !scan.ended) ? undefined : name(lost) };
}
