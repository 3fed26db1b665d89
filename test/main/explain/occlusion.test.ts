import { describe, expect, it } from 'vitest';
import { mask } from '@core/occlusion/occlusion';
import { judge } from '@core/verdict/verdict';
import { besideIn } from '@main/engine/answer';
import { createEngineWorker, type EngineWorker } from '@main/engine/service';
import { ModelChanged, occlusionMap, type OcclusionResult } from '@main/explain/occlusion';
import { continuumPattern } from '../../core/support/pattern';

/** The shipped model in this process, and one beside it: what stands between is tested elsewhere. */
async function shipped(beside?: string): Promise<EngineWorker> {
  const worker = createEngineWorker();
  await worker.load('three-class', undefined, beside);
  return worker;
}

describe('an occlusion map of a simulated screw', () => {
  it('shows that the verdict rests on the surroundings of the peak', async () => {
    const tools = { classifier: await shipped() };
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

  it('follows the probability that the verdict has: the mean of both models, place by place', async () => {
    const classifier = await shipped('defects');
    const volume = continuumPattern(4, 1);
    const result = await occlusionMap(volume, { size: 64, radius: 13, stride: 32, coarse: 32 }, { classifier });
    const judged = await classifier.judge(volume, 1);
    const verdict = judge(judged.logits, judged.model, undefined, besideIn(judged));
    expect(judged.model.classes[result.named]).toBe(verdict.class);
    expect(result.probability).toBeCloseTo(verdict.probabilities[verdict.class]!, 6);
    // The middle place, as if what is left there were a scan of its own.
    const left = new Float32Array(volume.length);
    mask(volume, 64, [32, 32, 32], 13, left);
    const there = await classifier.judge(left, 1);
    const without = judge(there.logits, there.model, undefined, besideIn(there)).probabilities[verdict.class]!;
    expect(result.drop[13]).toBeCloseTo(result.probability - without, 6);
    // The first model by itself says otherwise.
    const alone = judge(there.logits, there.model).probabilities[verdict.class]!;
    expect(Math.abs(alone - without)).toBeGreaterThan(1e-3);
  });

  it('is given up when another model judges beside', async () => {
    const classifier = await shipped('defects');
    const plan = { size: 64, radius: 13, stride: 16, coarse: 16 };
    const swapped = occlusionMap(continuumPattern(4, 1), plan, {
      classifier: {
        judge: classifier.judge,
        async occlude(...args) {
          await classifier.load('three-class', undefined, 'two-class');
          return classifier.occlude(...args);
        },
      },
    });
    await expect(swapped).rejects.toThrow(ModelChanged);
  });
});
