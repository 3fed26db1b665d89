import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { elementOfMass } from '@core/crystal/elements';
import { readDataFile, writeDataFile } from '@main/relax/data-file';
import { parseDataText } from '@main/relax/data-text';
import { temporaryFolder } from '../../support/build';

/** As LAMMPS' own write_data leaves it: atoms in any order, image flags, velocities behind. */
const written = `LAMMPS data file via write_data, version 29 Aug 2024, timestep = 12, units = metal

3 atoms
2 atom types

-1.5 8.5 xlo xhi
0 20 ylo yhi
0 30 zlo zhi
1 2 3 xy xz yz

Masses

1 195.084
2 196.97 # Au

Pair Coeffs # eam/alloy

1 x

Atoms # atomic

7 2 1.5e0 -2 3 0 0 0
2 1 4 5 6 1 -1 2   # an atom

3 1 7 8 9 0 0 0

Velocities

7 0 0 0
2 0 0 0
3 0 0 0
`;

const codeOf = (step: () => unknown): unknown => {
  try {
    step();
    return undefined;
  } catch (error) {
    return error instanceof BraggwatchError ? error.code : error;
  }
};

describe('parseDataText', () => {
  it('reads atoms by number, unwrapped, with types, masses and box', () => {
    const { positions, types, box, masses } = parseDataText(written);
    // Atom 2 by hand: x + 1*10 - 1*1 + 2*2, y - 20 + 2*3, z + 2*30.
    expect([...positions]).toEqual([17, -9, 66, 7, 8, 9, 1.5, -2, 3]);
    expect([...types]).toEqual([1, 1, 2]);
    expect(masses).toEqual([195.084, 196.97]);
    expect(box).toEqual({ low: [-1.5, 0, 0], high: [8.5, 20, 30], tilt: [1, 2, 3] });
  });

  it('reads other styles where they are named', () => {
    const charged = written
      .replace('# atomic', '# charge')
      .replaceAll(/^([723]) ([12]) (?=\S+ \S+ \S+ \S+)/gm, '$1 $2 0.5 ');
    expect([...parseDataText(charged).positions]).toEqual([...parseDataText(written).positions]);
  });

  it.each([
    ['no text', ''],
    ['another text', 'hello\nworld\n'],
    ['a count too large for the file', written.replace('3 atoms', '300000000000 atoms')],
    ['fewer atoms than promised', written.replace('3 atoms', '9 atoms')],
    ['no box', written.replace(/.*xlo xhi\n/, '')],
    ['an inverted box', written.replace('0 20 ylo', '20 0 ylo')],
    ['an unknown style', written.replace('# atomic', '# sphere')],
    ['columns of another style', written.replace('# atomic', '# full')],
    ['an atom twice', written.replace('3 1 7', '2 1 7')],
    ['a type there is none of', written.replace('7 2 1.5e0', '7 3 1.5e0')],
    ['no number', written.replace('7 8 9', '7 nan 9')],
    ['an infinite number', written.replace('7 8 9', '7 1e999 9')],
    ['a mass of nothing', written.replace('195.084', '0')],
    ['no atoms', written.replace(/Atoms[^]*/, '')],
  ])('refuses %s', (_, text) => {
    expect(codeOf(() => parseDataText(text))).toBe('atoms-invalid');
  });

  it('never fails but with its code, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.nat(written.length), fc.nat(40), fc.string({ maxLength: 30 }), (at, cut, put) => {
        const text = written.slice(0, at) + put + written.slice(at + cut);
        expect([undefined, 'atoms-invalid']).toContain(codeOf(() => parseDataText(text)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('readDataFile, writeDataFile', () => {
  it('give back what they were given, to the bit', () => {
    const path = join(temporaryFolder(), 'crystal.data');
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e5, max: 1e5, noNaN: true }), { minLength: 3, maxLength: 60 }), (xs) => {
        const positions = Float64Array.from(xs.slice(0, 3 * Math.floor(xs.length / 3)), (x) => x + 0);
        writeDataFile(path, { positions, massU: 196.97, title: 'two\nlines' });
        const back = readDataFile(path);
        expect(back.positions).toEqual(positions);
        expect(elementOfMass(back.masses![0]!)).toBe('Au');
        positions.forEach((x, n) =>
          expect(x > back.box.low[(n % 3) as 0] && x < back.box.high[(n % 3) as 0]).toBe(true),
        );
      }),
      { numRuns: 50 },
    );
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('says that a file is missing, and keeps the old one where it cannot write', () => {
    const folder = temporaryFolder();
    expect(codeOf(() => readDataFile(join(folder, 'nowhere')))).toBe('path-missing');
    writeFileSync(join(folder, 'old'), 'kept');
    expect(() =>
      writeDataFile(join(folder, 'none', 'old'), { positions: new Float64Array(3), massU: 26.98, title: '' }),
    ).toThrow();
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('kept');
  });
});

describe('elementOfMass', () => {
  it('tells neighbours in mass apart, and knows no others', () => {
    expect([195.09, 196.967, 106.4, 107.868, 58.7, 63.55, 26.98].map(elementOfMass)).toEqual([
      'Pt',
      'Au',
      'Pd',
      'Ag',
      'Ni',
      'Cu',
      'Al',
    ]);
    expect([1, 55.8, 12.011].map(elementOfMass)).toEqual([undefined, undefined, undefined]);
  });
});
