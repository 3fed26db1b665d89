import { openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import type { BraggwatchError } from '@contract/errors';
import { refusalOf } from '@main/files/reach';

// h5wasm, loaded once: WebAssembly HDF5 with its compression filters, kept off the terminal.
// Loading takes a moment and 20 MB, so only processes that read scans should import this.

const navigatorObject = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
// Electron defines `navigator` in Node processes, which emscripten takes for a browser (h5wasm README, "Using in Electron app").
if (navigatorObject?.configurable) {
  Object.defineProperty(globalThis, 'navigator', { value: undefined, configurable: true });
}
export const h5wasm = await import('h5wasm/node');
export const hdf5Module = await h5wasm.ready;
if (navigatorObject?.configurable) Object.defineProperty(globalThis, 'navigator', navigatorObject);

// The plugins' own `install_local_plugins` takes their folder from a URL without decoding it: a space in the path breaks it.
const plugins = dirname(createRequire(import.meta.url).resolve('h5wasm-plugins/package.json'));
const pluginFolder = join(plugins, 'plugins');
hdf5Module.insert_plugin_search_path(pluginFolder, 0);

// Every file that HDF5 opens comes by here: the one that it is asked for, and those that a file names (links, virtual sources, raw
// storage), of which it would open anything, a pipe and the user's own files included.
interface OpenFiles {
  open(path: string, flags: number, mode?: number): unknown;
  readonly ErrnoError: new (errno: number) => Error;
}
const files = hdf5Module.FS as unknown as OpenFiles;
const openFile = files.open;
/** Of flags as WebAssembly passes them: written, or a folder. */
const NOT_READ = 0b11 | 0x10000;
const EACCES = 2;
let outright: string | undefined;
let refused: BraggwatchError | undefined;
files.open = (path, flags, mode) => {
  const asked = path === outright || (flags & NOT_READ) !== 0 || dirname(path) === pluginFolder;
  const refusal = asked ? undefined : refusalOf(path);
  if (refusal) {
    refused = refusal;
    throw new files.ErrnoError(EACCES);
  }
  return openFile(path, flags, mode);
};

/** Runs a step that opens this very file; what it names is looked at nonetheless. */
export function openOutright<T>(path: string, step: () => T): T {
  outright = path;
  try {
    return step();
  } finally {
    outright = undefined;
  }
}

/** Why a file was refused to HDF5 since the last question; it says itself only that it read nothing. */
export function takeRefusal(): BraggwatchError | undefined {
  const last = refused;
  refused = undefined;
  return last;
}

// HDF5 prints its error stack to stderr at every look at a missing object; that would bury the log.
// Emscripten's streams 1 and 2 are the process's own; only HDF5's view of them is turned to the null device.
const { streams } = hdf5Module.FS as unknown as { streams: { nfd: number }[] };
const nowhere = openSync(devNull, 'w');
for (const stream of streams.slice(1, 3)) stream.nfd = nowhere;

// A damaged size makes HDF5 ask for as much memory as there is, which WebAssembly never gives back: its heap grows so far and no further.
const MOST_HEAP = 640 << 20;
const MOST_HEAP_LISTING = 160 << 20;
/** What has grown further while something was read may go on a little. */
const SOME_MORE = 32 << 20;
const PAGE = 65_536;
let most = MOST_HEAP;
const heap = WebAssembly.Memory.prototype;
const { grow } = heap;
heap.grow = function (this: WebAssembly.Memory, pages: number) {
  // Other programs of ours, such as LAMMPS, know how much they need.
  if (this.buffer !== hdf5Module.HEAPU8.buffer) return grow.call(this, pages);
  const size = this.buffer.byteLength;
  const wanted = size + pages * PAGE;
  if (wanted > MOST_HEAP || wanted > Math.max(most, size + SOME_MORE))
    throw new RangeError('more memory than a file takes');
  return grow.call(this, pages);
};

/** Runs a step that looks at what a file says of itself: that takes little memory. */
export function withLittleHeap<T>(step: () => T): T {
  most = MOST_HEAP_LISTING;
  try {
    return step();
  } finally {
    most = MOST_HEAP;
  }
}
