import { openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';

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
hdf5Module.insert_plugin_search_path(join(plugins, 'plugins'), 0);

// HDF5 prints its error stack to stderr at every look at a missing object; that would bury the log.
// Emscripten's streams 1 and 2 are the process's own; only HDF5's view of them is turned to the null device.
const { streams } = hdf5Module.FS as unknown as { streams: { nfd: number }[] };
const nowhere = openSync(devNull, 'w');
for (const stream of streams.slice(1, 3)) stream.nfd = nowhere;
