import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { crystalText } from '@main/relax/box';
import { parseCrystal } from '@main/relax/datafile';

const crystals = fc
  .array(fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: -1e3, max: 1e3, noNaN: true }))), {
    minLength: 1,
    maxLength: 20,
  })
  .chain((atoms) =>
    fc.record({
      title: fc.constantFrom('a title', '', '12 atoms'),
      positions: fc.constant(Float64Array.from(atoms.flat(), (x) => x + 0)),
      mass: fc.double({ min: 1, max: 300, noNaN: true }),
      ids: fc.uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: atoms.length, maxLength: atoms.length }),
    }),
  );

const codeOf = (text: string): string => {
  try {
    parseCrystal(text);
    return 'read';
  } catch (error) {
    return error instanceof BraggwatchError ? error.code : String(error);
  }
};

describe('LAMMPS data files', () => {
  it('come back as they were written, to the bit', () => {
    fc.assert(
      fc.property(crystals, (given) => {
        const read = parseCrystal(crystalText(given));
        expect([...read.positions]).toEqual([...given.positions]);
        expect(read.ids).toEqual(given.ids);
        expect(read.mass).toBe(given.mass);
      }),
    );
  });

  it("are read as LAMMPS' write_data writes them, image flags and velocities included", () => {
    const text =
      'LAMMPS data file via write_data, version 29 Sep 2021, timestep = 7\n\n2 atoms\n1 atom types\n\n-1 5 xlo xhi\n-1 5 ylo yhi\n-1 5 zlo zhi\n\n' +
      'Masses\n\n1 195.08\n\nAtoms # atomic\n\n2 1 0.5 1.25 -3e-1 0 0 0\n1 1 1 2 3 0 0 0\n\nVelocities\n\n1 0 0 0\n2 0 0 0\n';
    expect(parseCrystal(text)).toEqual({
      positions: Float64Array.of(0.5, 1.25, -0.3, 1, 2, 3),
      ids: [2, 1],
      mass: 195.08,
    });
  });

  it('are refused with a reason where they are no crystal of one element', () => {
    const good = '\n1 atoms\n\nAtoms\n\n1 1 0 0 0\n';
    expect(codeOf(good)).toBe('read');
    for (const bad of [
      '',
      'x'.repeat(1000),
      good.replace('1 atoms', '2 atoms'),
      good.replace('1 1 0', '1 2 0'),
      good.replace('1 1 0', '1 1 nan'),
      good.replace('0 0 0', '0 0'),
      good.replace('0 0 0', '0 0 0 1 0 0'),
      good.replace('Atoms\n', 'Atoms # full\n'),
      '\n2 atoms\n\nAtoms\n\n1 1 0 0 0\n1 1 3 0 0\n',
    ])
      expect(codeOf(bad)).toBe('crystal-invalid');
  });

  it('of any damage are read or refused, never a crash', () => {
    fc.assert(
      fc.property(crystals, fc.nat(), fc.string({ maxLength: 5 }), (given, where, damage) => {
        const text = crystalText(given);
        const at = where % text.length;
        expect(['read', 'crystal-invalid']).toContain(codeOf(text.slice(0, at) + damage + text.slice(at + 3)));
      }),
      { numRuns: 500 },
    );
  });
});
