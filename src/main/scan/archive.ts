import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { decodeMat, fromColumns, type MatArray } from '@main/files/mat';
import { fileBytes } from '@main/files/bytes';
import type { NpyArray } from '@main/files/npy';
import { heldArray, storedNpy, type StoredArray } from '@main/files/stored-array';
import { zipBytes, zipEntries, type ZipEntry } from '@main/files/zip';
import { openHdf5 } from '@main/hdf5/file';
import { isHdf5 } from '@main/hdf5/superblock';
import { isMaskName } from './named-masks';

/** Arrays by name in one file, C order: the counts' first axis is the frames'. */
export interface Archive {
  /** In the order of the file. */
  readonly names: readonly string[];
  /**
   * Undefined where there is no such array.
   * @throws BraggwatchError scan-unreadable, scan-truncated
   */
  get(name: string): NpyArray | undefined;
  /** The same, of which a part can be read. */
  stored(name: string): StoredArray | undefined;
}

const MATLAB_AXES = 3;
/** Of all variables together: they are read as a whole, and turned to C order. */
const MOST_MATLAB = 200e6;
const NPY = /\.npy$/;
const nameOf = ({ name }: ZipEntry): string => name.replace(NPY, '');

/** Arrays that MATLAB orders by columns; only where the scan has as many points as their first axis, that is the frames'. */
function columns(arrays: readonly MatArray[], points: number | undefined): Archive {
  const gridded = ['qx', 'qy', 'qz'].every((axis) => arrays.some(({ name }) => name === axis));
  // A gridded volume has no frames: its axes stay in their order.
  const framesFirst = ({ dims }: MatArray): boolean =>
    gridded || (dims.length === MATLAB_AXES && dims[0] === points && dims[2] !== points);
  return {
    names: arrays.map(({ name }) => name),
    ...heldOrStored((name) => {
      const found = arrays.find((array) => array.name === name);
      return found && heldArray(fromColumns(found, framesFirst(found)));
    }),
  };
}

/** Both ways to an array, which is looked for once. */
function heldOrStored(find: (name: string) => StoredArray | undefined): Pick<Archive, 'get' | 'stored'> {
  const found = new Map<string, StoredArray | undefined>();
  const stored = (name: string): StoredArray | undefined => {
    if (!found.has(name)) found.set(name, find(name));
    return found.get(name);
  };
  return { stored, get: (name) => stored(name)?.whole() };
}

/** MATLAB 7.3 keeps its variables in HDF5, behind a block of its own, with the axes in the other order. */
function modernMat(path: string): readonly MatArray[] {
  const file = openHdf5(path);
  try {
    let kept = 0;
    return file.keys('/').flatMap((name): MatArray[] => {
      const info = file.info(`/${name}`);
      if (!info?.numeric || info.shape.length < 1) return [];
      const dims = info.shape.toReversed();
      kept += dims.reduce((all, size) => all * size, info.itemBytes);
      if (kept > MOST_MATLAB)
        throw new BraggwatchError('scan-unreadable', `${path}: ${dims.join(' x ')} values are more than can be read`);
      return [{ name, dims, data: file.read(`/${name}`, 0, info.shape[0]!) }];
    });
  } finally {
    file.close();
  }
}

/**
 * A NumPy array, a NumPy archive, or MATLAB's variables.
 * @param points of the scan, where its geometry file tells
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function openArchive(path: string, points: () => number | undefined = () => undefined): Archive {
  if (/\.mat$/i.test(path)) return columns(isHdf5(path) ? modernMat(path) : decodeMat(readFileSync(path)), points());
  if (/\.npy$/i.test(path)) {
    const own = (name: string): StoredArray | undefined =>
      name === 'data' ? storedNpy(fileBytes(path, 0, statSync(path).size)) : undefined;
    return { names: ['data'], ...heldOrStored(own) };
  }
  const entries = new Map(
    zipEntries(path).flatMap((entry) => (NPY.test(entry.name) ? [[nameOf(entry), entry] as const] : [])),
  );
  return {
    names: [...entries.keys()],
    ...heldOrStored((name) => {
      const entry = entries.get(name);
      return entry && storedNpy(zipBytes(path, entry));
    }),
  };
}

/** What programs call the mask of a stack that lies in a file of its own: cdiutils, bcdi, and by its stack's name. */
const maskNames: readonly (readonly [RegExp, string])[] = [
  [/_pynx_input_data(?=\.np[yz]$)/i, '_pynx_input_mask'],
  [/_pynx(?=_)/i, '_maskpynx'],
  [/(?=\.(np[yz]|mat)$)/i, '_mask'],
];

/** Where such a file would lie. */
export const maskPlaces = (path: string): readonly string[] =>
  maskNames
    .map(([own, other]) => join(dirname(path), basename(path).replace(own, other)))
    .filter((place) => place !== path);

/** Names of the counts, as bcdi, bcdi_eb and PyNX give them. */
export const DATA_NAMES = ['data', 'iobs', 'intensity'];

/** The array by a name of counts, else the only one of three axes. @throws BraggwatchError scan-empty where there are several */
export const countsIn = (archive: Archive, path: string): StoredArray | undefined =>
  DATA_NAMES.map((name) => archive.stored(name)).find((found) => found !== undefined) ?? onlyStack(archive, path);

/**
 * Whether a file holds a stack of counts, which a mask's zeros and ones are not.
 * @throws BraggwatchError scan-unreadable, scan-truncated, scan-empty
 */
export function holdsCounts(path: string): boolean {
  const array = countsIn(openArchive(path), path);
  if (array?.shape.length !== 3) return false;
  return Array.from({ length: array.shape[0]! }, (_, frame) => frame).some((frame) =>
    array.slice(frame, frame + 1).some((value: number) => value > 1 && value !== 255),
  );
}

/** Axes and masks are no counts whatever their shape. */
const isNoCounts = (name: string): boolean => /^q[xyz]?$/i.test(name) || isMaskName(name);

/**
 * The one array of three axes in an archive that calls none of them data.
 * @throws BraggwatchError scan-empty where there are several
 */
function onlyStack({ names, stored }: Archive, path: string): StoredArray | undefined {
  const stacks = names
    .filter((name) => !isNoCounts(name))
    .flatMap((name) => {
      try {
        const array = stored(name);
        return array?.shape.length === 3 ? [{ name, array }] : [];
      } catch (error) {
        // Text, objects and complex numbers beside the counts.
        if (error instanceof BraggwatchError) return [];
        throw error;
      }
    });
  if (stacks.length > 1) {
    const several = stacks.map(({ name }) => name).join(', ');
    throw new BraggwatchError(
      'scan-empty',
      `${path} is an archive in which several arrays could be the counts (${several}); call them data`,
    );
  }
  return stacks[0]?.array;
}
