import fc from 'fast-check';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { scanDetailSchema, scanSummarySchema } from '@contract/scan';
import { toCsv } from '@main/export/csv';
import { exportedScan } from '@main/export/record';
import { openLedger } from '@main/ledger/ledger';
import { toSummary, type LedgerRow } from '@main/ledger/row';
import { temporaryFolder } from '../../support/build';

const within = {
  ...{ says: 'line', starts: 5, agreeing: 4, character: 'edge', free_error: 0.1, body_nm: 200, phase_spread_rad: 0.5 },
  lines: [{ length_of_size: 0.9, angle_to_q_deg: 88, winding: 1 }],
};
const verdict = {
  class: 'edge',
  defective: 0.9,
  probabilities: { perfect: 0.1, screw: 0.2, edge: 0.7 },
  sure: false,
  doubts: ['probability'],
  inside: { ...within, testimony: 'agrees' },
};
const line = {
  ...{ scan: 'S', source: '/a.h5', format: 'bliss', state: 'classified', verdict, hkl: [1, 1, 1] },
  model: { name: 'three-class', hash: '12ab' },
  warnings: [{ code: 'hot-pixels', message: 'three' }],
  reduction: {
    ...{ method: 'linear', frames: 41, peak: [1, 2, 3], q: 2.7, d_angstrom: 2.327, oversampling: 3.9 },
    ...{ voxel_inv_angstrom: 7e-4, oversampling_measured: 4.2 },
  },
  timings_ms: { read: 3 },
};
/** A row as this version would store it, column by column. */
const columns: Readonly<Record<string, unknown>> = {
  ...{ id: 'a', source: '/a.h5', number: 1, format: 'bliss', name: 'S1', title: 't', state: 'classified' },
  ...{ frames_present: 41, frames_expected: 41, preset: 'esrf-id01', flagged: 1, note: 'go back' },
  verdict,
  problem: null,
  warnings: line.warnings,
  line,
  geometry: [{ name: 'energy', value: '9 keV', from: 'file' }],
  rocking_curve: { motor: 'eta', positions: [1, 2], counts: [3, 4] },
  overruled: { class: 'screw', by: 'Lea', at: '2026-01-02T04:00:00.000Z' },
  ...{ truth: 'edge', nexus: '/r.nxs', signature: 'x', sample: 'B12' },
  position: { axes: ['x', 'y'].map((name) => ({ name, micrometres: 1, motors: [`pi${name}`] })) },
  inside: { madeFrom: 'cd', opinion: within },
  made_from: { source: '1:2:0', frames: [41, 41], facts: 'ab', data: null },
  ...{ seen_at: '2026-01-02T03:04:05.000Z', judged_at: '2026-01-02T03:05:00.000Z', judged_count: 1 },
};

type Raw = Record<string, string | number | null>;

