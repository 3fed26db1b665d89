import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { createThrottle, TELL_MS } from '@main/jobs/throttle';

it('tells of progress every 250 ms at most, of the last always, and of a state at once', () => {
  vi.useFakeTimers();
  try {
    const step = fc.record({ wait: fc.nat(400), state: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        let value = 0;
        const told: { value: number; at: number; state: boolean }[] = [];
        let state = false;
        const throttle = createThrottle(() => told.push({ value, at: performance.now(), state }));
        for (const each of steps) {
          vi.advanceTimersByTime(each.wait);
          value++;
          state = each.state;
          if (state) throttle.now();
          else throttle.soon();
          if (state) expect(told.at(-1)?.value).toBe(value);
          state = false;
        }
        vi.advanceTimersByTime(TELL_MS);
        expect(told.at(-1)?.value).toBe(value);
        for (const [n, { at, state: isState }] of told.entries())
          if (n > 0 && !isState) expect(at - told[n - 1]!.at).toBeGreaterThanOrEqual(TELL_MS);
        const before = told.length;
        throttle.soon();
        throttle.close();
        vi.advanceTimersByTime(10 * TELL_MS);
        expect(told.length).toBe(before);
      }),
    );
  } finally {
    vi.useRealTimers();
  }
});
