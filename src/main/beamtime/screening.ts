import { setImmediate as pause } from 'node:timers/promises';
import type { Screening, ScreeningGroup } from '@contract/screening';
import { rankCandidates, type Particle } from '@core/screening/candidates';
import { proportions, type CountedVerdict } from '@core/screening/proportions';
import type { ModelFacts } from '@main/engine/service';
import type { LedgerRow } from '@main/ledger/row';
import type { Wanted } from '@vocabulary/screening';

type Model = Pick<ModelFacts, 'name' | 'hash' | 'classes' | 'confusion'> | undefined;

/** More than anybody goes back to in a shift. */
const MOST_CANDIDATES = 50;

/** Counts, corrected shares and the next candidates among some scans. Pauses between samples, so that nothing else waits. */
export async function screen(rows: readonly LedgerRow[], wanted: Wanted, model: Model): Promise<Screening> {
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
  const ranked = rankCandidates(rows.flatMap(particleOf), wanted);
  return {
    all: groupOf(null, rows, model),
    samples: samples.toSorted((a, b) => b.scans - a.scans),
    model: model?.name ?? null,
    candidates: ranked.slice(0, MOST_CANDIDATES).map((each) => ({ ...each, reasons: [...each.reasons] })),
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

function verdictOf({ verdict, state, line }: LedgerRow, model: Model): CountedVerdict[] {
  const early = state === 'arriving';
  if (!verdict || !(early || state === 'classified')) return [];
  const strange = (verdict.novelty ?? 0) > 1;
  return [{ class: verdict.class, sure: verdict.sure, early, strange, byModel: line?.model?.hash === model?.hash }];
}

/** A particle with a final verdict. */
function particleOf({ id, verdict, state, line, rockingCurve: curve }: LedgerRow): Particle[] {
  if (!verdict || state !== 'classified') return [];
  const { class: of, probabilities, sure, novelty } = verdict;
  const counts = curve && curve.counts.length > 0 ? peakCounts(curve.counts) : undefined;
  return [{ id, class: of, probabilities, sure, novelty, counts, oversampling: line?.reduction?.measuredOversampling }];
}

/** Counts of a rocking curve above its lowest frame, which is background. */
function peakCounts(frames: readonly number[]): number {
  const lowest = frames.reduce((least, count) => Math.min(least, count), Infinity);
  return frames.reduce((sum, count) => sum + count - lowest, 0);
}
