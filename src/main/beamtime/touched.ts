import type { LedgerRow } from '@main/ledger/row';
import type { Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import type { ScanFacts } from '@main/scan/types';
import { compareFrames } from './made-from';

/** A judged scan whose files have changed, though its facts are the same. */
export interface Touched {
  readonly row: LedgerRow;
  readonly facts: ScanFacts;
  /** How its files look now. */
  readonly source: string;
}

/** Tells of judged scans whose files have changed which of them are others now. */
export interface Comparisons {
  /** Whether its frames were compared since its files look so, and were the same. */
  isSame(id: string, source: string): boolean;
  /** Compares some of them, those first that were compared the longest ago and are the newest. */
  some(touched: readonly Touched[]): Promise<Compared>;
  forget(id: string): void;
}

interface Compared {
  /** Ids of those that are what they were, and of those that are others. */
  readonly same: readonly string[];
  readonly other: readonly string[];
  /** Whether all were compared, and are the same. */
  readonly allSame: boolean;
}

/** Of a source's judged scans so many have their frames compared at one sweep: new ones must not wait for a thousand old ones. */
const COMPARED = 4;

export function createComparisons(scans: Pick<Worker<ScanService>, 'call'>, now: () => number): Comparisons {
  /** How a scan's files looked when its frames were last compared, and when. */
  const compared = new Map<string, { readonly source: string; readonly at: number }>();
  return {
    isSame: (id, source) => compared.get(id)?.source === source,
    async some(touched) {
      const at = ({ row }: Touched): number => compared.get(row.id)?.at ?? -Infinity;
      const turn = touched.toReversed().sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
      const [same, other]: [string[], string[]] = [[], []];
      for (const { row, facts, source } of turn.slice(0, COMPARED)) {
        const found = await compareFrames(scans, row, facts);
        if (found === 'other') other.push(row.id);
        if (found !== 'same') continue;
        compared.set(row.id, { source, at: now() });
        same.push(row.id);
      }
      return { same, other, allSame: same.length === touched.length };
    },
    forget: (id) => void compared.delete(id),
  };
}
