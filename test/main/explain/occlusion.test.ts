import { describe, expect, it } from 'vitest';
import { createEngineWorker } from '@main/engine/service';
import { occlusionMap, type OcclusionResult } from '@main/explain/occlusion';
import type { Classifier } from '@main/models/classifier';
import { continuumPattern } from '../../core/support/pattern';

/** The shipped model in this process: what stands between is tested elsewhere. */
async function shipped(): Promise<{ classifier: Classifier; temperature: number }> {
  const worker = createEngineWorker();
  const facts = await worker.load('three-class');
  const { load: use } = worker;
  const classifier: Classifier = { ...worker, use, facts: () => Promise.resolve(facts), close: () => undefined };
  return { classifier, temperature: facts.temperature };
}

describe('an occlusion map of a simulated screw', () => {
  it('shows that the verdict rests on the surroundings of the peak', async () => {
    const tools = await shipped();
    const volume = continuumPattern(4, 1);
    const seen: OcclusionResult[] = [];
    const plan = { size: 64, radius: 13, stride: 8, coarse: 16 };
    const result = await occlusionMap(volume, plan, tools, (map) => seen.push(map));
    expect(result.axis).toEqual([0, 8, 16, 24, 32, 40, 48, 56, 64]);
    // Screw, and sure of it.
    expect(result.named).toBe(1);
    expect(result.probability).toBeGreaterThan(0.9);
    const at = (i: number, j: number, k: number): number => result.drop[(i * 9 + j) * 9 + k]!;
    // A mask right on the peak hides both of its halves; the largest drop is where one is left, a mask's radius off at the most.
    const largest = result.drop.reduce((most, drop, i) => (drop > result.drop[most]! ? i : most), 0);
    const offset = [Math.floor(largest / 81), Math.floor(largest / 9) % 9, largest % 9].map((k) => 8 * (k - 4));
    expect(Math.hypot(...offset)).toBeLessThanOrEqual(13 + 8);
    // Far from the peak a mask takes next to nothing (paper, Supplementary Fig. 13: the vicinity of the peak is what is relied on).
    const away = (n: number): number =>
      Math.hypot(...[Math.floor(n / 81), Math.floor(n / 9) % 9, n % 9].map((k) => 8 * (k - 4)));
    const far = Math.max(...result.drop.filter((_, n) => away(n) > 2 * 13));
    expect(result.drop[largest]).toBeGreaterThan(100 * Math.max(far, 0));
    expect(result.drop[largest]).toBeGreaterThan(0.4);
    expect(at(4, 4, 4)).toBeGreaterThan(0.1);
    expect(Math.max(...result.drop)).toBeLessThanOrEqual(result.probability + 1e-6);
    // The corners lie beyond the window.
    for (const [i, j, k] of [
      [0, 0, 0],
      [8, 8, 8],
      [0, 8, 4],
    ] as const)
      expect(Math.abs(at(i, j, k))).toBeLessThan(1e-6);
    // The coarse grid is whole before anything finer is asked for.
    expect(seen[0]!.axis).toHaveLength(5);
    expect(seen.find(({ axis }) => axis.length === 9)!.measured.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(125);
  });
});
