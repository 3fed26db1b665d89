import type { FormatName } from '@contract/scan';

/** What a path is, as a directory listing tells without opening it. */
export type PathKind = 'file' | 'folder';

/** What there is to know of a format before a file is opened. */
interface Format {
  readonly name: FormatName;
  /**
   * Its sources, by name alone. A source in or below the folder of one of a later line tells of the same scans, and wins.
   */
  readonly matches: readonly {
    readonly kind: PathKind;
    readonly name: RegExp;
    /** What has to lie beside it, where its name alone says too little. */
    readonly beside?: (name: string, names: readonly string[]) => boolean;
  }[];
  /** What in its files tells the end of a scan; null where nothing does: a scan has ended once its file rests. */
  readonly endMarker: string | null;
  /** What else its scans consist of, by the path: never a source of it, and no stranger where there are sources. */
  readonly rest: RegExp | null;
}

/** What an image is called. */
export const imageFile = /\.(tiff?|edf)(\.gz)?$/i;

const formats: readonly Format[] = [
  {
    name: 'spec-tiff',
    matches: [
      { kind: 'folder', name: /_S\d{4,}$/ },
      { kind: 'file', name: /\.spec$/i },
    ],
    endMarker: 'the next #S line, or as many rows as the command asked for',
    // Frames and corrections lie in folders of any name; the scans themselves say where one is missing.
    rest: /\.(tiff?|edf)(\.gz)?$|(^|[\\/.])geometry\.json$/i,
  },
  { name: 'cxi', matches: [{ kind: 'file', name: /\.cxi$/i }], endMarker: null, rest: null },
  {
    name: 'npz',
    matches: [{ kind: 'file', name: /\.np[yz]$/i }],
    endMarker: null,
    // The mask of a stack, and bcdi's axes of a gridded volume, in files of their own.
    rest: /(^|[\\/_-])mask(pynx)?([_.-][^\\/]*)?\.np[yz]$|QxQzQy[^\\/]*\.npz$/i,
  },
  {
    name: 'mat',
    matches: [{ kind: 'file', name: /\.mat$/i }],
    endMarker: null,
    rest: /(^|[\\/_-])mask([_.-][^\\/]*)?\.mat$/i,
  },
  {
    name: 'tiff',
    matches: [
      // A stack of images in one file, which records nothing else.
      {
        kind: 'file',
        name: imageFile,
        beside: (name, names) => names.includes(name.replace(imageFile, '.geometry.json')),
      },
      // A folder of images: the geometry file in it, or the one that has the folder's name, stands for them.
      {
        kind: 'file',
        name: /^geometry\.json$/i,
        beside: (_, names) =>
          names.some((other) => imageFile.test(other)) &&
          names.every((other) => (claimOf(other, 'file')?.format ?? 'tiff') === 'tiff'),
      },
      {
        kind: 'file',
        name: /.\.geometry\.json$/i,
        beside: (name, names) => names.includes(name.replace(/\.geometry\.json$/i, '')),
      },
    ],
    endMarker: null,
    rest: imageFile,
  },
  {
    name: 'fio',
    matches: [{ kind: 'file', name: /\.fio$/i }],
    endMarker: 'the line "Acquisition ended", or as many points as the command asked for',
    // The Eiger's master in a folder beside it, and its data files.
    rest: /_(master|data_\d+)\.h5$/i,
  },
  {
    // By its first bytes alone (`recognise.ts`): other programs' .dat files are many.
    name: 'srs',
    matches: [],
    endMarker: 'as many points as the command asked for',
    rest: /-files[\\/][^\\/]+\.(tiff?|cbf|hdf5?|h5)$/i,
  },
  {
    // HDF5 of any layout: which one is told by what is in the file (`hdf5.ts`), and each has its own end marker.
    name: 'hdf5',
    matches: [{ kind: 'file', name: /\.(h5|hdf5|hdf|nxs|nx5|nexus)$/i }],
    endMarker: "its layout's: end_time of BLISS and NeXus",
    // Lima's own frame files (`mpx1x4_0000.h5`) in a `scan0001` folder belong to the master above them, and a Dectris detector's
    // (`align_00012_data_000001.h5`) to the one beside them.
    rest: /[\\/]scan\d{4,}[\\/][^\\/]+\.(h5|hdf5)$|_data_\d{6}\.h5$/i,
  },
];

