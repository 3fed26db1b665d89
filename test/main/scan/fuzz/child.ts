import { readFileSync, writeFileSync } from 'node:fs';
import { stream } from '@core/random/stream';
import { hdf5Usable } from '@main/hdf5/index';
import { mutate, survive, targets } from './cases';

// Runs damaged files one after the other and prints what became of each: HDF5 may loop for ever or trap, and then its
// process is replaced, here as in the program.
const [name, folder = '', seed, from, to] = process.argv.slice(2);
const [, format, make] = targets.find(([target]) => target === name)!;
const { damaged, source } = make(folder);
const intact = readFileSync(damaged);
process.stdout.write(`intact ${survive(format, source)}\n`);
for (let round = Number(from); round < Number(to) && hdf5Usable(); round++) {
  writeFileSync(damaged, mutate(intact, stream(Number(seed), name!, round).integer));
  process.stdout.write(`${round} ${survive(format, source)}\n`);
}
