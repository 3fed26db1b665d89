import { describe, expect, it } from 'vitest';
import { makers, schedule } from './schedules/play';

/** By command: `BRAGGWATCH_SCHEDULES=1000 npx vitest run test/fault/schedules.test.ts`. */
const COUNT = Number(process.env['BRAGGWATCH_SCHEDULES'] ?? 40);

describe('scans as they are written, at any pace and in any order', () => {
  it(`are judged once each, and never before their last byte: ${COUNT} random schedules`, async () => {
    const wrong: string[] = [];
    const met = new Set<string>();
    let scans = 0;
    for (let seed = 1; seed <= COUNT; seed++) {
      for (const { what, early, missed, doubled } of await schedule(seed)) {
        scans++;
        met.add(what);
        if (early + missed + doubled > 0)
          wrong.push(`schedule ${seed}, ${what}: ${early} early, ${missed} missed, ${doubled} doubled`);
      }
    }
    expect(wrong).toEqual([]);
    expect(scans).toBeGreaterThan(COUNT);
    // With very many schedules every way of writing is met.
    if (COUNT >= 1000) expect(met.size).toBe(makers.length);
  }, 3_600_000);
});
