import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { BraggwatchError } from '@contract/errors';
import { expect, it } from 'vitest';
import { createAllAgain } from '@main/beamtime/all-again';
import { scanId } from '@main/beamtime/identity';
import { fresh } from '@main/beamtime/rows';
import type { LedgerRow } from '@main/ledger/row';
import { verdictOf } from '../../e2e/support/fake-scans';
import { temporaryFolder } from '../../support/build';
import { factsOf } from './support/scan';

function bench(count: number) {
  const results = temporaryFolder();
  const facts = Array.from({ length: count }, (_, n) => factsOf(n + 1));
  const ids = facts.map(({ ref }) => scanId(ref));
  const rows = new Map<string, LedgerRow>(
    facts.map((each, n) => {
      const nexus = join(results, `${ids[n]!}.nxs`);
      writeFileSync(nexus, 'before');
      const judged = {
        state: 'classified',
        verdict: verdictOf('edge', 0.9),
        judgedAt: '2026-05-13T02:00:00.000Z',
      } as const;
      return [ids[n]!, { ...fresh(ids[n]!, each), ...judged, judgedCount: 1, nexus }];
    }),
  );
  const waiting: string[] = [];
  let current: string | undefined;
  const again = createAllAgain({
    results,
    rows: {
      get: (id) => rows.get(id),
      put(row) {
        rows.set(row.id, row);
        again.changed(row.id);
        return row;
      },
    },
    scans: { call: (async () => facts) as never },
    queue: {
      add: ({ ref }) => void waiting.push(scanId(ref)),
      has: (id) => waiting.includes(id),
      giveUp(given) {
        const out = given.filter((id) => id !== current && waiting.includes(id));
        for (const id of out) waiting.splice(waiting.indexOf(id), 1);
        return out;
      },
    },
  });
  const begin = (): void => void (current = waiting[0]);
  /** As the settler does: the result as a whole new file first, then the row. */
  const finish = (): void => {
    const id = waiting.shift()!;
    const row = rows.get(id)!;
    writeFileSync(`${row.nexus}.partial`, 'after');
    renameSync(`${row.nexus}.partial`, row.nexus!);
    const verdict = verdictOf('perfect', 0.8);
    const settled = { ...row, state: 'classified', verdict, judgedAt: new Date().toISOString() } as const;
    rows.set(id, { ...settled, judgedCount: row.judgedCount + 1 });
    again.changed(id);
  };
  const told = (n: number) => {
    const { verdict, state, nexus, judgedCount } = rows.get(ids[n]!)!;
    return [state, verdict?.class, readFileSync(nexus!, 'utf8'), judgedCount];
  };
  return { again, begin, finish, ids, results, rows, told, waiting };
}

it('judges many scans again, and gives back verdicts and results, of those judged since, under way and waiting', async () => {
  const { again, begin, finish, ids, results, rows, told, waiting } = bench(3);
  expect(await again.handlers['scans/judge-all-again']({ ids })).toEqual({ count: 3 });
  expect(waiting).toEqual(ids);
  expect(ids.map((id) => rows.get(id)!.state)).toEqual(['waiting', 'waiting', 'waiting']);
  begin();
  finish();
  begin();
  rows.set(ids[0]!, { ...rows.get(ids[0]!)!, note: 'written since' });
  expect(told(0)).toEqual(['classified', 'perfect', 'after', 2]);
  await again.handlers['scans/judge-all-undo']();
  expect(told(0)).toEqual(['classified', 'edge', 'before', 3]);
  expect(rows.get(ids[0]!)!.note).toBe('written since');
  expect(told(2)).toEqual(['classified', 'edge', 'before', 1]);
  expect(rows.get(ids[2]!)!.judgedAt).toBe('2026-05-13T02:00:00.000Z');
  // The one under way is finished first.
  expect(waiting).toEqual([ids[1]]);
  finish();
  await breath();
  await breath();
  expect(told(1)).toEqual(['classified', 'edge', 'before', 3]);
  expect(readdirSync(results).filter((name) => name.includes('before'))).toEqual([]);
});

it('keeps the verdicts of those that are given up, and leaves nothing behind', async () => {
  const { again, finish, ids, results, told } = bench(2);
  await again.handlers['scans/judge-all-again']({ ids });
  finish();
  again.givenUp([ids[1]!]);
  expect(told(1)).toEqual(['classified', 'edge', 'before', 1]);
  expect(told(0)).toEqual(['classified', 'perfect', 'after', 2]);
  again.close();
  expect(readdirSync(results).filter((name) => name.includes('before'))).toEqual([]);
  expect(existsSync(join(results, `${ids[0]!}.nxs`))).toBe(true);
});

it('says so where there is nothing to be judged again', async () => {
  const { again } = bench(1);
  await expect(again.handlers['scans/judge-all-again']({ ids: ['gone'] })).rejects.toThrow(BraggwatchError);
});
