import { setImmediate as pause } from 'node:timers/promises';
import type { Screening, ScreeningGroup } from '@contract/screening';
import { standingOf } from '@contract/standing';
import { rankCandidates } from '@core/screening/candidates';
import { proportions, type CountedVerdict } from '@core/screening/proportions';
import type { ModelFacts } from '@main/engine/service';
import type { LedgerRow } from '@main/ledger/row';
import type { Wish } from '@vocabulary/screening';
import { particlesOf } from './particle';

type Model = Pick<ModelFacts, 'name' | 'hash' | 'classes' | 'confusion'> | undefined;

/** More than anybody goes back to in a shift. */
const MOST_CANDIDATES = 50;

/**
 * Counts, corrected shares and the next candidates among some scans. Pauses between samples, so that nothing else waits.
 * @param all that were measured: neighbours and further reflections count whether the filter shows them or not
 */
export async function screen(
  rows: readonly LedgerRow[],
  all: readonly LedgerRow[],
  { wanted, weights }: Wish,
  model: Model,
): Promise<Screening> {
  const bySample = new Map<string | null, LedgerRow[]>();
  for (const row of rows) {
    const group = bySample.get(row.sample);
    if (group) group.push(row);
    else bySample.set(row.sample, [row]);
  }
  const samples: ScreeningGroup[] = [];
  if (bySample.size > 1) {
    for (const [sample, group] of bySample) {
      samples.push(groupOf(sample, group, model));
      await pause();
    }
  }
  const ranked = rankCandidates(particlesOf(rows, all), wanted, weights);
  return {
    all: groupOf(null, rows, model),
    samples: samples.toSorted((a, b) => b.scans - a.scans),
    model: model?.name ?? null,
    candidates: ranked.slice(0, MOST_CANDIDATES),
    candidateCount: ranked.length,
  };
}

function groupOf(sample: string | null, rows: readonly LedgerRow[], model: Model): ScreeningGroup {
  // A scan that waits with a problem waits for the user, not for its turn.
  const notJudged = rows.filter(
    ({ state, problem }) => state === 'rejected' || state === 'skipped' || (state === 'waiting' && problem !== null),
  ).length;
  const verdicts = rows.flatMap((row) => verdictOf(row, model));
  return {
    sample,
    scans: rows.length,
    open: rows.length - notJudged - verdicts.length,
    notJudged,
    proportions: proportions(verdicts, model),
  };
}

function verdictOf(row: LedgerRow, model: Model): CountedVerdict[] {
  const standing = standingOf(row);
  // One that is judged again counts when that is done.
  if (!standing || !(standing.byHand || row.state === 'arriving' || row.state === 'classified')) return [];
  const strange = (row.verdict?.novelty ?? 0) > 1;
  return [{ ...standing, strange, byModel: row.line?.model?.hash === model?.hash }];
}
