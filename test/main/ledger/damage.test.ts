import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '@core/random/stream';
import { fresh } from '@main/beamtime/rows';
import { openLedger } from '@main/ledger/ledger';
import type { LedgerRow } from '@main/ledger/row';
import { temporaryFolder } from '../../support/build';

const ROWS = 120;
const PAGE = 4096;

const row = (n: number): LedgerRow => ({
  ...fresh(`scan-${n}`, {
    ref: { format: 'bliss', source: `/data/${n}.h5`, number: n },
    ...{ name: `S${n}`, title: 'ascan eta 17 18 60 1', framesExpected: 61, framesPresent: 61, whole: true },
    ...{ frameShape: [516, 516], positions: {}, warnings: [] },
  }),
  state: 'classified',
  verdict: { class: 'edge', defective: 0.9, probabilities: { perfect: 0.1, screw: 0.2, edge: 0.7 }, sure: true },
  // Some rows go over the edge of a page, as real ones do.
  rockingCurve: { motor: 'eta', positions: Array.from({ length: 40 * (n % 9) }, (_, i) => i), counts: [n] },
  note: `note ${n}`,
  seenAt: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
  judgedAt: new Date(Date.UTC(2026, 0, 1, 1, n)).toISOString(),
  judgedCount: 1,
});

const rows = Array.from({ length: ROWS }, (_, n) => row(n));

let whole = Buffer.alloc(0);

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  const path = join(folder, 'ledger.sqlite');
  const ledger = openLedger(path);
  for (const each of rows) ledger.put(each);
  ledger.saveSetting('watch', '{"folder":"/data"}');
  ledger.close();
  whole = readFileSync(path);
  rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly kept: readonly LedgerRow[];
  readonly named: boolean;
}

/** Opens a ledger whose file was spoilt, uses it, and tells what came of it. */
function survive(spoil: (bytes: Buffer) => Buffer): Outcome {
  const path = join(temporaryFolder(), 'ledger.sqlite');
  const bytes = spoil(Buffer.from(whole));
  writeFileSync(path, bytes);
  const ledger = openLedger(path);
  const kept = ledger.all();
  ledger.put(row(ROWS));
  expect(ledger.get(`scan-${ROWS}`)).toEqual(row(ROWS));
  ledger.close();
  // What was not kept lies beside, under a name that was told, as it was.
  const files = readdirSync(join(path, '..'));
  const damaged = files.find((name) => name.startsWith('ledger-damaged-'));
  if (damaged) {
    expect(ledger.notices[0]?.message).toContain(damaged);
    expect(readFileSync(join(path, '..', damaged)).equals(bytes)).toBe(true);
    expect((statSync(join(path, '..', damaged)).mode & 0o777).toString(8)).toBe('600');
  }
  expect(files.filter((name) => /scratch|mended|\.part$/.test(name))).toEqual([]);
  const again = openLedger(path);
  expect(again.notices).toEqual([]);
  again.close();
  return { kept, named: ledger.notices.length > 0 };
}

/** Each row is there as it was, or the file that still has it was named. */
function expectNothingLost({ kept, named }: Outcome): void {
  const there = new Map(kept.map((each) => [each.id, each]));
  if (!named) expect(rows.filter(({ id }) => !there.has(id))).toEqual([]);
}

describe('a damaged ledger', () => {
  it('that was cut gives back what is left of it', () => {
    const outcome = survive((bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    expect(outcome.named).toBe(true);
    expect(outcome.kept.length).toBeGreaterThan(ROWS / 3);
    for (const each of outcome.kept) expect(rows).toContainEqual(each);
  });

  it('with a page of nothing gives back what stands on the others', () => {
    // The first page lists the tables; the fourth and later ones hold rows.
    const outcome = survive((bytes) => bytes.fill(0, 20 * PAGE, 21 * PAGE));
    expect(outcome.named).toBe(true);
    expect(outcome.kept.length).toBeGreaterThan(ROWS * 0.8);
  });

  it('that is no database any more is named, and a new one begun', () => {
    const draw = stream(3, 'garbage');
    for (const spoil of [
      (bytes: Buffer) => bytes.fill('not a database ', 0, 100),
      (bytes: Buffer) => bytes.map(() => Math.floor(draw.uniform(0, 256))) as Buffer,
      () => Buffer.from('{"json":true}'),
    ])
      expect(survive((bytes) => Buffer.from(spoil(bytes))).named).toBe(true);
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'with bits flipped (%i) loses no row without a word',
    (seed) => {
      const draw = stream(seed, 'bits');
      const outcome = survive((bytes) => {
        for (let n = 0; n < 1 + (seed % 8); n++) {
          // Every other time in the first pages, where what is told of all the others stands.
          const at = Math.floor(draw.uniform(0, seed % 2 ? bytes.length : 3 * PAGE));
          bytes[at] = bytes[at]! ^ (1 << Math.floor(draw.uniform(0, 8)));
        }
        return bytes;
      });
      expectNothingLost(outcome);
    },
  );

  it.each([0.05, 0.3, 0.5, 0.75, 0.9, 0.999])('cut at %f of its length loses no row without a word', (share) => {
    expectNothingLost(survive((bytes) => bytes.subarray(0, Math.floor(bytes.length * share))));
  });

  it('that is empty is a new one', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    writeFileSync(path, whole);
    truncateSync(path, 0);
    const ledger = openLedger(path);
    expect(ledger.all()).toEqual([]);
    ledger.close();
  });
});
