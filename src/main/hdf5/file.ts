import { BraggwatchError } from '@contract/errors';
import type { Metadata } from 'h5wasm/node';
import type { Counts } from '@main/files/counts';
import { elementOf, framesFirst, maximumOf, readBlock } from './block';
import { directFrames, type DirectFrames } from './chunks/direct';
import { guarded } from './errors';
import { hdf5Module as hdf5, openOutright } from './runtime';
import { checkSuperblock } from './superblock';
import { readAttribute, readAttributeNumbers, readText } from './text';
import { statOf } from '@main/files/stat';

/** What can be known of a dataset without reading it. */
export interface DatasetInfo {
  readonly shape: readonly number[];
  readonly itemBytes: number;
  readonly numeric: boolean;
  /** Largest value of the integers it is stored as; undefined for floats. */
  readonly maximum?: number;
  /** Files and datasets behind a virtual dataset, in order; undefined for an ordinary one. */
  readonly sources?: readonly VirtualSource[];
}
export interface VirtualSource {
  readonly file: string;
  readonly dataset: string;
}
/** Where an external link points, whether or not its file is there. */
export interface ExternalTarget {
  readonly file: string;
  readonly object: string;
}
export type NodeKind = 'group' | 'dataset' | 'dangling' | 'absent';

/**
 * An HDF5 file opened for reading. Getters answer `undefined` for what is not there or is of another type:
 * beamline files differ in what they record, so absence is no error here.
 */
export interface Hdf5File {
  readonly path: string;
  /** Names in a group; empty where there is no such group. */
  keys(group: string): readonly string[];
  kind(path: string): NodeKind;
  /** Set where the last name of the path is an external link, dangling or not. */
  externalLink(path: string): ExternalTarget | undefined;
  text(path: string): string | undefined;
  /** A string attribute of a dataset or group that is there. */
  attribute(path: string, name: string): string | undefined;
  /** An attribute of numbers of a dataset or group that is there, flat. */
  attributeNumbers(path: string, name: string): readonly number[] | undefined;
  /** A scalar, or the only element of an array. */
  number(path: string): number | undefined;
  /** Any numeric dataset of at most 2^22 values, flat. */
  numbers(path: string): Float64Array | undefined;
  info(path: string): DatasetInfo | undefined;
  /**
   * Rows [from, to) along the first axis of a numeric dataset.
   * @throws BraggwatchError scan-unreadable, scan-truncated, filter-missing
   */
  read(path: string, from: number, to: number, into?: Counts): Counts;
  /** A stack of frames past the library, where each is a chunk of its own that can be decoded here. */
  direct(path: string): DirectFrames | undefined;
  close(): void;
}

const MAX_NUMBERS = 2 ** 22;
/**
 * An exception that leaves h5wasm leaves 256 bytes of its stack of 4 MB behind: after 16 000 questions for what is not there it would
 * write into its own heap, and trap in the end. So many are let go in a process; from then on it is looked first.
 */
const MOST_MISSES = 4096;
let misses = 0;
const kinds: Readonly<Record<number, NodeKind>> = { 0: 'group', 1: 'dataset', 3: 'dangling', 4: 'dangling' };

/** The file's handle: a negative one means that HDF5 refused, which h5wasm passes on without a word. */
function openHandle(path: string): bigint {
  const stat = statOf(path);
  if (!stat) throw new BraggwatchError('path-missing', path);
  // A named pipe in the watched folder would block the process for ever.
  if (!stat.isFile()) throw new BraggwatchError('scan-unreadable', `${path} is no file`);
  const state = checkSuperblock(path, stat.size);
  const mode = state === 'swmr' ? hdf5.H5F_ACC_SWMR_READ : hdf5.H5F_ACC_RDONLY;
  const handle = openOutright(path, () => hdf5.open(path, mode, false, -1, -1));
  if (handle < 0n) {
    const why = state === 'writing' ? ' is held open by its writer in a layout that lets nobody else read' : '';
    throw new BraggwatchError('scan-unreadable', `${path}${why}`);
  }
  return handle;
}

