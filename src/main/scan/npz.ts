import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { cdiutilsBeside } from './cxi/beside';
import { filledFrames } from './filled';
import { isUnmarked } from './formats';
import { checkPositions, findGeometry } from './geometry-file';
import { withGeometry } from './given';
import { maskOf, maximumOf } from './mask';
import type { Counts } from '@main/files/counts';
import { signatureOf } from '@main/files/signature';
import { decodeNpy, decodeNpz, namesInNpz, type NpyArray } from '@main/files/npy';
import { volumeFacts, volumeSource } from './orthogonal/source';
import { volumeOf, type FoundVolume } from './orthogonal/volume';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

const MAX_FILE_BYTES = 2 ** 30;
/** Names of the counts, as bcdi, bcdi_eb and PyNX give them. */
const DATA_NAMES = ['data', 'iobs', 'intensity'];
/** Masks, and what a volume on an orthogonal grid has beside it. */
const BESIDE = ['mask', 'qx', 'qy', 'qz', 'frame', 'voxel'];

interface Stack {
  readonly array: NpyArray;
  /** Whatever else tells where the array lies in Q, and the names in their order. */
  readonly beside: Readonly<Record<string, NpyArray>>;
  readonly order: readonly string[];
  readonly data: Counts;
  readonly frames: number;
  /** Frames up to the last that holds something. */
  readonly filled: number;
  readonly frameShape: readonly [number, number];
  readonly masks: ReturnType<typeof maskOf>;
}

/** Axes and masks, which are no counts whatever their shape. */
const NO_COUNTS = /^q[xyz]?$|mask/i;

/**
 * The one array of three axes in an archive that calls none of them data.
 * @throws BraggwatchError scan-empty where there are several
 */
function onlyStack(bytes: Uint8Array, path: string): NpyArray | undefined {
  const stacks = namesInNpz(bytes)
    .filter((name) => !NO_COUNTS.test(name))
    .flatMap((name) => {
      try {
        const array = decodeNpz(bytes, (other) => other === name)[name];
        return array?.shape.length === 3 ? [{ name, array }] : [];
      } catch (error) {
        // Text, objects and complex numbers beside the counts.
        if (error instanceof BraggwatchError) return [];
        throw error;
      }
    });
  if (stacks.length > 1) {
    const names = stacks.map(({ name }) => name).join(', ');
    throw new BraggwatchError('scan-empty', `${path}: several arrays could be the counts (${names}); call them data`);
  }
  return stacks[0]?.array;
}

function decodeFile(path: string): Stack {
  const bytes = readFileSync(path);
  const arrays: Record<string, NpyArray> = /\.npy$/i.test(path)
    ? { data: decodeNpy(bytes) }
    : decodeNpz(bytes, (name) => BESIDE.includes(name) || DATA_NAMES.includes(name));
  const array = DATA_NAMES.map((name) => arrays[name]).find((found) => found !== undefined) ?? onlyStack(bytes, path);
  if (array?.shape.length !== 3) {
    const what = array ? `an array of shape ${array.shape.join(' x ')}` : `no array called ${DATA_NAMES.join(' or ')}`;
    throw new BraggwatchError('scan-empty', `${path}: ${what}`);
  }
  const [frames, rows, cols] = array.shape as [number, number, number];
  const mask = arrays['mask'] ?? maskBeside(path);
  const masks = mask ? maskOf(mask.data, mask.shape, [frames, rows, cols]) : {};
  const pixels = rows * cols;
  const { data } = array;
  const filled = filledFrames((frame) => data.subarray(frame * pixels, (frame + 1) * pixels), frames);
  // Of masks that each frame has of its own, those of the frames that are there.
  const own = masks.mask?.length === frames * pixels ? { mask: masks.mask.subarray(0, filled * pixels) } : masks;
  const beside = { ...axesBeside(path), ...arrays, ...(mask && { mask }) };
  const order = /\.npy$/i.test(path) ? [] : [...Object.keys(axesBeside(path)), ...namesInNpz(bytes)];
  return { data, frames, filled, frameShape: [rows, cols], masks: own, array, beside, order };
}

/** What programs call the mask of a stack that lies in a file of its own: cdiutils, bcdi, and by its stack's name. */
const maskNames: readonly (readonly [RegExp, string])[] = [
  [/_pynx_input_data(?=\.np[yz]$)/i, '_pynx_input_mask'],
  [/_pynx(?=_)/i, '_maskpynx'],
  [/(?=\.np[yz]$)/i, '_mask'],
];

