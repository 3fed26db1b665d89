import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from '@main/jobs/pace';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells the rest by what was done since it was first asked, not by what another run did', () => {
  const pace = createPace();
  expect(pace(100, 140)).toBeUndefined();
  vi.advanceTimersByTime(3000);
  expect(pace(100, 140)).toBeUndefined();
  vi.advanceTimersByTime(1000);
  expect(pace(110, 140)).toBeCloseTo(12);
  vi.advanceTimersByTime(2000);
  expect(pace(140, 140)).toBe(0);
});
