import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferReflection } from '@core/verdict/reflection';
import { besideOf, WEIGHT_BESIDE, type BesideAnswer } from '@core/verdict/beside';
import { softmax } from '@core/verdict/probabilities';
import { judge, SURE, type JudgingModel } from '@core/verdict/verdict';
import { invisibleBurgersVectors } from '@core/verdict/visibility';
import { classKeys, paperClasses } from '@vocabulary/classes';
import { isDefectSure } from '@vocabulary/doubts';

const logit = fc.double({ min: -800, max: 800, noNaN: true });
const logits = fc.tuple(logit, logit, logit);
/** A card of the paper's three-class network. */
const three = (temperature = 1): JudgingModel => ({ classes: paperClasses, temperature });

describe('softmax', () => {
  it('gives probabilities that sum to 1, in the order of the logits, at any temperature', () => {
    fc.assert(
      fc.property(logits, fc.double({ min: 0.1, max: 10, noNaN: true }), (z, temperature) => {
        const p = softmax(z, temperature);
        expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
        for (const i of [0, 1, 2])
          for (const j of [0, 1, 2]) if (z[i]! > z[j]!) expect(p[i]).toBeGreaterThanOrEqual(p[j]!);
      }),
    );
  });

  it('is the exponentials over their sum', () => {
    expect(softmax([Math.log(1), Math.log(2), Math.log(5)])).toEqual(
      [0.125, 0.25, 0.625].map((p) => expect.closeTo(p, 12)),
    );
    expect(softmax([0, Math.log(9)], 2)[1]).toBeCloseTo(0.75, 12);
  });
});

describe('judge', () => {
  it('calls a crystal perfect unless a dislocation is likelier than not', () => {
    // 0.45, 0.3, 0.25: perfect is the likeliest single class, and yet the crystal is probably defective.
    const split = judge([0.45, 0.3, 0.25].map(Math.log), three());
    expect(split.class).toBe('screw');
    expect(split.defective).toBeCloseTo(0.55, 12);
    expect(split.sure).toBe(false);
    expect(judge([0.51, 0.49, 1e-9].map(Math.log), three()).class).toBe('perfect');
  });

  it('is sure exactly when the class it names is', () => {
    fc.assert(
      fc.property(logits, (z) => {
        const verdict = judge(z, three(1.5));
        expect(verdict.sure).toBe(verdict.probabilities[verdict.class]! >= SURE);
        expect(verdict.class === 'perfect').toBe(verdict.defective <= 0.5);
      }),
      // A tie but for rounding.
      { examples: [[[0, 8.326672684688675e-17, -55.10520085451566]]] },
    );
  });

  it('says apart whether it doubts the defect or only which kind of defect it is', () => {
    // 0.06, 0.55, 0.39: a dislocation for certain, of either character.
    const dislocated = judge([0.06, 0.55, 0.39].map(Math.log), three());
    expect(dislocated).toMatchObject({ class: 'screw', sure: false, doubts: ['character'] });
    expect(isDefectSure(dislocated)).toBe(true);
    fc.assert(
      fc.property(logits, fc.double({ min: 0, max: 2, noNaN: true }), (z, novelty) => {
        const verdict = judge(z, three(1.5), novelty);
        const side = Math.max(verdict.defective, 1 - verdict.defective);
        expect(isDefectSure(verdict)).toBe(side >= SURE && novelty <= 1);
        expect(verdict.doubts?.includes('probability') ?? false).toBe(side < SURE);
      }),
    );
  });

  it("goes by the classes of the card, in the card's order, and sums the defective ones", () => {
    const four = { classes: ['perfect', 'edge', 'other', 'screw'] as const, temperature: 1 };
    const verdict = judge([0.3, 0.15, 0.35, 0.2].map(Math.log), four);
    expect(Object.entries(verdict.probabilities)).toEqual([
      ['perfect', expect.closeTo(0.3, 12)],
      ['edge', expect.closeTo(0.15, 12)],
      ['other', expect.closeTo(0.35, 12)],
      ['screw', expect.closeTo(0.2, 12)],
    ]);
    expect(verdict).toMatchObject({ class: 'other', defective: expect.closeTo(0.7, 12) });
    expect(() => judge([1, 2, 3], four)).toThrow(RangeError);
    expect(() => judge([1, 2], { classes: ['screw', 'edge'], temperature: 1 })).toThrow(RangeError);
  });

  it('names for any card the likeliest class of those that are defective or of those that are not', () => {
    const card = fc.shuffledSubarray([...classKeys], { minLength: 2 }).filter((names) => names.includes('perfect'));
    fc.assert(
      fc.property(card, fc.array(logit, { minLength: classKeys.length, maxLength: classKeys.length }), (names, z) => {
        const verdict = judge(z.slice(0, names.length), { classes: names, temperature: 2 });
        const rivals = names.filter((name) => (name === 'perfect') === (verdict.class === 'perfect'));
        const most = Math.max(...rivals.map((name) => verdict.probabilities[name]!));
        expect(verdict.probabilities[verdict.class]).toBe(most);
        expect(verdict.class === 'perfect').toBe(verdict.defective <= 0.5);
        expect(verdict.defective + verdict.probabilities.perfect).toBeCloseTo(1, 12);
      }),
    );
  });

  it('refuses what is no three logits', () => {
    expect(() => judge([1, 2], three())).toThrow(RangeError);
    expect(() => judge([1, NaN, 2], three())).toThrow(RangeError);
    expect(() => judge([1, 2, 3, 4], three())).toThrow(RangeError);
  });
});

