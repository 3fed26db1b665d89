import { setImmediate as pause } from 'node:timers/promises';
import type { Screening, ScreeningGroup } from '@contract/screening';
import { standingOf } from '@contract/standing';
import { rankCandidates } from '@core/screening/candidates';
import { proportions, type CountedVerdict } from '@core/screening/proportions';
import type { ModelFacts } from '@main/engine/answer';
import type { LedgerRow } from '@main/ledger/row';
import type { Wish } from '@vocabulary/screening';
import { judgedParticles, particlesOf, type JudgedParticle } from './particle';

type Model = Pick<ModelFacts, 'name' | 'hash' | 'classes' | 'confusion'> | undefined;

/** More than anybody goes back to in a shift. */
const MOST_CANDIDATES = 50;

/**
 * Counts of particles, each by what all its scans say together, corrected shares and the next candidates among some scans. Pauses between samples, so that nothing else waits.
 * @param all that were measured: neighbours and further reflections count whether the filter shows them or not
 */
export async function screen(
  rows: readonly LedgerRow[],
  all: readonly LedgerRow[],
  { wanted, weights }: Wish,
  model: Model,
): Promise<Screening> {
  const particles = judgedParticles(all);
  const bySample = new Map<string | null, LedgerRow[]>();
  for (const row of rows) {
    const group = bySample.get(row.sample);
    if (group) group.push(row);
    else bySample.set(row.sample, [row]);
  }
  const samples: ScreeningGroup[] = [];
  if (bySample.size > 1) {
    for (const [sample, group] of bySample) {
      samples.push(groupOf(sample, group, particles, model));
      await pause();
    }
  }
  const ranked = rankCandidates(particlesOf(rows, particles), wanted, weights);
  return {
    all: groupOf(null, rows, particles, model),
    samples: samples.toSorted((a, b) => b.scans - a.scans),
    model: model?.name ?? null,
    candidates: ranked.slice(0, MOST_CANDIDATES),
    candidateCount: ranked.length,
  };
}

function groupOf(
  sample: string | null,
  rows: readonly LedgerRow[],
  all: readonly JudgedParticle[],
  model: Model,
): ScreeningGroup {
  // A scan that waits with a problem waits for the user, not for its turn.
  const notJudged = rows.filter(
    ({ state, problem }) => state === 'rejected' || state === 'skipped' || (state === 'waiting' && problem !== null),
  ).length;
  const judged = rows.filter((row) => verdictOf(row, model).length > 0);
  const ids = new Set(judged.map(({ id }) => id));
  const particles = all.filter((particle) => particle.rows.some(({ id }) => ids.has(id)));
  return {
    sample,
    scans: rows.length,
    particles: particles.length,
    open: rows.length - notJudged - judged.length,
    notJudged,
    proportions: proportions(
      particles.flatMap((particle) => particleVerdictOf(particle, model)),
      model,
    ),
  };
}

/** A particle counts once: by all its scans, or early where none of them is settled. */
function particleVerdictOf({ rows, told }: JudgedParticle, model: Model): CountedVerdict[] {
  const scans = rows.flatMap((row) => verdictOf(row, model));
  const final = scans.filter(({ early }) => !early);
  if (!told || final.length === 0) return scans.slice(0, 1);
  const { class: of, sure, byHand } = told;
  return [
    {
      ...{ class: of, sure, byHand, early: false },
      strange: final.every(({ strange }) => strange),
      byModel: final.every(({ byModel }) => byModel),
    },
  ];
}

function verdictOf(row: LedgerRow, model: Model): CountedVerdict[] {
  const standing = standingOf(row);
  // One that is judged again counts when that is done.
  if (!standing || !(standing.byHand || row.state === 'arriving' || row.state === 'classified')) return [];
  const strange = (row.verdict?.novelty ?? 0) > 1;
  return [{ ...standing, strange, byModel: row.line?.model?.hash === model?.hash }];
}
