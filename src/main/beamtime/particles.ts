import { BraggwatchError } from '@contract/errors';
import type { ParticleDetail, ParticleWord, Regrouped, Regrouping } from '@contract/particle';
import type { Handlers } from '@contract/procedures';
import { standingOf } from '@contract/standing';
import { takenAt } from '@contract/taken';
import { asPlaced, joined, splitOff, type Word } from '@core/screening/grouping';
import { distanceOf } from '@core/screening/places';
import type { Pooled } from '@core/verdict/pooled';
import { toSummary, type LedgerRow } from '@main/ledger/row';
import { isDefectSure } from '@vocabulary/doubts';
import { countsOf, createGrouping, placeOf, verdictOn, type ParticleRows } from './particle';
import type { Rows } from './rows';

type Owned = 'particles/of' | 'particles/regroup';

/** More than one looks through to find the neighbour that one means. */
const MOST_NEAR = 8;

/** What the screen asks of particles: which scans are of one, and a person's word on that. */
export function createParticles(rows: Pick<Rows, 'all' | 'get' | 'put'>): Pick<Handlers, Owned> {
  const groupedRows = createGrouping();
  const find = (id: string, all = groupedRows(rows.all())): ParticleRows => {
    const particle = all.find((each) => each.rows.some((row) => row.id === id));
    if (!particle) throw new BraggwatchError('scan-not-found', id);
    return particle;
  };
  const groupOf = (id: string): { ids: string[] } => ({ ids: find(id).rows.map((row) => row.id) });
  const put = (words: readonly Word[]): Regrouped => {
    const changed = words.flatMap(({ id, word }) => {
      const row = rows.get(id);
      return row && row.particle !== word ? [{ row, word }] : [];
    });
    const summaries = changed.map(({ row, word }) => toSummary(rows.put({ ...row, particle: word })));
    const told = (of: (each: (typeof changed)[number]) => string | null): ParticleWord[] =>
      changed.map((each) => ({ id: each.row.id, particle: of(each) }));
    return { before: told(({ row }) => row.particle), after: told(({ word }) => word), changed: summaries };
  };
  const wordsOf = (asked: Regrouping): readonly Word[] => {
    if (asked.do === 'put') return asked.words.map(({ id, particle }) => ({ id, word: particle }));
    const group = groupOf(asked.id);
    if (asked.do === 'split') return splitOff(group, asked.id);
    if (asked.do === 'forget') return asPlaced(group);
    return group.ids.includes(asked.with) ? [] : joined(group, groupOf(asked.with));
  };
  return {
    'particles/of': ({ id }) => {
      const all = groupedRows(rows.all());
      return detailOf(find(id, all), all);
    },
    'particles/regroup': (asked) => put(wordsOf(asked)),
  };
}

const told = ({ class: named, probabilities, defective, sure, doubts, byHand, from }: Pooled) => ({
  ...{ class: named, chance: byHand ? 1 : (probabilities[named] ?? 0), defective, sure, byHand },
  defectSure: isDefectSure({ sure, doubts: [...doubts] }),
  from: from.length,
});

function detailOf(particle: ParticleRows, all: readonly ParticleRows[]): ParticleDetail {
  const verdict = verdictOn(particle);
  const reflections = verdict?.reflections ?? [];
  return {
    scans: particle.rows.map((row) => {
      const at = reflections.findIndex(({ ids }) => ids.includes(row.id));
      const standing = standingOf(row);
      const counts = countsOf(row);
      return {
        ...{ id: row.id, scan: row.name, at: takenAt(row), reflection: at < 0 ? null : at },
        ...(standing && { class: standing.class, sure: standing.sure }),
        ...(standing && row.verdict && { defective: row.verdict.defective }),
        ...(counts !== undefined && { counts }),
        ...(row.line?.reduction?.dAngstrom !== undefined && { dAngstrom: row.line.reduction.dAngstrom }),
        ...(row.verdict?.inside && { phaseSpreadRad: row.verdict.inside.phaseSpreadRad }),
      };
    }),
    reflections: reflections.map(({ hkl, ids, verdict: own }) => ({ hkl, ids, verdict: told(own) })),
    verdict: verdict ? told(verdict) : null,
    burgers: verdict?.burgers ?? null,
    byHand: particle.rows.some((row) => row.particle !== null),
    near: nearOf(particle, all),
  };
}

const firstPlaced = ({ rows }: ParticleRows): ReturnType<typeof placeOf> =>
  rows.map(placeOf).find((place) => place !== undefined);

function nearOf(particle: ParticleRows, all: readonly ParticleRows[]): ParticleDetail['near'] {
  const here = firstPlaced(particle);
  if (!here) return [];
  return all
    .flatMap((other) => {
      const place = other === particle ? undefined : firstPlaced(other);
      const [first] = other.rows as [LedgerRow];
      return place?.on === here.on
        ? [{ id: first.id, scan: first.name, micrometres: distanceOf(place.at, here.at) }]
        : [];
    })
    .toSorted((a, b) => a.micrometres - b.micrometres)
    .slice(0, MOST_NEAR);
}
