import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeScan } from '@main/demo';
import { h5wasm } from '@main/hdf5/index';
import type { ReducedRecord } from '@main/nexus/record';
import { reduceSource } from '@main/reading/reduce-scan';
import { readerOf } from '@main/scan/readers';
import type { ScanFacts, ScanSource } from '@main/scan/types';
import { plainScan } from '../../helpers/plain-scan';
import { writeBliss } from '../../helpers/writers/bliss';
import { correlation } from '../../support/correlation';
import { wishes } from './wishes';

let folder = '';
let master = '';
let plain: ReducedRecord;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'braggwatch-recorded-'));
  master = writeScan(join(folder, 'plain'), { seed: 5 }).master;
  plain = reduced(opened(master));
});
afterAll(() => rmSync(folder, { recursive: true }));

const opened = (source: string): ScanSource => readerOf('bliss').open({ format: 'bliss', source, number: 1 });

function reduced(source: ScanSource): ReducedRecord {
  const record = reduceSource(source, wishes);
  // The frames' memory is used again by the next scan.
  return { ...record, volume: { ...record.volume, intensity: record.volume.intensity.slice() } };
}

const codes = ({ warnings }: ReducedRecord): string[] => warnings.map(({ code }) => code);
const asPlain = ({ volume }: ReducedRecord): number =>
  correlation(new Float32Array(volume.intensity.buffer), new Float32Array(plain.volume.intensity.buffer));

/** The scan with other facts, more counts in some frames, and only a part of their own in some. */
function changed(
  change: (facts: ScanFacts) => Partial<ScanFacts>,
  frames?: (frame: number) => number,
  part: (frame: number) => number = () => 1,
): ReducedRecord {
  const source = opened(master);
  const { facts } = source;
  const pixels = facts.frameShape[0] * facts.frameShape[1];
  const record = reduced({
    ...source,
    facts: { ...facts, ...change(facts) },
    read(from, to) {
      const counts = Float32Array.from(source.read(from, to));
      for (let f = from; f < to; f++) {
        const more = frames?.(f) ?? 0;
        const share = part(f);
        for (let p = (f - from) * pixels; share !== 1 && p < (f - from + 1) * pixels; p++)
          counts[p] = Math.round(counts[p]! * share);
        if (more > 0) for (let p = (f - from) * pixels; p < (f - from + 1) * pixels; p++) counts[p]! += more;
      }
      return counts;
    },
    readRows: () => undefined,
  });
  source.close();
  return record;
}

describe('several motors that move together', () => {
  it('are reduced by the one that rocks the crystal, whichever the command names first', () => {
    const record = changed(({ positions, framesPresent }) => ({
      motor: 'dummy',
      positions: { ...positions, dummy: Float64Array.from({ length: framesPresent }, (_, k) => k / 10) },
    }));
    expect(record.rockingCurve.motor).toBe('eta');
    expect(asPlain(record)).toBeGreaterThan(0.9999);
  });

  it('are none where no circle of the crystal moves', () => {
    const still = (): ReducedRecord =>
      changed(({ positions, framesPresent }) => ({
        motor: 'dummy',
        positions: { ...positions, eta: 17, dummy: Float64Array.from({ length: framesPresent }, (_, k) => k / 10) },
      }));
    expect(still).toThrow(expect.objectContaining({ code: 'not-a-rocking-curve' }));
  });
});

describe('a monitor that was read at another pace', () => {
  it.each([
    ['more counts than points', 10],
    ['fewer', 0.9],
  ])('is not divided by, and that is told: %s', (_what, pace) => {
    const record = changed(({ framesPresent }) => ({
      // Divided by, it would bend the rocking curve.
      monitor: {
        name: 'imon',
        counts: Float64Array.from({ length: Math.floor(pace * framesPresent) }, (_, k) => k + 99),
      },
    }));
    expect(codes(record)).toContain('monitor-unreliable');
    expect(asPlain(record)).toBeGreaterThan(0.99);
  });
});

describe('frames that hold what no crystal scatters', () => {
  it.each([
    ['the first', [0]],
    ['the last two', [39, 40]],
    ['two side by side', [9, 10]],
  ])('are left out wherever they are, and named: %s', (_what, spoiled) => {
    const record = changed(
      () => ({}),
      (frame) => (spoiled.includes(frame) ? 20_000 : 0),
    );
    const told = record.warnings.find(({ code }) => code === 'frames-corrupt');
    expect(told?.message).toContain(spoiled.join(', '));
    expect(asPlain(record)).toBeGreaterThan(0.98);
  });
});

