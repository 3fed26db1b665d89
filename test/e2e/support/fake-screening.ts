import type { ScanSummary } from '@contract/scan';
import type { Screening } from '@contract/screening';
import { screen } from '@main/beamtime/screening';
import { fresh } from '@main/beamtime/rows';
import { detailOf } from './fake-scans';
import type { LedgerRow } from '@main/ledger/row';
import type { Wish } from '@vocabulary/screening';
import { paperClasses } from '@vocabulary/classes';

/** The test of a model that takes some edges for screws. */
const confusion = [
  [240, 0, 0],
  [17, 222, 1],
  [12, 40, 188],
];

/** What the real app makes of these scans, by its own rules. */
export function fakeScreening(ids: readonly string[], scans: readonly ScanSummary[], asked: Wish): Promise<Screening> {
  const rows = scans.map((scan, n): LedgerRow => {
    const { line, rockingCurve } = detailOf(scan);
    if (scan.format === 'unknown') throw new Error('no fake scan is of another version');
    const facts = {
      ref: { format: scan.format, source: scan.source, number: n },
      name: scan.scan,
      title: scan.title,
      framesExpected: scan.framesExpected,
      framesPresent: scan.framesPresent,
      whole: true,
      frameShape: [516, 516] as const,
      positions: {},
      warnings: [],
    };
    return {
      ...fresh(scan.id, facts),
      sample: scan.sample ?? null,
      state: scan.state,
      verdict: scan.verdict ?? null,
      problem: scan.problem ?? null,
      line: line ?? null,
      rockingCurve: rockingCurve ?? null,
      position: scan.position ?? null,
      overruled: scan.overruled ?? null,
      plan: scan.plan ?? null,
      seenAt: scan.seenAt,
    };
  });
  const shown = new Set(ids);
  return screen(
    rows.filter(({ id }) => shown.has(id)),
    rows,
    asked,
    { name: 'three-class', hash: '4f1d08c2aa93e1b7', classes: paperClasses, confusion },
  );
}
