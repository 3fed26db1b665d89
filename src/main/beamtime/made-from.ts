import { BraggwatchError } from '@contract/errors';
import type { LedgerRow } from '@main/ledger/row';
import type { MadeFrom } from '@main/ledger/tolerant';
import type { Worker } from '@main/process/worker';
import { factsPrint, isComparable } from '@main/scan/fingerprint';
import type { ScanService } from '@main/reading/service';
import type { ScanFacts } from '@main/scan/types';

type Scans = Pick<Worker<ScanService>, 'call'>;

/** null where the frames cannot be read, which says something of them. @throws BraggwatchError where the process ended, which says nothing */
const printOf = (scans: Scans, facts: ScanFacts, like?: string): Promise<string | null> =>
  scans.call('print', facts.ref, like).catch((error: unknown) => {
    if (error instanceof BraggwatchError && ['worker-died', 'timed-out'].includes(error.code)) throw error;
    return null;
  });

/** What the refusal of a scan was made from whose frames were not opened: its facts alone. */
export const madeFromFacts = (facts: ScanFacts, source: string): MadeFrom => ({
  source,
  frames: [facts.framesPresent, facts.framesExpected],
  facts: factsPrint(facts),
  data: null,
});

/**
 * What a verdict is about to be made from; taken before the frames are read, so that whatever changes from then on shows.
 * @param source how its files looked from outside when `facts` were listed
 * @throws BraggwatchError worker-died, timed-out
 */
export async function madeFrom(scans: Scans, facts: ScanFacts, source: string): Promise<MadeFrom> {
  const data = await printOf(scans, facts);
  return { ...madeFromFacts(facts, source), data };
}

/**
 * Whether a judged scan is still what its verdict was made from, as far as its facts tell. `unknown`: its files have changed, and
 * its frames are to be compared.
 * @param source how its files look from outside now
 */
export function compareFacts(row: LedgerRow, facts: ScanFacts, source: string): 'same' | 'other' | 'unknown' {
  const made = row.madeFrom;
  // Judged by a version that did not record it.
  if (!made) return 'same';
  if (facts.framesPresent !== made.frames[0]) return 'other';
  if (isComparable(made.facts) && factsPrint(facts) !== made.facts) return 'other';
  // No rocking curve by its facts: whatever else comes into its file, its frames are not asked.
  if (row.state === 'skipped' && made.data === null && isComparable(made.facts)) return 'same';
  // An earlier version knew less of how files look.
  const untouched = made.source === source || source.startsWith(`${made.source}:`);
  return untouched || facts.framesPresent === 0 ? 'same' : 'unknown';
}

/** The same by its frames. `unknown`: they cannot be read now. */
export async function compareFrames(
  scans: Scans,
  row: LedgerRow,
  facts: ScanFacts,
): Promise<'same' | 'other' | 'unknown'> {
  const made = row.madeFrom?.data ?? null;
  const data = await printOf(scans, facts, made ?? undefined).catch(() => undefined);
  if (data === undefined || (data === null && made !== null)) return 'unknown';
  return data === made ? 'same' : 'other';
}
