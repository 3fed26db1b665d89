import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import { BraggwatchError, toProblem, type Problem } from '@contract/errors';
import type { InsideOpinion } from '@contract/inside';
import { printedInside } from '@contract/printed-inside';
import type { Inside } from '@core/phase/inside';
import type { Algorithm } from '@core/phase/retrieve';
import type { Source } from '@main/beamtime/watch/walk';
import { problemOf } from '@main/process/report';
import { isReduced, readReduced } from '@main/retrieval/from-npz';
import { inputOf, type RetrievalInput } from '@main/retrieval/input';
import { look, opinionOf } from '@main/retrieval/look';
import { createStarter, type Starter } from '@main/retrieval/threads';
import type { ScanFacts } from '@main/scan/types';
import { insideSays, undecidedBecause } from '@vocabulary/inside';
import { openBatch, sourcesOf, type Batch } from './batch';
import type { ScanOptions } from './options';
import { complain, exitOf, print } from './output';

export interface RetrieveCommandOptions extends Omit<ScanOptions, 'engine' | 'model'> {
  readonly starts: number;
  readonly seed: number;
  readonly algorithm?: Algorithm;
  /** Voxels along each edge of the pattern, about its peak. */
  readonly size: 64 | 128;
}

/** One scan to look into: its name, and how to get at its pattern. */
interface Wanted {
  readonly scan: string;
  readonly source: string;
  read(): Promise<{ input: RetrievalInput; timings: Record<string, number> }>;
}

type Fail = (scan: string, source: string, problem: Problem) => void;

/** `retrieve PATH...`: what phase retrieval shows within each crystal, a line each. Returns the exit code. */
export async function retrieve(paths: readonly string[], options: RetrieveCommandOptions): Promise<number> {
  const batch = openBatch(paths, { ...options, engine: 'auto' });
  const starter = createStarter(availableParallelism());
  const tally = { done: 0, failed: 0 };
  const fail: Fail = (scan, source, problem) => {
    tally.failed++;
    if (options.json) print(JSON.stringify({ scan, source, error: problem }));
    else print(`${scan}  ${basename(source)}  failed: ${problem.message}`);
  };
  try {
    const all = paths.map((path) => resolve(path));
    for await (const wanted of wantedIn(all, batch, options, fail)) {
      try {
        if (options.out !== undefined && tally.done > 0)
          throw new BraggwatchError('usage', '--out takes one scan; name it by its path or with --scan');
        print(await lookAt(wanted, starter, options));
        tally.done++;
      } catch (error) {
        fail(wanted.scan, wanted.source, problemOf(error, `looking into ${wanted.scan} of ${wanted.source}`));
      }
    }
  } finally {
    starter.close();
    batch.close();
  }
  return exitOf(tally, paths, options.scan);
}

/** The scans of all paths; what cannot be listed fails by itself, and where nothing can the first of them ends the command. */
async function* wantedIn(
  paths: readonly string[],
  batch: Batch,
  { scan: only, size }: Pick<RetrieveCommandOptions, 'scan' | 'size'>,
  fail: Fail,
): AsyncGenerator<Wanted> {
  const reduced = paths.filter(isReduced);
  for (const path of reduced) {
    const name = basename(path).replace(/\.npz$/i, '');
    yield { scan: name, source: path, read: () => Promise.resolve({ input: readReduced(path), timings: {} }) };
  }
  const others = paths.filter((path) => !reduced.includes(path));
  if (others.length === 0) return;
  let found;
  try {
    found = sourcesOf(others, batch.allowed);
  } catch (error) {
    if (reduced.length === 0) throw error;
    for (const path of others) fail(basename(path), path, toProblem(error));
    return;
  }
  for (const { path, problem } of found.failed) fail(basename(path), path, problem);
  for (const source of found.sources) {
    for (const facts of await listed(source, batch, fail)) {
      if (only !== undefined && facts.ref.number !== only) continue;
      yield {
        scan: facts.name,
        source: facts.ref.source,
        async read() {
          const { kept } = await batch.scans.call('reduce', facts.ref, { ...batch.optionsFor(facts), unblurred: size });
          const record = await batch.scans.call('reduced', kept);
          return { input: inputOf(record), timings: record.timings };
        },
      };
    }
  }
}

async function listed(source: Source, batch: Batch, fail: Fail): Promise<readonly ScanFacts[]> {
  try {
    return await batch.list(source, 'patient');
  } catch (error) {
    fail(basename(source.path), source.path, problemOf(error, `listing ${source.path}`));
    return [];
  }
}

/** What the retrievals of one scan show together; its progress is told. */
export function lookWith(
  scan: string,
  input: RetrievalInput,
  starter: Starter,
  { starts, seed, algorithm }: Pick<RetrieveCommandOptions, 'starts' | 'seed' | 'algorithm'>,
): Promise<Inside> {
  let told = 0;
  return look(input, starter, {
    starts,
    seed,
    ...(algorithm && { algorithm }),
    onProgress(share) {
      const tenths = Math.floor(10 * share);
      if (tenths > told) complain(`${scan}: ${10 * tenths} %`);
      told = Math.max(told, tenths);
    },
  });
}

async function lookAt(wanted: Wanted, starter: Starter, options: RetrieveCommandOptions): Promise<string> {
  const { scan, source } = wanted;
  const { input, timings } = await wanted.read();
  const started = performance.now();
  const inside = await lookWith(scan, input, starter, options);
  if (options.out !== undefined) {
    // HDF5 is loaded only where it is written.
    const { writeCxi } = await import('@main/retrieval/cxi');
    writeCxi(resolve(options.out), inside, input, { scan, source, seed: options.seed });
  }
  const retrieval = opinionOf(inside, input);
  const ms = { ...timings, retrieve: performance.now() - started };
  const timings_ms = Object.fromEntries(Object.entries(ms).map(([name, value]) => [name, Math.round(value)]));
  if (options.json) return JSON.stringify({ scan, source, retrieval: printedInside(retrieval), timings_ms });
  return `${scan}  ${basename(source)}  ${inWords(retrieval)}`;
}

function inWords(found: InsideOpinion): string {
  const [longest] = found.lines;
  const line =
    found.says === 'line' && longest
      ? ` (${found.character}, ${longest.angleToQDeg.toFixed(0)} deg to Q, ${longest.lengthOfSize.toFixed(2)} of the size, winding ${longest.winding})`
      : '';
  const size = found.bodyNm === null ? '' : `  ${found.bodyNm.toFixed(0)} nm`;
  const because = found.reason ? ` (${undecidedBecause[found.reason]})` : '';
  return `${insideSays[found.says]}${line}${because}  ${found.agreeing} of ${found.starts} starts agree, free error ${found.freeError.toFixed(3)}${size}  phase ${found.phaseSpreadRad.toFixed(2)} rad`;
}
