import { verdictLineSchema } from '@contract/scan';
import type { Classifier } from '@main/models/classifier';
import { judgeScan, type JudgeTools } from '@main/beamtime/judge';
import type { Reduced } from '@main/reading/kept';
import type { ReduceOptions } from '@main/reading/volume';
import type { ModelFacts } from '@main/engine/answer';
import type { Judged } from '@main/engine/service';
import { describe, expect, it } from 'vitest';
import { paperClasses } from '@vocabulary/classes';
import { factsOf, recordOf } from './support/scan';

const facts = factsOf();
const record = recordOf(facts) as unknown as Reduced;
const model = {
  name: 'three-class',
  hash: 'aa',
  engine: 'onnx/cpu',
  provisional: null,
  temperature: 1,
  classes: paperClasses,
  oversampling: [2, 5],
} as unknown as ModelFacts;

/** What becomes of a scan by networks that answer so. */
async function lineOf(judged: Omit<Judged, 'model'>, beside?: ModelFacts['beside']) {
  const classifier = {
    facts: async () => model,
    judge: async () => ({ ...judged, model: { ...model, beside } }),
  } as unknown as Classifier;
  const tools = { classifier, scans: { call: async () => record }, volumes: '/nowhere' } as unknown as JudgeTools;
  const { line } = await judgeScan(facts, {} as ReduceOptions, tools);
  return verdictLineSchema.parse(JSON.parse(JSON.stringify(line)));
}

const perfect = { logits: Float32Array.of(6, 0, 0), novelty: undefined };
const two = { name: 'two-class', hash: 'bb', temperature: 2, classes: ['perfect', 'defective'] };

describe('a verdict line', () => {
  it('gives the two-class model’s opinion by its own temperature', async () => {
    const line = await lineOf({ ...perfect, beside: Float32Array.of(2 * Math.log(4), 0) }, two);
    const opinion = { model: 'two-class', hash: 'bb', class: 'perfect' };
    expect(line.verdict).toMatchObject({ class: 'perfect', sure: true, beside: opinion });
    expect(line.verdict!.beside!.defective).toBeCloseTo(0.2, 6);
    expect(line.warnings).toEqual([]);
  });

  it('has the shares of a second model that tells the same classes in its probabilities', async () => {
    const second = { ...two, name: 'defects', classes: ['perfect', 'screw', 'edge', 'other'] };
    const alone = await lineOf(perfect);
    const line = await lineOf({ ...perfect, beside: Float32Array.of(0, 0, 0, 0) }, second);
    expect(line.verdict).toMatchObject({ class: 'perfect', beside: { model: 'defects', class: 'defective' } });
    expect(line.verdict!.beside!.defective).toBeCloseTo(0.75, 6);
    expect(line.verdict!.probabilities.perfect).toBeLessThan(alone.verdict!.probabilities.perfect);
    expect(line.verdict!.sure).toBe(false);
  });

  it('is unsure, and says why, where the two contradict each other', async () => {
    const line = await lineOf({ ...perfect, beside: Float32Array.of(0, 3) }, two);
    expect(line.verdict).toMatchObject({
      class: 'perfect',
      sure: false,
      doubts: ['models-disagree'],
      beside: { class: 'defective' },
    });
    expect(line.warnings.map(({ code }) => code)).toEqual(['models-disagree']);
  });

  it('tells the network which reflection it looks at, and warns of one that it does not know', async () => {
    const asked: unknown[] = [];
    const say = async (families?: readonly string[]) => {
      const judged = await judgeScan(facts, {} as ReduceOptions, {
        classifier: {
          facts: async () => model,
          judge: async (...args: unknown[]) => (asked.push(args[2]), { ...perfect, model: { ...model, families } }),
        } as unknown as Classifier,
        scans: { call: async () => ({ ...record, hkl: [-1, 3, 1] }) } as unknown as JudgeTools['scans'],
        volumes: '/nowhere',
      });
      return judged.line.warnings;
    };
    expect(await say(['111', '311'])).toEqual([]);
    expect(await say()).toEqual([]);
    expect(await say(['111', '200'])).toMatchObject([
      { code: 'reflection-outside-training', message: expect.stringContaining('{311}, trained on {111}, {200}.') },
    ]);
    expect(asked).toEqual([['311'], ['311'], ['311']]);
  });

  it('is as it always was without a second model, or with one that failed', async () => {
    const alone = await lineOf(perfect, undefined);
    expect(alone.verdict).toEqual({
      class: 'perfect',
      defective: expect.any(Number),
      probabilities: expect.any(Object),
      sure: true,
    });
    const failed = await lineOf(perfect, { problem: { code: 'model-invalid', message: 'broken' } });
    expect(failed.verdict).toEqual(alone.verdict);
  });
});
