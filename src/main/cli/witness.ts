import { BraggwatchError, warning } from '@contract/errors';
import type { VerdictLine } from '@contract/scan';
import { heard } from '@core/verdict/witness';
import { nodeLauncher } from '@main/process/launcher';
import { problemOf } from '@main/process/report';
import { createWorker } from '@main/process/worker';
import type { ReduceOptions } from '@main/reading/volume';
import { STARTS } from '@main/retrieval/look';
import type { InsideService } from '@main/retrieval/service';
import type { ScanFacts } from '@main/scan/types';

/** Phase retrieval beside the verdicts of a command. */
export interface Witness {
  /**
   * Looks into the crystal of a judged scan. One that cannot be looked into keeps its verdict, with a warning.
   * @param result its NeXus file, which gets what was found; a CXI file is left beside it
   * @returns its line with what was found
   */
  hear(line: VerdictLine, facts: ScanFacts, options: ReduceOptions, result?: string): Promise<VerdictLine>;
  close(): void;
}

const TIMEOUT_MS = 600_000;
/** A command has nothing else to do meanwhile. */
const STEP_MS = 60_000;

/** @param roots folders into which what scans' files name may lead */
export function openWitness(roots: readonly string[]): Witness {
  const worker = createWorker<InsideService>(nodeLauncher, 'inside-worker', {
    timeoutMs: TIMEOUT_MS,
    telling: () => ({ roots }),
  });
  const look = async (line: VerdictLine, ...[facts, options, result]: [ScanFacts, ReduceOptions, string?]) => {
    const key = await worker.call('begin', facts.ref, options, STARTS);
    for (;;) {
      const step = await worker.call('step', key, STEP_MS);
      if (!step) throw new BraggwatchError('job-cancelled', line.scan);
      if (!step.whole || !step.opinion || !line.verdict) continue;
      const witnessed = { ...line, verdict: heard(line.verdict, step.opinion) };
      if (result !== undefined) {
        const cxi = result.replace(/\.nxs$/, '.cxi');
        await worker.call('keep', key, cxi, { scan: facts.name, source: facts.ref.source });
        await worker.call('amend', result, cxi, witnessed);
      }
      return witnessed;
    }
  };
  return {
    async hear(line, ...about) {
      try {
        return await look(line, ...about);
      } catch (error) {
        const { message } = problemOf(error, `looking into ${line.scan}`);
        return { ...line, warnings: [...line.warnings, warning('inside-failed', message)] };
      }
    },
    close: () => worker.close(),
  };
}
