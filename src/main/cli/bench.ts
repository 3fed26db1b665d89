import { BraggwatchError } from '@contract/errors';
import { benchDetector, detectorNames } from '../../../bench/detectors';
import { benchLive } from '../../../bench/live';
import { benchNetwork } from '../../../bench/network';
import { benchPhase } from '../../../bench/phase';
import { benchReduce } from '../../../bench/reduce';
import { benchRelax } from '../../../bench/relax';
import { benchScatter } from '../../../bench/scatter';
import { complain, EXIT, print } from './output';

type Bench = (print: (line: object) => void) => Promise<void>;

/** The side-by-side measurements, each against what a user would otherwise run. */
const benches: Readonly<Record<string, Bench>> = {
  phase: benchPhase,
  reduce: benchReduce,
  live: benchLive,
  relax: benchRelax,
  scatter: benchScatter,
  network: benchNetwork,
  // Loaded only when it runs: it brings the specs' double of the app along.
  ui: async (line) => (await import('../../../bench/ui')).benchUi(line, complain),
};

export const benchNames: readonly string[] = Object.keys(benches);

/** What `bench reduce --detector NAME` measures, or `all` of them. */
function ofDetectors(name: string | undefined, detector: string): Bench {
  const chosen = detectorNames.filter((known) => detector === 'all' || detector.replace('-', '') === known);
  if (name !== 'reduce') throw new BraggwatchError('usage', '--detector belongs to bench reduce');
  if (chosen.length === 0)
    throw new BraggwatchError('usage', `no detector ${detector}; there are: ${detectorNames.join(', ')}, all`);
  return async (line) => {
    for (const each of chosen) await benchDetector(each, line);
  };
}

/** `bench [NAME]`: measures one or all, a JSON object per line. */
export async function bench(name: string | undefined, { detector }: { detector?: string }): Promise<number> {
  const line = (measured: object): void => print(JSON.stringify(measured));
  if (detector !== undefined) {
    await ofDetectors(name, detector)(line);
    return EXIT.done;
  }
  for (const key of name === undefined ? benchNames : [name]) {
    const run = benches[key];
    if (!run) throw new BraggwatchError('usage', `no bench ${key}; there are: ${benchNames.join(', ')}`);
    await run(line);
  }
  return EXIT.done;
}
