import { existsSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import { MOST_REPEATS, type KeptSum, type RepeatsSum } from '@contract/repeats';
import type { VerdictLine } from '@contract/scan';
import { familyIfKnown } from '@core/network/family';
import { ALIKE } from '@core/repeats/sum';
import { placeIn, takeAway } from '@main/files/laid';
import type { Board } from '@main/jobs/board';
import type { LedgerRow } from '@main/ledger/row';
import type { Classifier } from '@main/models/classifier';
import { inBackground } from '@main/process/report';
import type { Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import { verdictOf } from './judge';
import type { Doubt } from '@vocabulary/doubts';
import { countsOf, createGrouping, verdictOn } from './particle';
import type { Rows } from './rows';

type Owned = Extract<keyof Handlers, `repeats/${string}`>;

export interface RepeatsTools {
  readonly rows: Pick<Rows, 'all' | 'get'>;
  /** Reads what was kept. */
  readonly scans: Pick<Worker<ScanService>, 'call'>;
  /** A process of its own for a sum, which takes seconds and holds up nobody. */
  summing(): Worker<ScanService>;
  readonly classifier: Pick<Classifier, 'facts' | 'judge'>;
  readonly board: Pick<Board, 'run'>;
}

/** A judged scan with its volume. */
type Repeat = LedgerRow & { readonly nexus: string; readonly judgedAt: string };

const isRepeat = (row: LedgerRow | undefined): row is Repeat =>
  row !== undefined && row.nexus !== null && row.judgedAt !== null;

/** Beside the result of the scan that was taken first, under its name. */
const pathOf = ({ nexus }: Repeat): string => join(dirname(nexus), `${parse(nexus).name}-repeats.nxs`);

/** Sums of the repeats of particles' reflections, made when somebody asks, and kept among the results. */
export function createRepeats({ rows, scans, summing, classifier, board }: RepeatsTools): Pick<Handlers, Owned> {
  const groupedRows = createGrouping();
  const underWay = new Map<string, Promise<RepeatsSum>>();

  /** Scans of the same particle at the same reflection, in the order in which they were taken. */
  const repeatsOf = (id: string): Repeat[] => {
    const particle = groupedRows(rows.all()).find((each) => each.rows.some((row) => row.id === id));
    if (!particle) throw new BraggwatchError('scan-not-found', id);
    const ids = verdictOn(particle)?.reflections.find((reflection) => reflection.ids.includes(id))?.ids ?? [];
    return particle.rows.filter((row) => ids.includes(row.id)).filter(isRepeat);
  };
  /** The newest sum of any of them, and the file that it lies in. */
  const keptOf = async (repeats: readonly Repeat[]): Promise<{ kept: KeptSum; path: string } | undefined> => {
    const found: { kept: KeptSum; path: string }[] = [];
    for (const path of repeats.map(pathOf).filter(existsSync)) {
      const kept = await scans.call('summed', path);
      if (kept) found.push({ kept, path });
    }
    return found.toSorted((a, b) => (a.kept.made < b.kept.made ? 1 : -1))[0];
  };
  const told = (kept: KeptSum, result: string, repeats: readonly Repeat[]): RepeatsSum => {
    const verdicts = (all: readonly { readonly id: string; readonly judgedAt: string }[]): string =>
      all
        .map(({ id, judgedAt }) => `${id} ${judgedAt}`)
        .toSorted()
        .join('\n');
    return { ...kept, result, outdated: verdicts(kept.repeats) !== verdicts(repeats) };
  };

  const sum = async (repeats: readonly Repeat[], signal: AbortSignal): Promise<RepeatsSum> => {
    const [first] = repeats as [Repeat];
    const [path, place, worker] = [pathOf(first), placeIn(dirname(first.nexus)), summing()];
    signal.addEventListener('abort', () => worker.close());
    try {
      const given = repeats.map((row) => ({ scan: row.name, result: row.nexus, counts: countsOf(row) ?? 1 }));
      const { parts, counts, doubts, voxel } = await worker.call('sumResults', given, place);
      const summed = repeats.filter((_, n) => !parts[n]!.left);
      await classifier.facts();
      const hkl = first.line?.hkl ?? null;
      const prediction = await classifier.judge({ laid: place }, 1, [familyIfKnown(hkl)]);
      const line = lineOf(summed, voxel, doubts, prediction);
      const kept: KeptSum = {
        made: new Date().toISOString(),
        hkl,
        repeats: repeats.map(({ id, name, judgedAt }, n) => {
          const { left, correlation, shift } = parts[n]!;
          return {
            ...{ id, scan: name, judgedAt },
            ...(left && { left }),
            ...(correlation !== undefined && { correlation }),
            ...(shift && { shift: [...shift] }),
          };
        }),
        alike: ALIKE,
        counts,
        verdict: line.verdict,
        model: line.model,
        warnings: line.warnings,
      };
      await worker.call('recordSum', path, line, kept);
      return told(kept, path, repeats);
    } finally {
      worker.close();
      inBackground(takeAway(place), `taking ${place} away`);
    }
  };

  return {
    async 'repeats/of'({ id }) {
      const repeats = repeatsOf(id);
      const found = await keptOf(repeats);
      return found ? told(found.kept, found.path, repeats) : null;
    },
    async 'repeats/volume'({ id }) {
      const found = await keptOf(repeatsOf(id));
      return found ? scans.call('volume', found.path) : null;
    },
    async 'repeats/sum'({ id }) {
      const repeats = repeatsOf(id);
      const [first] = repeats;
      if (!first || repeats.length < 2 || repeats.length > MOST_REPEATS)
        throw new BraggwatchError('repeats-few', `${repeats.length} of ${rows.get(id)?.name ?? id}`);
      const running = underWay.get(first.id);
      if (running) return running;
      const asked = board
        .run({ kind: 'repeats', name: first.name }, (signal) => sum(repeats, signal))
        .finally(() => underWay.delete(first.id));
      underWay.set(first.id, asked);
      return asked;
    },
  };
}

type Certain = 'verdict' | 'model';
type JudgedLine = Omit<VerdictLine, Certain> & { readonly [K in Certain]: NonNullable<VerdictLine[K]> };

/** The sum's verdict, by the doubts that its volume brings along: what nobody measured, and exposures that nobody could bring to one. */
function lineOf(
  summed: readonly Repeat[],
  voxel: number,
  doubts: readonly Doubt[],
  prediction: Awaited<ReturnType<Classifier['judge']>>,
): JudgedLine {
  const [first] = summed as [Repeat];
  const { hkl = null, reduction } = first.line ?? {};
  if (!reduction) throw new BraggwatchError('volume-missing', first.name);
  const exposure = summed.some((row) => row.verdict?.doubts?.includes('exposure'));
  const { verdict, model, ...told } = verdictOf(
    {
      facts: { whole: true, ended: true },
      hkl,
      reduction: {
        ...reduction,
        voxelInvAngstrom: voxel,
        oversampling: (reduction.oversampling * reduction.voxelInvAngstrom) / voxel,
      },
      doubts: [...doubts, ...(exposure ? ['exposure' as const] : [])],
      warnings: [],
    },
    prediction,
  );
  if (!verdict || !model) throw new RangeError('a prediction without a verdict');
  const scan = `sum of ${summed.map(({ name }) => name).join(', ')}`;
  return { scan, source: first.source, format: first.format, ...told, verdict, model };
}
