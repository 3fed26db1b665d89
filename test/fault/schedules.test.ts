import { describe, expect, it } from 'vitest';
import { makers, schedule } from './schedules/play';
import { longRun } from './support/long-run';

/** By command: `BRAGGWATCH_SCHEDULES=1000 BRAGGWATCH_RUNS=runs npx vitest run test/fault/schedules.test.ts`. */
const COUNT = Number(process.env['BRAGGWATCH_SCHEDULES'] ?? 40);
/** Far more than one ever took. */
const MOST_MS = 60_000;

describe('scans as they are written, at any pace and in any order', () => {
  it(
    `are judged once each, and never before their last byte: ${COUNT} random schedules`,
    async () => {
      const { done, wrong, met } = await longRun('schedules', COUNT, async (seed) => {
        const scans = await schedule(seed);
        const faulty = scans.filter(({ early, missed, doubled }) => early + missed + doubled > 0);
        return {
          met: scans.map(({ what }) => what),
          wrong: faulty.map(
            ({ what, early, missed, doubled }) => `${what}: ${early} early, ${missed} missed, ${doubled} doubled`,
          ),
        };
      });
      expect(wrong).toEqual([]);
      expect(done).toBe(COUNT);
      expect(met.size).toBeGreaterThan(1);
      // With very many schedules every way of writing is met.
      if (COUNT >= 1000) expect(met.size).toBe(makers.length);
    },
    COUNT * MOST_MS,
  );
});
