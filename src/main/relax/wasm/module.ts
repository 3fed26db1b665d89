// The package types its entry for this build, but not what it exports beside it.
export { default } from 'lammps.js/wasm-atomify';
export type { LammpsModule, LAMMPSWeb } from 'lammps.js';