const raw = (values: Readonly<Record<string, unknown>>): Raw =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value === null || typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/** A ledger in which another version stored these rows. */
function written(...rows: readonly Raw[]): string {
  const path = join(temporaryFolder(), 'ledger.sqlite');
  openLedger(path).close();
  const database = new DatabaseSync(path);
  for (const row of rows) {
    const names = Object.keys(row);
    database
      .prepare(`INSERT INTO scans (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(row));
  }
  database.close();
  return path;
}

/** Everything that is done with a row must go well: the screen's list and detail, by the contract's own schemas, and the exports. */
function use(row: LedgerRow): void {
  const summary = scanSummarySchema.parse(toSummary(row));
  scanDetailSchema.parse({
    summary,
    ...(row.line && { line: row.line }),
    preset: row.preset,
    geometry: row.geometry,
    ...(row.rockingCurve && { rockingCurve: row.rockingCurve }),
  });
  expect(toCsv([exportedScan(row)]).length).toBeGreaterThan(0);
}

const readOne = (row: Raw): LedgerRow => {
  const ledger = openLedger(written(row));
  expect(ledger.notices).toEqual([]);
  const [read] = ledger.all();
  ledger.close();
  return read!;
};

describe('a word that this version does not know', () => {
  it.each<[string, Record<string, unknown>, Partial<LedgerRow>]>([
    [
      'a warning',
      { warnings: [{ code: 'moon-phase', message: 'The moon is full.' }] },
      { warnings: [{ code: 'of-another-version', message: 'The moon is full.' }] },
    ],
    [
      'a problem',
      { problem: { code: 'moon-gone', message: 'No moon.' }, state: 'rejected' },
      { problem: { code: 'of-another-version', message: 'No moon.' } },
    ],
    ['a state', { state: 'dreaming' }, { state: 'classified' }],
    ['a state of what is not judged yet', { state: 'dreaming', judged_at: null, verdict: null }, { state: 'arriving' }],
    ['a format', { format: 'zarr' }, { format: 'unknown', state: 'classified' }],
    ['a truth', { truth: 'twin' }, { truth: null }],
    [
      'a person’s class',
      { overruled: { class: 'twin', by: 'Lea', at: '2026-01-02T04:00:00.000Z' } },
      { overruled: null },
    ],
  ])('is shown as what it can be: %s', (_what, change, expected) => {
    const row = readOne(raw({ ...columns, ...change }));
    expect(row).toMatchObject(expected);
    use(row);
  });

  it('as a verdict’s class leaves no verdict to be shown, and says why', () => {
    const row = readOne(raw({ ...columns, verdict: { ...verdict, class: 'twin' } }));
    expect(row).toMatchObject({ verdict: null, state: 'rejected', problem: { code: 'verdict-of-another-version' } });
    expect(row.judgedAt).toBe(columns['judged_at']);
    use(row);
  });

  it('in a verdict’s reasons and further classes leaves the verdict', () => {
    const probabilities = { ...verdict.probabilities, twin: 0 };
    const row = readOne(
      raw({ ...columns, verdict: { ...verdict, probabilities, doubts: ['probability', 'moon'], moon: 3 } }),
    );
    expect(row.verdict).toEqual(readOne(raw(columns)).verdict);
    expect(row.verdict).toMatchObject({ doubts: verdict.doubts, probabilities: verdict.probabilities });
    use(row);
  });

  it('stays in the ledger when something else of the row changes', () => {
    const foreign = raw({
      ...{ ...columns, state: 'dreaming', format: 'zarr' },
      verdict: { ...verdict, class: 'twin' },
      warnings: [{ code: 'moon-phase', message: 'full', since: 3 }],
    });
    const path = written(foreign);
    const ledger = openLedger(path);
    ledger.put({ ...ledger.get('a')!, flagged: 0 });
    ledger.close();
    const database = new DatabaseSync(path);
    expect(database.prepare('SELECT * FROM scans').get()).toMatchObject({ ...foreign, flagged: 0 });
    database.close();
  });
});

describe('a verdict line', () => {
  const reduction = { method: 'linear', frames: 41, peak: [1, 2, 3], q: 2.7, dAngstrom: 2.327, oversampling: 3.9 };
  const inside = { ...reduction, voxelInvAngstrom: 7e-4, measuredOversampling: 4.2 };

  it('is read as every version has stored it, and stored as it is printed', () => {
    const row = readOne(raw(columns));
    expect(row.line).toMatchObject({ reduction: inside, timingsMs: { read: 3 } });
    expect(row.line?.verdict).toEqual(row.verdict);
    expect(row.verdict?.inside).toEqual({ ...row.inside?.opinion, testimony: 'agrees' });
    expect(row.inside?.opinion).toMatchObject({ freeError: 0.1, bodyNm: 200, lines: [{ lengthOfSize: 0.9 }] });
    const path = join(temporaryFolder(), 'ledger.sqlite');
    const ledger = openLedger(path);
    ledger.put(row);
    ledger.close();
    const database = new DatabaseSync(path);
    const stored = database.prepare('SELECT line, verdict, inside FROM scans').get()!;
    database.close();
    for (const [name, value] of Object.entries({ line, verdict, inside: columns['inside'] }))
      expect(JSON.parse(String(stored[name]))).toEqual(value);
  });

  it('of a volume whose scale nobody knows keeps its reduction, without Q', () => {
    const scaleless = { ...line.reduction, q: undefined, d_angstrom: undefined };
    const row = readOne(raw({ ...columns, line: { ...line, reduction: scaleless } }));
    expect(row.line?.reduction).toEqual({ ...inside, q: undefined, dAngstrom: undefined });
  });
});

/** A JSON value with a part of it replaced by anything else. */
const spoilt = (value: unknown, other: unknown, path: readonly number[]): unknown => {
  const [at, ...further] = path;
  if (typeof value !== 'object' || value === null || at === undefined) return other;
  const keys = Object.keys(value);
  if (keys.length === 0) return other;
  const key = keys[at % keys.length]!;
  const copy: Record<string, unknown> = { ...value };
  copy[key] = spoilt(copy[key], other, further);
  return Array.isArray(value) ? Object.values(copy) : copy;
};

it('whatever another version writes into its columns of JSON, the row is shown and exported, and put back as it was', () => {
  const json = Object.keys(columns).filter((name) => typeof columns[name] === 'object' && columns[name] !== null);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...json), fc.jsonValue(), fc.array(fc.nat(9), { maxLength: 4 })), {
        minLength: 1,
        maxLength: 3,
      }),
      (changes) => {
        const changed = changes.reduce<Record<string, unknown>>(
          (all, [name, other, path]) => ({ ...all, [name]: spoilt(all[name], other, path) }),
          { ...columns },
        );
        // A column's own value as JSON, whatever it has become.
        const stored: Raw = { ...raw(columns) };
        for (const [name] of changes) stored[name] = JSON.stringify(changed[name]);
        const path = written(stored);
        const ledger = openLedger(path);
        const [row] = ledger.all();
        use(row!);
        ledger.put(row!);
        ledger.close();
        const database = new DatabaseSync(path);
        expect(database.prepare('SELECT * FROM scans').get()).toMatchObject(stored);
        database.close();
      },
    ),
    { numRuns: 40 },
  );
});

it('sets a row that no version wrote aside, in a file that it names, and keeps the rest', () => {
  const path = written(
    raw({ ...columns, id: 'good' }),
    { ...raw({ ...columns, id: 'bad', note: 'how it was' }), verdict: '{"class":' },
    raw({ ...columns, id: 'good too' }),
  );
  const ledger = openLedger(path);
  expect(ledger.all().map(({ id }) => id)).toEqual(['good', 'good too']);
  expect(ledger.notices.map(({ code }) => code)).toEqual(['ledger-mended']);
  ledger.close();
  const aside = readdirSync(join(path, '..')).find((name) => name.startsWith('ledger-set-aside-'))!;
  expect(openLedger(path).notices).toEqual([]);
  expect(ledger.notices[0]?.message).toContain(aside);
  expect(JSON.parse(readFileSync(join(path, '..', aside), 'utf8'))).toMatchObject([
    { row: { id: 'bad', note: 'how it was', verdict: '{"class":' } },
  ]);
});
