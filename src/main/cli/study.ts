import { resolve } from 'node:path';
import { complain, EXIT, print } from './output';

export interface RawScansCommandOptions {
  readonly out: string;
  readonly scans: number;
  readonly seed: number;
  readonly shard?: { readonly part: number; readonly of: number };
}

/** `study raw-scans --out DIR`: makes the set of raw scans of large crystals that `evaluate` then judges a model on. */
export async function rawScans({ out, scans, seed, shard }: RawScansCommandOptions): Promise<number> {
  const { makeRawScans } = await import('@main/study/raw-scans');
  const result = await makeRawScans(resolve(out), {
    scans,
    seed,
    ...(shard && { share: shard }),
    onProgress: (done, of) => complain(`scan ${done} of ${of}`),
  });
  print(JSON.stringify(result));
  return EXIT.done;
}
