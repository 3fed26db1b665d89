import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReducedRecord } from '@main/nexus/record';
import { createKeptRecords } from '@main/reading/kept';

const recordOf = (byte: number): ReducedRecord =>
  ({
    facts: { name: `S${byte}` },
    volume: { intensity: Uint8Array.of(byte), mask: new Uint8Array(1) },
    faults: { hot: [byte], dead: [], columns: 1 },
    warnings: [],
  }) as unknown as ReducedRecord;

it('law: each of the last few records is found again by its own token, whole; the volume and its faults do not travel', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(255), { minLength: 1, maxLength: 20 }), (bytes) => {
      const records = createKeptRecords();
      const made = bytes.map((byte) => ({ byte, reduced: records.keep(recordOf(byte), `print ${byte}`) }));
      for (const { byte, reduced } of made) {
        expect(reduced.facts.name).toBe(`S${byte}`);
        expect(reduced.seen).toBe(`print ${byte}`);
        expect(reduced).not.toHaveProperty('volume');
        expect(reduced).not.toHaveProperty('intensity');
        expect(reduced).not.toHaveProperty('faults');
      }
      for (const { byte, reduced } of made.slice(-8)) expect(records.of(reduced.kept)).toEqual(recordOf(byte));
      for (const { reduced } of made.slice(0, -8)) expect(() => records.of(reduced.kept)).toThrow(/process/);
    }),
  );
});

it('what another process reduced is not here', () => {
  const { kept } = createKeptRecords().keep(recordOf(1), 'print');
  expect(() => createKeptRecords().of(kept)).toThrow(expect.objectContaining({ code: 'worker-died' }));
});