/** Asked several times of each entry of a folder that may hold a hundred thousand. */
function last(path: string): string {
  let end = path.length;
  while (end > 0 && isSlash(path[end - 1])) end--;
  let begin = end;
  while (begin > 0 && !isSlash(path[begin - 1])) begin--;
  return path.slice(begin, end);
}
const isSlash = (letter: string | undefined): boolean => letter === '/' || letter === '\\';

/** Results: behind the scan's name six characters of its id, with a letter among them; the whole id where that was taken, and alone in homes of before. */
const ownResult = /((?:^|-)[0-9a-f]{20}|-(?=\d*[a-f])[0-9a-f]{6})\.nxs$/;

/** Whether a file is named as this program names a scan's result: never a scan, however often one looks. */
export const isOwnResult = (path: string): boolean => ownResult.test(last(path));

/** What a scan's own geometry file is called: `<name>.geometry.json`, with its ending or without. */
export const geometryNames = (name: string): readonly string[] => [
  `${name.replace(/(?<=.)\.[^.\\/]*$/, '')}.geometry.json`,
  `${name}.geometry.json`,
];

const temporary = (name: string): boolean => /^[.~]/.test(name) || /\.(tmp|part|swp)$/i.test(name);

/** A format that a path could hold, and by which line of its matches. */
export interface Claim {
  readonly format: FormatName;
  readonly line: number;
}

/**
 * The format that a path could hold, from its name alone; hidden and temporary files hold none.
 * No file is opened and h5wasm is not loaded, so that the watching process can ask.
 * @param names what lies in its folder; left out of a path that somebody names outright
 */
export function claimOf(path: string, kind: PathKind, names?: readonly string[]): Claim | undefined {
  const name = last(path);
  if (temporary(name) || ownResult.test(name)) return undefined;
  for (const { name: format, matches, rest } of formats) {
    const line = matches.findIndex(
      (each) => each.kind === kind && each.name.test(name) && (!names || (each.beside?.(name, names) ?? true)),
    );
    // What its neighbours make a source competes with no other line.
    if (matches[line]?.beside) return { format, line: 0 };
    if (line < 0) continue;
    // A geometry file of its own says that it is a scan, whatever its name tells of masks. Asked last: a folder may hold thousands of names.
    if (!rest?.test(path) || geometryNames(name).some((own) => names?.includes(own))) return { format, line };
  }
  return undefined;
}

/** Whether nothing in files of a format tells the end of a scan, so that it has ended once its file rests. */
export const isUnmarked = (format: FormatName): boolean =>
  formats.find(({ name }) => name === format)?.endMarker === null;

/** Whether a file is part of a format's scans without being a source of them. */
export const belongsTo = (path: string, format: FormatName): boolean =>
  formats.find(({ name }) => name === format)?.rest?.test(path) ?? false;

/** Whether a file is told of where a folder holds no scan at all: not what is on its way, what is ours, or the geometry of others. */
export const isTold = (path: string): boolean =>
  !temporary(last(path)) && !ownResult.test(last(path)) && !/(^|\.)geometry\.json$/i.test(last(path));

/** What detectors and beamlines write that no reader claims: whoever watches such a folder waits in vain unless told. */
const strange = /\.(nx|he5|cbf|(edf|tiff?)(\.gz)?)$/i;
/** Whether a file that no reader claims looks as if it held frames all the same, from its name alone. */
export function looksLikeFrames(path: string): boolean {
  const name = last(path);
  return strange.test(name) && !temporary(name) && !ownResult.test(name);
}
