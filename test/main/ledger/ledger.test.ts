import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { fresh } from '@main/beamtime/rows';
import { openLedger } from '@main/ledger/ledger';
import { toSummary, type LedgerRow } from '@main/ledger/row';
import type { ScanFacts } from '@main/scan/types';
import { temporaryFolder } from '../../support/build';

const facts: ScanFacts = {
  ref: { format: 'bliss', source: '/data/a.h5', number: 3 },
  name: "pt'); DROP TABLE scans; --",
  title: 'ascan eta 17 18 60 1',
  motor: 'eta',
  framesExpected: 61,
  framesPresent: 12,
  whole: false,
  frameShape: [516, 516],
  positions: {},
  truth: 'edge',
  warnings: [],
};
const row: LedgerRow = {
  ...fresh('abc', facts),
  state: 'classified',
  verdict: { class: 'edge', defective: 0.9, probabilities: { perfect: 0.1, screw: 0.2, edge: 0.7 }, sure: false },
  warnings: [{ code: 'hot-pixels', message: 'three' }],
  rockingCurve: { motor: 'eta', positions: [1, 2], counts: [3, 4] },
  judgedAt: '2026-11-22T03:00:00Z',
  judgedCount: 1,
};

describe('the ledger', () => {
  it('gives back after a restart what was put in', () => {
    const path = join(temporaryFolder(), 'deep', 'ledger.sqlite');
    const first = openLedger(path);
    first.put(row);
    first.saveSetting('watch', '{"folder":"/x"}');
    first.close();
    const second = openLedger(path);
    expect(second.all()).toEqual([row]);
    expect(second.get('abc')).toEqual(row);
    expect(second.setting('watch')).toBe('{"folder":"/x"}');
    second.close();
  });

  it('keeps one row per scan however often it is put', () => {
    const ledger = openLedger(':memory:');
    ledger.put(row);
    ledger.put({ ...row, flagged: 1 });
    expect(ledger.all()).toHaveLength(1);
    expect(ledger.get('abc')?.flagged).toBe(1);
    ledger.remove('abc');
    expect(ledger.all()).toEqual([]);
    ledger.close();
  });

  it('keeps what is committed when its process dies without closing', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    openLedger(path).put(row);
    const other = new DatabaseSync(path);
    expect(other.prepare('SELECT count(*) AS n FROM scans').get()).toEqual({ n: 1 });
    expect(other.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    other.close();
  });

  it('summarises a row for the screen without what does not exist', () => {
    expect(toSummary(row)).toMatchObject({
      id: 'abc',
      framesPresent: 12,
      truth: 'edge',
      flagged: false,
      judgedAt: row.judgedAt,
    });
    expect(toSummary({ ...row, verdict: null, truth: null })).not.toHaveProperty('verdict');
  });

  it('keeps every final verdict of a scan that is judged again, and whose it was', () => {
    const ledger = openLedger(':memory:');
    const model = { name: 'three-class', hash: '12ab' };
    const line = {
      scan: 'S',
      source: '/data/a.h5',
      format: 'bliss',
      state: 'classified',
      model,
      warnings: [],
    } as const;
    ledger.put({ ...row, line: { ...line, warnings: [] } });
    // Flagged, then sent to be judged again: neither is a verdict.
    ledger.put({ ...row, line: { ...line, warnings: [] }, flagged: 1 });
    ledger.put({ ...row, line: { ...line, warnings: [] }, state: 'waiting', judgedAt: null });
    const verdict = { ...row.verdict!, class: 'screw', sure: true } as const;
    const later = { ...line, model: { name: 'beamtime', hash: '34cd' }, warnings: [] };
    ledger.put({ ...row, verdict, line: later, judgedAt: '2026-11-23T04:00:00Z', judgedCount: 2 });
    expect(ledger.history('abc')).toEqual([
      { judgedAt: '2026-11-23T04:00:00Z', verdict, model: { name: 'beamtime', hash: '34cd' } },
      { judgedAt: '2026-11-22T03:00:00Z', verdict: row.verdict, model },
    ]);
    ledger.remove('abc');
    expect(ledger.history('abc')).toEqual([]);
    ledger.close();
  });

  it('takes the verdicts of a ledger of before histories over', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    const first = openLedger(path);
    first.put(row);
    first.close();
    const old = new DatabaseSync(path);
    old.exec('DROP TABLE verdicts');
    old.close();
    const second = openLedger(path);
    expect(second.all()).toEqual([row]);
    expect(second.history('abc')).toEqual([{ judgedAt: row.judgedAt, verdict: row.verdict, model: null }]);
    second.close();
  });
});
