/** HDF5 as the readers (and whoever writes HDF5) see it; `hdf5/` is the only place that touches h5wasm. */
export { openHdf5, type DatasetInfo, type ExternalTarget, type Hdf5File } from './hdf5/file';
export { hdf5Usable } from './hdf5/errors';
export { h5wasm } from './hdf5/runtime';