describe('the opinion beside', () => {
  const sure = [6, 0, 0];

  const twoClasses = ['perfect', 'defective'];
  const four = ['perfect', 'screw', 'edge', 'other'];
  const opinionOf = (logits: readonly number[], temperature = 1, classes = twoClasses) =>
    besideOf(logits, { classes, temperature }).opinion;
  /** One that tells two classes, whose opinion counts and whose shares do not. */
  const told = (defective: number): BesideAnswer =>
    besideOf([Math.log(1 - defective), Math.log(defective)], { classes: twoClasses, temperature: 1 });

  it('is defective where that is likelier, by its own temperature', () => {
    expect(opinionOf([0, Math.log(3)])).toEqual({ class: 'defective', defective: expect.closeTo(0.75, 12) });
    expect(opinionOf([0, 2 * Math.log(3)], 2).defective).toBeCloseTo(0.75, 12);
    expect(opinionOf([1, 0.9]).class).toBe('perfect');
    expect(() => opinionOf([1])).toThrow(RangeError);
    expect(() => opinionOf([1], 1, ['perfect'])).toThrow(RangeError);
    expect(() => opinionOf([NaN, 2])).toThrow(RangeError);
  });

  it('of a model that tells several defects is their sum', () => {
    expect(opinionOf([0, 0, 0, 0], 1, four)).toEqual({ class: 'defective', defective: expect.closeTo(0.75, 12) });
    const three = four.slice(0, 3);
    expect(opinionOf([Math.log(4), 0, 0], 1, three)).toEqual({
      class: 'perfect',
      defective: expect.closeTo(1 / 3, 12),
    });
    expect(opinionOf([-800, 0, 0, 0], 1, four).defective).toBeLessThanOrEqual(1);
  });

  it('takes the certainty from a verdict that it contradicts, and changes nothing else, where it tells other classes', () => {
    const alone = judge(sure, three());
    expect(alone.sure).toBe(true);
    expect(alone.doubts).toBeUndefined();
    const contradicted = judge(sure, three(), undefined, told(0.6));
    expect(contradicted).toEqual({ ...alone, sure: false, doubts: ['models-disagree'] });
    expect(judge(sure, three(), undefined, told(0.3))).toEqual(alone);
    expect(judge([0, 6, 0], three(), undefined, told(0.9)).sure).toBe(true);
    expect(judge([0, 6, 0], three(), undefined, told(0.1)).doubts).toEqual(['models-disagree']);
  });

  it('is one reason among others', () => {
    expect(judge([1, 0, 0], three(), 2, told(0.9)).doubts).toEqual([
      'probability',
      'unlike-training',
      'models-disagree',
    ]);
  });

  it('law: of a model that tells the same classes the probabilities are part of the verdict’s, and what it tells besides is a defect of either kind', () => {
    const logits = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(logits, fc.double({ min: 0.5, max: 2, noNaN: true }), (all, temperature) => {
        const [own, theirs] = [all.slice(0, 3), all.slice(3)];
        const [mine, p] = [softmax(own), softmax(theirs, temperature)];
        const { probabilities, defective } = judge(
          own,
          three(),
          undefined,
          besideOf(theirs, { classes: four, temperature }),
        );
        const w = WEIGHT_BESIDE;
        expect(probabilities.perfect).toBeCloseTo((1 - w) * mine[0]! + w * p[0]!, 10);
        expect(probabilities.screw).toBeCloseTo((1 - w) * mine[1]! + w * (p[1]! + p[3]! / 2), 10);
        expect(probabilities.edge).toBeCloseTo((1 - w) * mine[2]! + w * (p[2]! + p[3]! / 2), 10);
        expect(probabilities.other).toBeUndefined();
        expect(defective).toBeCloseTo(1 - probabilities.perfect, 10);
      }),
    );
  });

  it('of a model that tells the same classes takes the certainty from what the first alone is sure of', () => {
    expect(judge(sure, three()).sure).toBe(true);
    const doubtful = besideOf([0, 0.2, 0, 0], { classes: four, temperature: 1 });
    expect(judge(sure, three(), undefined, doubtful).doubts).toEqual(['probability', 'models-disagree']);
    // Sure of a defect both, and not of its kind.
    const otherKind = besideOf([0, 0, 9, 0], { classes: four, temperature: 1 });
    expect(judge([0, 6, 0], three(), undefined, otherKind)).toMatchObject({ class: 'screw', doubts: ['character'] });
    const alike = besideOf([0, 6, 0, 0], { classes: four, temperature: 1 });
    expect(judge([0, 6, 0], three(), undefined, alike)).toMatchObject({ class: 'screw', sure: true });
  });

  it('of a model that lacks a class is an opinion only', () => {
    const fewer = besideOf([0, 2], { classes: ['perfect', 'screw'], temperature: 1 });
    expect(judge([0, 6, 0], three(), undefined, fewer).probabilities).toEqual(judge([0, 6, 0], three()).probabilities);
  });
});