/**
 * Opens an HDF5 file read-only, without locks, so that a writer is never disturbed.
 * @throws BraggwatchError path-missing, scan-unreadable, scan-truncated
 */
export function openHdf5(path: string): Hdf5File {
  const handle = guarded(path, () => openHandle(path));
  const at = (object: string): string => `${path}:${object}`;
  const safely = <T>(object: string, step: () => T): T => guarded(at(object), step);

  /** h5wasm takes what would lie below a dataset for a group. */
  const belowDataset = (object: string): boolean =>
    object
      .split('/')
      .slice(0, -1)
      .some((_, i, parts) => i > 0 && kinds[hdf5.get_type(handle, parts.slice(0, i + 1).join('/'))] === 'dataset');
  const kind = (object: string): NodeKind =>
    safely(object, () => {
      const found = kinds[hdf5.get_type(handle, object)] ?? 'absent';
      return found === 'group' && belowDataset(object) ? 'absent' : found;
    });
  /** Datasets that were met: in a file that is only read they stay. */
  const there = new Set<string>();
  const metadata = (object: string): Metadata | undefined =>
    safely(object, () => {
      // Asked for outright: to look first whether it is a dataset takes longer than all the rest, a hundred times per scan.
      if (misses >= MOST_MISSES && kind(object) !== 'dataset') return undefined;
      try {
        const found = hdf5.get_dataset_metadata(handle, object);
        there.add(object);
        return found;
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) throw error;
        misses++;
        return undefined;
      }
    });
  const isThere = (object: string): boolean =>
    there.has(object) || metadata(object) !== undefined || kind(object) === 'group';
  const numbers = (object: string): Float64Array | undefined => {
    const found = metadata(object);
    if (!found?.shape || !elementOf(found) || found.total_size > MAX_NUMBERS) return undefined;
    const values = safely(object, () =>
      readBlock(handle, object, found, 0, framesFirst(found.shape ?? [])[0] ?? 1, at(object)),
    );
    return values instanceof Float64Array ? values : Float64Array.from(values);
  };

  const opened = new Map<string, DirectFrames | undefined>();
  const direct = (object: string): DirectFrames | undefined => {
    const found = opened.has(object) ? undefined : metadata(object);
    if (found) opened.set(object, directFrames(path, handle, object, found));
    return opened.get(object);
  };

  return {
    path,
    kind,
    numbers,
    direct,
    keys: (group) => (kind(group) === 'group' ? safely(group, () => hdf5.get_names(handle, group, false)) : []),
    externalLink: (object) =>
      safely(object, () => {
        const { filename, obj_path } = hdf5.get_external_link(handle, object);
        return filename ? { file: filename, object: obj_path } : undefined;
      }),
    text: (object) => {
      const found = metadata(object);
      return found && safely(object, () => readText(handle, object, found));
    },
    attribute: (object, name) =>
      isThere(object) ? safely(object, () => readAttribute(handle, object, name)) : undefined,
    attributeNumbers: (object, name) =>
      isThere(object) ? safely(object, () => readAttributeNumbers(handle, object, name)) : undefined,
    number: (object) => {
      const values = numbers(object);
      return values?.length === 1 ? values[0] : undefined;
    },
    info: (object) => {
      const found = metadata(object);
      if (!found?.shape) return undefined;
      const sources = found.virtual_sources?.map((source) => ({ file: source.file_name, dataset: source.dset_name }));
      const maximum = maximumOf(found);
      const known = {
        shape: framesFirst(found.shape),
        itemBytes: found.size,
        numeric: elementOf(found) !== undefined,
        ...(maximum !== undefined && { maximum }),
      };
      return sources ? { ...known, sources } : known;
    },
    read: (object, from, to, into) => {
      const found = metadata(object);
      if (!found) throw new BraggwatchError('scan-unreadable', `${at(object)} is no dataset`);
      return safely(object, () => readBlock(handle, object, found, from, to, at(object), into));
    },
    close: () => {
      for (const frames of opened.values()) frames?.close();
      hdf5.close_file(handle);
    },
  };
}
