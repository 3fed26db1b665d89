import { basename, dirname, extname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { countsIn, DATA_NAMES, maskPlaces, openArchive } from './archive';
import { geometryPlaces, hasOwnGeometry } from './beside';
import { cdiutilsBeside } from './cxi/beside';
import { filledFrames } from './filled';
import { isUnmarked } from './formats';
import { factsOf, findGeometry } from './geometry-file';
import { withGeometry } from './given';
import { maskOf, type Masks, maximumOf } from './mask';
import { namedMasks } from './named-masks';
import { signatureOf } from '@main/files/signature';
import type { NpyArray } from '@main/files/npy';
import { heldArray, type StoredArray } from '@main/files/stored-array';
import { checkPositions, pairedFromFirst } from './pairing';
import { volumeFacts, volumeSource } from './orthogonal/source';
import { volumeOf, type FoundVolume } from './orthogonal/volume';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';
import { isFile, statOf } from '@main/files/stat';

const MAX_FILE_BYTES = 2 ** 30;
/** What a volume on an orthogonal grid has beside it. */
const BESIDE = ['qx', 'qy', 'qz', 'frame', 'voxel'];

interface Stack {
  readonly array: StoredArray;
  /** Whatever else tells where the array lies in Q, and the names in their order. */
  readonly beside: Readonly<Record<string, NpyArray>>;
  readonly order: readonly string[];
  readonly frames: number;
  /** Frames up to the last that holds something. */
  readonly filled: number;
  readonly frameShape: readonly [number, number];
  readonly masks: Masks;
}

function decodeFile(path: string): Stack {
  const archive = openArchive(path, () => pointsOf(path));
  const arrays: Record<string, NpyArray> = {};
  for (const name of BESIDE.filter((each) => archive.names.includes(each))) {
    const found = archive.get(name);
    if (found) arrays[name] = found;
  }
  const found = countsIn(archive, path);
  const array = framesFirst(found && squeezed(found), pointsOf(path));
  if (array?.shape.length !== 3) {
    const names = archive.names.slice(0, 4).join(', ');
    const what = array ? `an array of shape ${array.shape.join(' x ')}` : `arrays without one of three axes (${names})`;
    throw new BraggwatchError(
      'scan-empty',
      `${path} is ${what}; a scan has its frames in one called ${DATA_NAMES.join(' or ')}`,
    );
  }
  const [frames, rows, cols] = array.shape as [number, number, number];
  const own = namedMasks(archive);
  const mask = own.mask ?? maskBeside(path);
  const filled = filledFrames((frame) => array.slice(frame, frame + 1), frames, array.onward);
  const masks = mask ? maskOf(mask.data, mask.shape, [frames, rows, cols], filled) : {};
  const said = { ...masks, ...(own.unfit && { unfitMask: own.unfit }) };
  const beside = { ...axesBeside(path), ...arrays, ...(mask && { mask }) };
  const order = [...Object.keys(axesBeside(path)), ...archive.names];
  return { frames, filled, frameShape: [rows, cols], masks: said, array, beside, order };
}

/** Axes of one element that stand before rows and columns go until three are left. */
function squeezed(array: StoredArray): StoredArray {
  const { shape } = array;
  const at = shape.length > 3 ? shape.slice(0, -2).indexOf(1) : -1;
  if (at < 0) return array;
  const rest = shape.toSpliced(at, 1);
  if (at === 0) return squeezed(heldArray({ shape: rest, data: array.slice(0, 1) }));
  return squeezed({ ...array, shape: rest, whole: () => ({ ...array.whole(), shape: rest }) });
}

/** The stack with its frames along the first axis, where only its last one has as many as the scan has points. */
function framesFirst(array: StoredArray | undefined, points: number | undefined): StoredArray | undefined {
  if (array?.shape.length !== 3 || points === undefined) return array;
  const [rows, cols, frames] = array.shape as [number, number, number];
  if (frames !== points || rows === points) return array;
  const { data } = array.whole();
  const turned = data.slice();
  const pixels = rows * cols;
  for (let f = 0, at = 0; f < frames; f++) for (let p = 0; p < pixels; p++, at++) turned[at] = data[p * frames + f]!;
  return heldArray({ shape: [frames, rows, cols], data: turned });
}

/** The mask beside a stack: 1 where a voxel does not count. cdiutils calls it data, as it does the counts. */
function maskBeside(path: string): NpyArray | undefined {
  // What has a geometry of its own is another scan, whatever it is called.
  const beside = maskPlaces(path).find((place) => isFile(place) && !hasOwnGeometry(place));
  if (beside === undefined) return undefined;
  const archive = openArchive(beside);
  return namedMasks(archive).mask ?? archive.get('data');
}

/** Points of the scan, as the geometry file beside it lists them. */
function pointsOf(path: string): number | undefined {
  const { motor, positions } = factsOf(findGeometry(path));
  const listed = motor === undefined ? undefined : positions[motor];
  return typeof listed === 'object' ? listed.length : undefined;
}

// A scan is listed and then opened: the stack that was decoded last is kept.
let last: { readonly key: string; readonly stack: Stack } | undefined;

function load(path: string): Stack {
  const stat = statOf(path);
  if (!stat) throw new BraggwatchError('path-missing', path);
  if (!stat.isFile() || stat.size > MAX_FILE_BYTES) {
    throw new BraggwatchError('scan-unreadable', `${path}: no file, or more than ${MAX_FILE_BYTES} bytes`);
  }
  const key = [path, ...geometryPlaces(path)].map((file) => `${file}:${signatureOf(file)}`).join();
  if (last?.key !== key) last = { key, stack: decodeFile(path) };
  return last.stack;
}

/** bcdi keeps the axes of a gridded volume in a file of their own: `QxQzQy_S12_...` beside `S12_pynx_...`. */
function axesBeside(path: string): Record<string, NpyArray> {
  const [, scan, rest] = /^(S\d+)_pynx(?:_norm)?(_.*)?\.npz$/i.exec(basename(path)) ?? [];
  if (scan === undefined) return {};
  const names = [`QxQzQy_${scan}${rest ?? ''}.npz`, `${scan}_QxQzQy${rest ?? ''}.npz`];
  const file = names.map((name) => join(dirname(path), name)).find(isFile);
  if (file === undefined) return {};
  const archive = openArchive(file);
  const axes = archive.names.filter((name) => /^q[xyz]$/.test(name));
  return Object.fromEntries(axes.flatMap((name) => (archive.get(name) ? [[name, archive.get(name)!]] : [])));
}

/** The volume on an orthogonal grid that the file holds in place of detector frames. */
function volumeIn(source: string, { array, beside, order }: Stack): FoundVolume | undefined {
  // cdiutils' own file beside it tells that these are detector frames.
  if (cdiutilsBeside(source, array.shape)) return undefined;
  return volumeOf({ shape: array.shape, data: () => array.whole().data }, beside, order, findGeometry(source), source);
}

function factsAbout(ref: ScanRef, { frames, filled, frameShape }: Stack): ScanFacts {
  const { source } = ref;
  const name = basename(source, extname(source));
  const own = cdiutilsBeside(source, [frames, ...frameShape]);
  const facts: ScanFacts = {
    ref,
    name,
    title: name,
    framesExpected: frames,
    framesPresent: filled,
    ...(filled < frames && { framesEmpty: frames - filled }),
    whole: frames > 0 && filled === frames,
    unmarked: isUnmarked(ref.format),
    beside: maskPlaces(source),
    frameShape,
    positions: {},
    warnings: [],
    ...own,
  };
  return pairedFromFirst(withGeometry(facts, findGeometry(source)), frames, false);
}

function open(ref: ScanRef): ScanSource {
  if (ref.number !== 1) throw new BraggwatchError('scan-not-found', `scan ${ref.number} of ${ref.source}; there is 1`);
  const stack = load(ref.source);
  const found = volumeIn(ref.source, stack);
  if (found) return volumeSource(volumeFacts(ref, found, findGeometry(ref.source)), found);
  const facts = factsAbout(ref, stack);
  checkPositions(facts, stack.frames);
  const typeMaximum = maximumOf(stack.array.none);
  return {
    facts,
    ...stack.masks,
    ...(typeMaximum !== undefined && { typeMaximum }),
    read: (from, to) => {
      if (from < 0 || to > stack.filled)
        throw new BraggwatchError('frames-missing', `${ref.source} has ${stack.filled} frames`);
      return stack.array.slice(from, to);
    },
    close: () => {
      last = undefined;
    },
  };
}

/** Stacks of raw frames in one array, with a geometry file beside them. */
const stackReader = (format: 'npz' | 'mat'): ScanReader => ({
  format,
  list(source) {
    const stack = load(source);
    const found = volumeIn(source, stack);
    const ref = { format, source, number: 1 } as const;
    return [found ? volumeFacts(ref, found, findGeometry(source)) : factsAbout(ref, stack)];
  },
  open,
});

/** NumPy's arrays and archives. */
export const npzReader = stackReader('npz');

/** MATLAB's files: of version 5, and those since 7.3, which are HDF5. */
export const matReader = stackReader('mat');