describe('invisible Burgers vectors', () => {
  it('are the three in the plane for 111, and two for 200', () => {
    expect(invisibleBurgersVectors([1, 1, 1])).toEqual(['1/2[1-10]', '1/2[10-1]', '1/2[01-1]']);
    expect(invisibleBurgersVectors([2, 0, 0])).toEqual(['1/2[011]', '1/2[01-1]']);
    expect(invisibleBurgersVectors([-1, 1, 1])).toEqual(['1/2[110]', '1/2[101]', '1/2[01-1]']);
    expect(invisibleBurgersVectors([2, 2, 0])).toEqual(['1/2[1-10]']);
  });
});

describe('reflection from the spacing', () => {
  it('finds a reflection whose element is known', () => {
    // d = a / sqrt(h^2 + k^2 + l^2), a of gold and platinum.
    expect(inferReflection(2.335, 'Au')).toMatchObject({
      element: 'Au',
      hkl: [1, 1, 1],
      deviation: expect.closeTo(-0.0083, 4),
    });
    expect(inferReflection(3.9242 / 2, 'Pt')).toMatchObject({ hkl: [2, 0, 0], alternatives: [] });
    expect(inferReflection(4.0782 / Math.sqrt(11), 'Au')?.hkl).toEqual([3, 1, 1]);
  });

  it('says which metals the spacing does not tell apart', () => {
    const found = inferReflection(2.356)!;
    expect(found.hkl).toEqual([1, 1, 1]);
    expect([found.element, ...found.alternatives].sort()).toEqual(['Ag', 'Al', 'Au']);
  });

  it('finds nothing far from every reflection, of another element, or at nonsense', () => {
    expect(inferReflection(3.1)).toBeUndefined();
    expect(inferReflection(2.335, 'Fe')).toBeUndefined();
    expect(inferReflection(Number.NaN)).toBeUndefined();
    expect(inferReflection(0)).toBeUndefined();
  });
});
