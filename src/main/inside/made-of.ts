import { createHash } from 'node:crypto';
import type { LedgerRow } from '@main/ledger/row';

/** Grows where the same data would be looked into in another way: what was made before is made again then. */
const METHOD = 1;

const known = new WeakMap<LedgerRow, string>();

/**
 * What a scan's crystal is looked into from: the data that its verdict was made from, and the geometry. Two rows with the same have the same
 * within.
 */
export function madeOf(row: LedgerRow): string {
  const before = known.get(row);
  if (before !== undefined) return before;
  const { madeFrom, geometry, line, preset } = row;
  const data = madeFrom && [madeFrom.data, madeFrom.facts, madeFrom.frames];
  const print = createHash('sha256')
    .update(JSON.stringify([METHOD, data, preset, geometry, line?.reduction, line?.hkl]))
    .digest('hex')
    .slice(0, 20);
  known.set(row, print);
  return print;
}
