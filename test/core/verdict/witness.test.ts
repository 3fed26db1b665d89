import { expect, it } from 'vitest';
import { heard, testimonyOf } from '@core/verdict/witness';
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

it('makes a contradicted verdict unsure and says why; what agrees makes none sure', () => {
  expect(heard(of(true), says('none'))).toEqual({
    class: 'screw',
    sure: false,
    doubts: ['inside-contradicts'],
    inside: { says: 'none', freeError: 0.1, testimony: 'contradicts' },
  });
  expect(heard(of(true), says('line'))).toMatchObject({ sure: true, inside: { testimony: 'agrees' } });
  expect(heard(of(true), says('line'))).not.toHaveProperty('doubts');
  expect(heard(of(true), says('undecided'))).toMatchObject({ sure: true, inside: { testimony: 'open' } });
  expect(heard(of(false, ['probability']), says('line'))).toMatchObject({ sure: false, doubts: ['probability'] });
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

it('hears a verdict anew as if for the first time', () => {
  for (const before of [of(true), of(false, ['probability'])])
    for (const first of ['line', 'none', 'undecided'] as const)
      for (const then of ['line', 'none', 'undecided'] as const)
        expect(heard(heard(before, says(first)), says(then))).toEqual(heard(before, says(then)));
});
