import fc from 'fast-check';
import { expect, it } from 'vitest';
import { heard, testimonyOf } from '@core/verdict/witness';
import type { DefectClass } from '@vocabulary/classes';
import { isDefectSure, type Doubt } from '@vocabulary/doubts';

it('agrees where both speak of a defect or neither does, contradicts otherwise, and is open where it cannot tell', () => {
  expect(testimonyOf('screw', 'line')).toBe('agrees');
  expect(testimonyOf('perfect', 'none')).toBe('agrees');
  expect(testimonyOf('edge', 'none')).toBe('contradicts');
  expect(testimonyOf('perfect', 'line')).toBe('contradicts');
  expect(testimonyOf('perfect', 'undecided')).toBe('open');
  // Planar faults leave no line; a line about which the phase winds is a defect whatever its name.
  expect(testimonyOf('other', 'none')).toBe('open');
  expect(testimonyOf('other', 'line')).toBe('agrees');
});

const of = (sure: boolean, doubts?: Doubt[]) => ({ class: 'screw' as const, sure, ...(doubts && { doubts }) });
const says = (what: 'line' | 'none' | 'undecided') => ({ says: what, freeError: 0.1 });

it('makes a contradicted verdict unsure and says why', () => {
  expect(heard(of(true), says('none'))).toEqual({
    class: 'screw',
    sure: false,
    doubts: ['inside-contradicts'],
    inside: { says: 'none', freeError: 0.1, testimony: 'contradicts' },
  });
  expect(heard(of(true), says('line'))).toMatchObject({ sure: true, inside: { testimony: 'agrees' } });
  expect(heard(of(true), says('line'))).not.toHaveProperty('doubts');
  expect(heard(of(true), says('undecided'))).toMatchObject({ sure: true, inside: { testimony: 'open' } });
  expect(heard(of(false, ['probability']), says('undecided'))).toMatchObject({ sure: false, doubts: ['probability'] });
  // From before there were reasons.
  expect(heard(of(false), says('line')).sure).toBe(false);
});

it('leaves the defect certain, and its kind open, where it shows a line of another character', () => {
  const line = (character: 'screw' | 'edge' | 'mixed' | null) => ({ ...says('line'), character });
  expect(heard(of(true), line('screw'))).toMatchObject({ sure: true });
  expect(heard(of(true), line(null))).toMatchObject({ sure: true });
  for (const other of ['edge', 'mixed'] as const) {
    const verdict = heard(of(true), line(other));
    expect(verdict).toMatchObject({ sure: false, doubts: ['inside-character'], inside: { testimony: 'agrees' } });
    expect(isDefectSure(verdict)).toBe(true);
  }
  expect(isDefectSure(heard(of(true), says('none')))).toBe(false);
  expect(isDefectSure(heard(of(false), says('line')))).toBe(false);
  expect(heard({ class: 'other' as const, sure: true }, line('mixed'))).toMatchObject({ sure: true });
});

it('settles by a line what networks doubted of there being a defect, and leaves its kind as open as they did', () => {
  const perfect = { class: 'perfect' as const, sure: false, doubts: ['probability', 'unlike-training'] as Doubt[] };
  // What neither has seen may be there all the same.
  const told = heard(perfect, says('none'));
  expect(told).toMatchObject({
    sure: false,
    doubts: ['probability', 'unlike-training'],
    inside: { testimony: 'agrees' },
  });
  expect(told).not.toHaveProperty('settled');
  const screw = heard(of(false, ['probability', 'models-disagree']), says('line'));
  expect(screw).toMatchObject({ sure: false, doubts: ['character'], settled: ['probability', 'models-disagree'] });
  expect(isDefectSure(screw)).toBe(true);
  const other = heard(of(false, ['unlike-training']), { ...says('line'), character: 'edge' as const });
  expect(other).toMatchObject({ sure: false, doubts: ['inside-character'], settled: ['unlike-training'] });
  // What was not measured, or may still come, no look at the rest of it brings back.
  const half = heard(of(false, ['unlike-training', 'unmeasured', 'partial']), says('line'));
  expect(half).toMatchObject({ sure: false, doubts: ['unmeasured', 'partial'], settled: ['unlike-training'] });
  expect(isDefectSure(half)).toBe(false);
});

it('hears a verdict anew as if for the first time, whatever was doubted and said', () => {
  // Of the class and of its kind there is one doubt at most.
  const ofClass = fc.constantFrom<Doubt[]>([], ['probability'], ['character']);
  const others = fc.subarray<Doubt>(['unlike-training', 'unmeasured', 'partial', 'frame-assumed', 'models-disagree']);
  const verdicts = fc
    .record({ named: fc.constantFrom<DefectClass>('perfect', 'screw', 'edge', 'other'), ofClass, others })
    .map((drawn) => ({ class: drawn.named, doubts: [...drawn.ofClass, ...drawn.others] }))
    .filter(({ class: named, doubts }) => named !== 'perfect' || !doubts.includes('character'))
    .map(({ class: named, doubts }) => ({
      ...{ class: named, sure: doubts.length === 0 },
      ...(doubts.length > 0 && { doubts }),
    }));
  const opinions = fc.record({
    says: fc.constantFrom('line' as const, 'none' as const, 'undecided' as const),
    character: fc.constantFrom('screw' as const, 'edge' as const, 'mixed' as const, null),
  });
  fc.assert(
    fc.property(verdicts, opinions, opinions, (verdict, first, then) => {
      expect(heard(heard(verdict, first), then)).toEqual(heard(verdict, then));
    }),
  );
});
