import { BraggwatchError } from '@contract/errors';
import { benchNetwork } from '../../../bench/network';
import { benchReduce } from '../../../bench/reduce';
import { benchRelax } from '../../../bench/relax';
import { benchScatter } from '../../../bench/scatter';
import { complain, EXIT, print } from './output';

/** The side-by-side measurements, each against what a user would otherwise run. */
const benches: Readonly<Record<string, (print: (line: object) => void) => Promise<void>>> = {
  reduce: benchReduce,
  relax: benchRelax,
  scatter: benchScatter,
  network: benchNetwork,
  // Loaded only when it runs: it brings the specs' double of the app along.
  ui: async (line) => (await import('../../../bench/ui')).benchUi(line, complain),
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
