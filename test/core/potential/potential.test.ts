import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementNames } from '@core/crystal/elements';
import { bulkOf } from '@core/potential/bulk';
import { interpolate } from '@core/potential/interpolate';
import { parseSetfl, writeSetfl } from '@core/potential/setfl';
import { PotentialError, type EamTables } from '@core/potential/types';
import { embeddingEnergy, zhou04Tables } from '@core/potential/zhou04';
import published from '@resources/potentials/zhou04.json';
import { lammpsBulk } from '../../support/fixtures';

describe("Zhou's potentials", () => {
  it('join their embedding branches without a step', () => {
    for (const name of elementNames) {
      const p = published.elements[name];
      for (const at of [p.rho_low * p.rhoe, p.rhoe, p.rho_high * p.rhoe]) {
        const below = embeddingEnergy(p, at * (1 - 1e-9));
        // The published constants have six digits; Pt's lower branch starts at a quarter of the density and joins less well.
        expect(Math.abs(embeddingEnergy(p, at * (1 + 1e-9)) - below)).toBeLessThan(0.01);
      }
    }
  });

  it('hold metals together with the measured energy and edge', () => {
    // Kittel, Introduction to Solid State Physics: cohesive energies (eV) and room-temperature edges (angstrom), what they were fitted to.
    const kittel = {
      Al: [3.39, 4.05],
      Ag: [2.95, 4.09],
      Au: [3.81, 4.08],
      Pt: [5.84, 3.92],
      Cu: [3.49, 3.61],
      Ni: [4.44, 3.52],
      Pd: [3.89, 3.89],
    };
    for (const name of elementNames) {
      const { cohesiveEv, latticeAngstrom } = bulkOf(zhou04Tables(name), name);
      expect(-cohesiveEv / kittel[name][0]!).toBeGreaterThan(0.94);
      expect(-cohesiveEv / kittel[name][0]!).toBeLessThan(1.06);
      expect(Math.abs(latticeAngstrom - kittel[name][1]!)).toBeLessThan(0.01);
    }
  });

  it('are as stiff and as strong as LAMMPS finds them', () => {
    const values = lammpsBulk();
    for (const name of elementNames) {
      const ours = bulkOf(zhou04Tables(name), name);
      const theirs = values[name]!;
      expect(ours.latticeAngstrom / theirs.a0_angstrom).toBeCloseTo(1, 4);
      expect(ours.cohesiveEv / theirs.cohesive_eV).toBeCloseTo(1, 4);
      // Theirs are stresses under a tension of 1e-3, which takes the fifth shell out of reach: up to 3.7 % lower. test/main/relax
      // does as they did and agrees to 1 %.
      [theirs.C11_GPa, theirs.C12_GPa, theirs.C44_GPa].forEach((c, i) =>
        expect(Math.abs(ours.elasticGpa[i]! / c - 1), `${name} ${i}`).toBeLessThan(0.04),
      );
    }
  });
});

describe('interpolation', () => {
  it('follows a smooth function between its points', () => {
    const f = interpolate(
      Float64Array.from({ length: 400 }, (_, i) => Math.sin(i * 0.05)),
      0.05,
    );
    for (let x = 0.2; x < 19; x += 0.0173) expect(Math.abs(f(x) - Math.sin(x))).toBeLessThan(1e-6);
  });
});

/** Tables of any sizes, filled with anything. */
const tables = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom('Pt', 'Au', 'Ni', 'Pd'), { minLength: 1, maxLength: 3 }),
    densities: fc.integer({ min: 10, max: 25 }),
    distances: fc.integer({ min: 10, max: 25 }),
    fs: fc.boolean(),
    seed: fc.double({ min: 1, max: 1e3, noNaN: true }),
  })
  .map(({ names, densities, distances, fs, seed }): EamTables => {
    const filled = (length: number, k: number): Float64Array =>
      Float64Array.from({ length }, (_, i) => seed * Math.cos(k + i));
    return {
      comments: ['one', 'two', 'three'],
      elements: names.map((name, i) => ({
        name,
        atomicNumber: 28 + i,
        mass: 58.7,
        latticeAngstrom: 3.5,
        structure: 'fcc',
      })),
      densityStep: 0.5,
      distanceStep: 0.25,
      cutoffAngstrom: 0.25 * (distances - 1),
      embedding: names.map((_, i) => filled(densities, i)),
      density: names.map((_, i) => (fs ? names : [0]).map((_, j) => filled(distances, 10 * i + j))),
      pair: names.flatMap((_, i) => names.slice(0, i + 1).map((_, j) => filled(distances, 100 + 10 * i + j))),
    };
  });

describe('setfl files', () => {
  it('come back as they were written, alloy or Finnis-Sinclair, to the bit', () => {
    fc.assert(
      fc.property(tables, (given) => {
        const { style, ...read } = parseSetfl(writeSetfl(given));
        expect(read).toEqual(given);
        expect(style).toBe(given.density[0]!.length > 1 ? 'eam/fs' : 'eam/alloy');
      }),
    );
  });

  it('with any word changed to nonsense, dropped or added are refused with a reason, never a crash', () => {
    fc.assert(
      fc.property(tables, fc.nat(), fc.constantFrom('', 'x', 'NaN', '1e999', '-'), (given, where, by) => {
        const [a, b, c, ...rest] = writeSetfl(given).split('\n');
        const words = rest.join(' ').trim().split(/\s+/);
        words[where % words.length] = by;
        const text = [a, b, c, words.join(' ')].join('\n');
        // The words for structures are free: changing one of them is no mistake.
        try {
          parseSetfl(text);
          expect(words.length).toBeGreaterThan(0);
          expect(by).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(PotentialError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('refuse what is no potential', () => {
    for (const text of ['', '\n\n\n', 'a\nb\nc\n2 Pt\n', 'a\nb\nc\n1 Pt\n1e9 1 1e9 1 5\n', '<html>'.repeat(100)])
      expect(() => parseSetfl(text)).toThrow(PotentialError);
    expect(() => bulkOf(zhou04Tables('Pt'), 'Au')).toThrow(/no Au/);
  });
});
