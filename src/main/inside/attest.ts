import { heard } from '@core/verdict/witness';
import type { Rows } from '@main/beamtime/rows';
import type { LedgerRow } from '@main/ledger/row';
import { inBackground } from '@main/process/report';
import type { Worker } from '@main/process/worker';
import type { InsideService } from '@main/retrieval/service';
import { madeOf } from './made-of';
import { isFit, isReady } from './turns';

type Found = NonNullable<LedgerRow['inside']>;

/** Lays what was found within crystals beside their verdicts. */
export interface Attesting {
  /** In the result first, then in the row; nothing where the verdict has become one of other data. */
  attest(id: string, inside: Found): Promise<void>;
  /**
   * The same for a scan that was judged again from the same data, for which what was found stands.
   * @returns whether it is such a scan
   */
  attestAgain(row: LedgerRow): boolean;
}

export interface AttestingOptions {
  readonly worker: Pick<Worker<InsideService>, 'call'>;
  readonly rows: Pick<Rows, 'get' | 'put'>;
  pathOf(id: string): string;
}

export function createAttesting({ worker, rows, pathOf }: AttestingOptions): Attesting {
  /** Under way by {@link Attesting.attestAgain}. */
  const under = new Set<string>();

  const attest = async (id: string, inside: Found): Promise<void> => {
    const attested = (): LedgerRow | undefined => {
      const row = rows.get(id);
      if (!row?.verdict || madeOf(row) !== inside.madeFrom) return undefined;
      const verdict = heard(row.verdict, inside.opinion);
      return { ...row, inside, verdict, line: row.line && { ...row.line, verdict } };
    };
    const row = attested();
    if (row?.nexus && row.line) await worker.call('amend', row.nexus, pathOf(id), row.line);
    const now = attested();
    if (now) rows.put(now);
  };

  return {
    attest,
    attestAgain(row) {
      const { id, inside, verdict } = row;
      if (!inside || !verdict || verdict.inside || !isFit(row) || !isReady(row)) return false;
      if (!under.has(id)) {
        under.add(id);
        inBackground(
          attest(id, inside).finally(() => under.delete(id)),
          'a witness to a verdict',
        );
      }
      return true;
    },
  };
}
