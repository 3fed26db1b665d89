/** HDF5 as the readers (and whoever writes HDF5) see it; `hdf5/` is the only place that touches h5wasm. */
export { openHdf5 } from './file';
export { hdf5Usable } from './errors';
export { h5wasm, withLittleHeap } from './runtime';
