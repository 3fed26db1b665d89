import { measuredOf, type Measured } from '@core/screening/measured';
import { isWithin } from '@main/files/roots';
import type { LedgerRow } from '@main/ledger/row';

/**
 * What judged scans tell of their crystals.
 * @param folder of a beamtime: scans of others do not count; null: all of them do
 */
export const crystalsOf = (rows: readonly LedgerRow[], folder: string | null): Measured[] =>
  rows.flatMap(({ source, state, line, rockingCurve }) =>
    state === 'classified' && line?.reduction && (folder === null || isWithin(folder, source))
      ? [measuredOf(line.reduction, line.hkl ?? [], rockingCurve?.counts)]
      : [],
  );