describe('frames that were exposed differently', () => {
  // The scan has 41 frames and its maximum in frame 20.
  const weak = (frame: number): number => (frame >= 17 && frame <= 23 ? 0.1 : 1);
  const list = (values: (frame: number) => number) => (facts: ScanFacts) => ({
    beam: [
      {
        kind: 'attenuation' as const,
        name: 'transm',
        values: Float64Array.from({ length: facts.framesPresent }, (_, f) => values(f)),
      },
    ],
  });

  it('are brought to one exposure where a counter tells the attenuator', () => {
    const record = changed(list(weak), undefined, weak);
    expect(codes(record)).toContain('exposure-divided');
    expect(asPlain(record)).toBeGreaterThan(0.98);
  });

  it('are used as they are where a counter says nothing that fits, or nothing does, and that is told', () => {
    const unclear = changed(
      list((f) => (weak(f) < 1 ? 3 : 0)),
      undefined,
      weak,
    );
    expect(codes(unclear)).toContain('exposure-unclear');
    const silent = changed(() => ({}), undefined, weak);
    expect(codes(silent)).toContain('exposure-steps');
    // What nobody can correct is never sure.
    for (const record of [unclear, silent]) expect(record.doubts).toContain('exposure');
    expect(codes(plain).filter((code) => code.startsWith('exposure'))).toEqual([]);
    expect(plain.doubts).toEqual([]);
  });

  it('are brought to one exposure without any record, where background and peak step alike', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 30 }),
        fc.integer({ min: 6, max: 36 }),
        fc.constantFrom(0.5, 0.2, 0.1),
        fc.constantFrom(20, 40),
        (from, length, part, background) => {
          fc.pre(from + length < 36 || from + length > 41);
          const share = (frame: number): number => (frame >= from && frame < from + length ? part : 1);
          const record = changed(
            () => ({}),
            (frame) => background * share(frame),
            share,
          );
          expect(codes(record)).toContain('exposure-evened');
          expect(codes(record)).not.toContain('frames-dark');
          expect(record.doubts).not.toContain('exposure');
          expect(asPlain(record)).toBeGreaterThan(0.98);
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe('a pedestal', () => {
  it('is taken off, named, and makes no frame a dark one', () => {
    const record = changed(
      () => ({}),
      () => 100,
    );
    expect(record.warnings.find(({ code }) => code === 'pedestal-taken')?.message).toMatch(/100\.\d counts/);
    expect(codes(record)).not.toContain('frames-dark');
    expect(asPlain(record)).toBeGreaterThan(0.999);
    expect(codes(plain)).not.toContain('pedestal-taken');
  });
});

it('angles are degrees whatever their units: radians, milliradians, millidegrees', () => {
  const [positioner, counter] = ['/1.1/instrument/positioners/delta', '/1.1/measurement/eta'];
  const before = opened(master).facts.positions;
  const factors = { rad: 180 / Math.PI, mrad: 180 / Math.PI / 1000, mdeg: 0.001, deg: 1 };
  for (const [unit, factor] of Object.entries(factors)) {
    const copy = writeScan(join(folder, unit), { seed: 5 }).master;
    const file = new h5wasm.File(copy, 'a');
    for (const place of [positioner, counter]) {
      const dataset = file.get(place);
      if (!(dataset instanceof h5wasm.Dataset)) throw new Error(`no ${place}`);
      dataset.delete_attribute('units');
      dataset.create_attribute('units', unit);
    }
    file.close();
    const { positions } = opened(copy).facts;
    expect(positions['delta']).toBeCloseTo(factor * Number(before['delta']), 9);
    const [eta, own] = [positions['eta'], before['eta']];
    if (typeof eta !== 'object' || typeof own !== 'object') throw new Error('eta has no list');
    expect(eta[3]).toBeCloseTo(factor * own[3]!, 9);
  }
});

it.each([
  [0.9, undefined, 0.9],
  [-0.9, 'm', 0.9],
  [90, 'cm', 0.9],
  [900, 'mm', 0.9],
  [900, undefined, 0.9],
  // Metres with the wrong unit beside them.
  [0.9, 'mm', 0.9],
  // Nobody knows ninety of what: asked for.
  [90, undefined, undefined],
])('a distance of %s %s is %s m', (value, units, metres) => {
  const place = mkdtempSync(join(folder, 'distance-'));
  const source = writeBliss(place, plainScan('id01'), { distance: [value, units] });
  const distanceM = readerOf('bliss').list(source)[0]!.distanceM;
  if (metres === undefined) expect(distanceM).toBeUndefined();
  else expect(distanceM).toBeCloseTo(metres, 12);
});
