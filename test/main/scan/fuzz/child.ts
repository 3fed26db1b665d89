import { readFileSync, writeFileSync } from 'node:fs';
import { stream } from '@core/random/stream';
import { hdf5Usable } from '@main/hdf5/index';
import { mutate, survive, targets } from './cases';
import { forgetPeak, peakMb } from './peak';

// Runs damaged files one after the other and prints what became of each: HDF5 may loop for ever or trap, and then its
// process is replaced, here as in the program.
const [name, folder = '', seed, from, to] = process.argv.slice(2);
const [, format, make] = targets.find(([target]) => target === name)!;
const { damaged, source } = make(folder);
const intact = readFileSync(damaged);
process.stdout.write(`intact ${survive(format, source)} 0 0\n`);
for (let round = Number(from); round < Number(to) && hdf5Usable(); round++) {
  writeFileSync(damaged, mutate(intact, stream(Number(seed), name!, round).integer));
  forgetPeak();
  let listing = 0;
  const outcome = survive(format, source, () => (listing = peakMb()));
  const peak = peakMb();
  process.stdout.write(`${round} ${outcome} ${listing || peak} ${peak}\n`);
  // WebAssembly gives nothing back: what one file took is not the next one's, which gets a process of its own.
  if (peak > 200) break;
}
