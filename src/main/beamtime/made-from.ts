import { BraggwatchError } from '@contract/errors';
import type { LedgerRow } from '@main/ledger/row';
import type { MadeFrom } from '@main/ledger/tolerant';
import type { Worker } from '@main/process/worker';
import { factsPrint } from '@main/scan/fingerprint';
import type { ScanService } from '@main/reading/service';
import type { ScanFacts } from '@main/scan/types';

type Scans = Pick<Worker<ScanService>, 'call'>;

/** null where the frames cannot be read, which says something of them. @throws BraggwatchError where the process ended, which says nothing */
const printOf = (scans: Scans, facts: ScanFacts): Promise<string | null> =>
  scans.call('print', facts.ref).catch((error: unknown) => {
    if (error instanceof BraggwatchError && ['worker-died', 'timed-out'].includes(error.code)) throw error;
    return null;
  });

/**
 * What a verdict is about to be made from; taken before the frames are read, so that whatever changes from then on shows.
 * @param source how it looked from outside when `facts` were listed
 * @throws BraggwatchError worker-died, timed-out
 */
export async function madeFrom(scans: Scans, facts: ScanFacts, source: string): Promise<MadeFrom> {
  const { framesPresent, framesExpected } = facts;
  const data = await printOf(scans, facts);
  return { source, frames: [framesPresent, framesExpected], facts: factsPrint(facts), data };
}

/**
 * Whether a judged scan is still what its verdict was made from. `later`: its source changes at present, or cannot be read now.
 * @param steady the source looked the same at the sweep before
 * @param alone whether it is the only scan of its source: a file that gets further scans changes without the earlier ones
 */
export async function compare(
  scans: Scans,
  row: LedgerRow,
  facts: ScanFacts,
  source: string,
  { steady, alone }: { readonly steady: boolean; readonly alone: boolean },
): Promise<'same' | 'other' | 'later'> {
  const made = row.madeFrom;
  // Judged by a version that did not record it, or nothing has happened since.
  if (!made || made.source === source) return 'same';
  if (!steady) return 'later';
  if (facts.framesPresent !== made.frames[0] || factsPrint(facts) !== made.facts) return 'other';
  if (!alone) return 'same';
  const data = await printOf(scans, facts).catch(() => undefined);
  if (data === undefined) return 'later';
  if (data === null && made.data !== null) return 'later';
  return data === made.data ? 'same' : 'other';
}
