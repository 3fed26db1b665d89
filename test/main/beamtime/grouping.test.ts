import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '@core/screening/grouping';
import { createGrouping, groupedRows, type ParticleRows } from '@main/beamtime/particle';
import type { LedgerRow } from '@main/ledger/row';
import { fakeRow, judged } from '../../e2e/support/fake-scans';

const SCANS = 6;
const at = (x: number): LedgerRow['position'] => ({
  axes: [{ name: 'x', micrometres: x, motors: ['pix'] }],
});
const scan = (n: number, x = 5 * n): LedgerRow => ({ ...fakeRow(judged(n, 'edge')), position: at(x) });

/** What may come to a row: some of it decides which particle it is of, some does not. */
const changes = fc.oneof(
  fc.record({ position: fc.constantFrom(null, at(0), at(0.1), at(7)) }),
  fc.record({ sample: fc.constantFrom(null, 'pt_nps', 'au_nps') }),
  fc.record({ particle: fc.constantFrom(null, 'scan-1', 'scan-2') }),
  fc.record({ name: fc.constantFrom('S0001', 'S0100') }),
  fc.record({ startedAt: fc.constantFrom(null, '2026-05-12T00:00:00.000Z', '2026-05-14T00:00:00.000Z') }),
  fc.record({ flagged: fc.constantFrom<0 | 1>(0, 1) }),
  fc.record({ framesPresent: fc.nat(99) }),
);
const told = (particles: readonly ParticleRows[]): unknown => particles.map(({ rows, nearestUm }) => [rows, nearestUm]);

describe('which scans are of one particle, asked again and again', () => {
  it('is always what it would be if it were found out anew', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('change' as const), n: fc.nat(SCANS - 1), by: changes }),
        fc.record({ do: fc.constant('come' as const), x: fc.constantFrom(0, 0.2, 30) }),
        fc.record({ do: fc.constant('go' as const), n: fc.nat(SCANS - 1) }),
        fc.record({ do: fc.constant('swap' as const), n: fc.nat(SCANS - 2) }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, (played) => {
        const grouping = createGrouping();
        let rows = Array.from({ length: SCANS }, (_, n) => scan(n + 1));
        let next = SCANS;
        for (const step of played) {
          if (step.do === 'change') rows = rows.map((row, n) => (n === step.n ? { ...row, ...step.by } : row));
          else if (step.do === 'come') rows = [...rows, scan(++next, step.x)];
          else if (step.do === 'go') rows = rows.filter((_, n) => n !== step.n);
          else {
            const [a, b] = [rows[step.n], rows[step.n + 1]];
            if (a && b) rows = rows.with(step.n, b).with(step.n + 1, a);
          }
          expect(told(grouping(rows))).toEqual(told(groupedRows(rows)));
        }
      }),
    );
  });

  it('is found out once for as long as no scan comes, goes or moves, whatever else changes of them', () => {
    let found = 0;
    const grouping = createGrouping((scans) => {
      found++;
      return groupsOf(scans);
    });
    const rows = [scan(1), scan(2), scan(3)];
    grouping(rows);
    const flagged = rows.with(1, { ...rows[1]!, flagged: 1, framesPresent: 7 });
    expect(grouping(flagged)[1]?.rows).toEqual([flagged[1]]);
    grouping([...rows]);
    expect(found).toBe(1);
    grouping(rows.with(2, { ...rows[2]!, position: at(5.1) }));
    expect(found).toBe(2);
    grouping([...rows, scan(4)]);
    expect(found).toBe(3);
  });
});
