import { BraggwatchError } from '@contract/errors';
import { benchNetwork } from '../../../bench/network';
import { benchReduce } from '../../../bench/reduce';
import { benchRelax } from '../../../bench/relax';
import { benchScatter } from '../../../bench/scatter';
import { EXIT, print } from './output';

/** The side-by-side measurements, each against what a user would otherwise run. */
const benches: Readonly<Record<string, (print: (line: object) => void) => Promise<void>>> = {
  reduce: benchReduce,
  relax: benchRelax,
  scatter: benchScatter,
  network: benchNetwork,
};

/** `bench [NAME]`: measures one or all, a JSON object per line. */
export async function bench(name: string | undefined): Promise<number> {
  const chosen = name === undefined ? Object.keys(benches) : [name];
  for (const key of chosen) {
    const run = benches[key];
    if (!run) throw new BraggwatchError('usage', `no bench ${key}; there are: ${Object.keys(benches).join(', ')}`);
    await run((line) => print(JSON.stringify(line)));
  }
  return EXIT.done;
}