/** Where such a file would lie. */
const maskPlaces = (path: string): readonly string[] =>
  maskNames
    .map(([own, other]) => join(dirname(path), basename(path).replace(own, other)))
    .filter((place) => place !== path);

/** The mask beside a stack: 1 where a voxel does not count. cdiutils calls it data, as it does the counts. */
function maskBeside(path: string): NpyArray | undefined {
  const beside = maskPlaces(path).find((place) => statSync(place, { throwIfNoEntry: false })?.isFile());
  if (beside === undefined) return undefined;
  const bytes = readFileSync(beside);
  if (/\.npy$/i.test(beside)) return decodeNpy(bytes);
  const arrays = decodeNpz(bytes, (name) => name === 'mask' || name === 'data');
  return arrays['mask'] ?? arrays['data'];
}

// A scan is listed and then opened: the stack that was decoded last is kept.
let last: { readonly key: string; readonly stack: Stack } | undefined;

function load(path: string): Stack {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new BraggwatchError('path-missing', path);
  if (!stat.isFile() || stat.size > MAX_FILE_BYTES) {
    throw new BraggwatchError('scan-unreadable', `${path}: no file, or more than ${MAX_FILE_BYTES} bytes`);
  }
  const key = `${path}:${signatureOf(path)}`;
  if (last?.key !== key) last = { key, stack: decodeFile(path) };
  return last.stack;
}

/** bcdi keeps the axes of a gridded volume in a file of their own: `QxQzQy_S12_...` beside `S12_pynx_...`. */
function axesBeside(path: string): Record<string, NpyArray> {
  const [, scan, rest] = /^(S\d+)_pynx(?:_norm)?(_.*)?\.npz$/i.exec(basename(path)) ?? [];
  if (scan === undefined) return {};
  const names = [`QxQzQy_${scan}${rest ?? ''}.npz`, `${scan}_QxQzQy${rest ?? ''}.npz`];
  const file = names
    .map((name) => join(dirname(path), name))
    .find((place) => statSync(place, { throwIfNoEntry: false })?.isFile());
  return file === undefined ? {} : decodeNpz(readFileSync(file), (name) => /^q[xyz]$/.test(name));
}

/** The volume on an orthogonal grid that the file holds in place of detector frames. */
function volumeIn(source: string, { array, beside, order }: Stack): FoundVolume | undefined {
  // cdiutils' own file beside it tells that these are detector frames.
  if (cdiutilsBeside(source, array.shape)) return undefined;
  return volumeOf(array, beside, order, findGeometry(source), source);
}

function factsAbout(source: string, { frames, filled, frameShape }: Stack): ScanFacts {
  const name = basename(source, extname(source));
  const own = cdiutilsBeside(source, [frames, ...frameShape]);
  const facts: ScanFacts = {
    ref: { format: 'npz', source, number: 1 },
    name,
    title: name,
    framesExpected: frames,
    framesPresent: filled,
    ...(filled < frames && { framesEmpty: frames - filled }),
    whole: frames > 0 && filled === frames,
    unmarked: isUnmarked('npz'),
    beside: maskPlaces(source),
    frameShape,
    positions: {},
    warnings: [],
    ...own,
  };
  return withGeometry(facts, findGeometry(source));
}

function open(ref: ScanRef): ScanSource {
  if (ref.number !== 1) throw new BraggwatchError('scan-not-found', `scan ${ref.number} of ${ref.source}; there is 1`);
  const stack = load(ref.source);
  const found = volumeIn(ref.source, stack);
  if (found) return volumeSource(volumeFacts(ref, found, findGeometry(ref.source)), found);
  const facts = factsAbout(ref.source, stack);
  checkPositions(facts, stack.frames);
  const pixels = facts.frameShape[0] * facts.frameShape[1];
  const typeMaximum = maximumOf(stack.data);
  return {
    facts,
    ...stack.masks,
    ...(typeMaximum !== undefined && { typeMaximum }),
    read: (from, to) => {
      if (from < 0 || to > stack.filled)
        throw new BraggwatchError('frames-missing', `${ref.source} has ${stack.filled} frames`);
      return stack.data.slice(from * pixels, to * pixels);
    },
    close: () => {
      last = undefined;
    },
  };
}

/** NumPy stacks of raw frames, with a geometry file beside them. */
export const npzReader: ScanReader = {
  format: 'npz',
  list(source) {
    const stack = load(source);
    const found = volumeIn(source, stack);
    const ref = { format: 'npz', source, number: 1 } as const;
    return [found ? volumeFacts(ref, found, findGeometry(source)) : factsAbout(source, stack)];
  },
  open,
};
