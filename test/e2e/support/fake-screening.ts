import type { ScanSummary } from '@contract/scan';
import type { Screening } from '@contract/screening';
import { screen } from '@main/beamtime/screening';
import { fakeRow } from './fake-scans';
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
  const rows = scans.map(fakeRow);
  const shown = new Set(ids);
  return screen(
    rows.filter(({ id }) => shown.has(id)),
    rows,
    asked,
    { name: 'three-class', hash: '4f1d08c2aa93e1b7', classes: paperClasses, confusion },
  );
}
