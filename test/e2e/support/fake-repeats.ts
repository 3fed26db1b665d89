import { BraggwatchError, warning } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import type { RepeatsSum } from '@contract/repeats';
import type { ScanSummary } from '@contract/scan';
import type { Volume } from '@contract/volume';
import { createParticles } from '@main/beamtime/particles';
import { fakeRow, verdictOf } from './fake-scans';

/** Sums that nobody computes: of a reflection's repeats the last one is unlike the others, where there are more than two. */
export function fakeRepeats(
  scans: () => readonly ScanSummary[],
  volume: (id: string) => Volume | null,
): Pick<Handlers, 'repeats/of' | 'repeats/sum' | 'repeats/volume'> {
  const sums = new Map<string, RepeatsSum>();
  const idsOf = async (id: string): Promise<readonly string[]> => {
    const { 'particles/of': of } = createParticles({
      all: () => scans().map(fakeRow),
      get: () => undefined,
      put: (row) => row,
    });
    return (await of({ id })).reflections.find(({ ids }) => ids.includes(id))?.ids ?? [];
  };
  const find = (id: string): ScanSummary => {
    const scan = scans().find((each) => each.id === id);
    if (!scan) throw new BraggwatchError('scan-not-found', id);
    return scan;
  };
  const kept = async (id: string): Promise<RepeatsSum | null> => {
    const ids = await idsOf(id);
    const sum = ids.map((each) => sums.get(each)).find((each) => each !== undefined);
    return sum ? { ...sum, outdated: sum.repeats.length !== ids.length } : null;
  };
  return {
    'repeats/of': ({ id }) => kept(id),
    'repeats/volume': async ({ id }) => ((await kept(id)) ? volume(id) : null),
    'repeats/sum': async ({ id }) => {
      const ids = await idsOf(id);
      const [first] = ids as [string];
      if (ids.length === 2 && find(first).verdict?.class !== find(ids[1]!).verdict?.class)
        throw new BraggwatchError('repeats-disagree', ids.map((each) => find(each).scan).join(', '));
      const { verdict } = find(first);
      const sum: RepeatsSum = {
        made: '2026-05-13T03:12:00.000Z',
        hkl: [1, 1, 1],
        repeats: ids.map((each, n) => {
          const { scan, judgedAt = '' } = find(each);
          const outlier = ids.length > 2 && n === ids.length - 1;
          return {
            ...{ id: each, scan, judgedAt, correlation: outlier ? 0.913 : 0.996 - n / 1000 },
            ...{ shift: [0.25 - n / 4, n / 10, outlier ? -1.04 : 0.02] as [number, number, number] },
            ...(outlier && { left: 'correlation' as const }),
          };
        }),
        alike: 0.98,
        counts: 7_218_000,
        verdict: verdictOf(verdict?.class ?? 'perfect', 0.985),
        model: { name: 'three-class', hash: '4f1d08c2aa93e1b7' },
        warnings: [warning('model-provisional')],
        result: `/home/lea/.local/share/braggwatch/results/${find(first).scan}-4f1d08-repeats.nxs`,
        outdated: false,
      };
      sums.set(first, sum);
      return sum;
    },
  };
}
