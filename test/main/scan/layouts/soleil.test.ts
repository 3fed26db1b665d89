import { beforeAll, describe, expect, it } from 'vitest';
import { presetFor, shippedPresets } from '@main/scan/presets';
import { hdf5Reader } from '@main/scan/hdf5';
import type { ScanFacts } from '@main/scan/types';
import { instruments } from '../../../helpers/instruments';
import { measure, type Measured } from '../../../helpers/truth';
import { writeCristal, writeSixs } from '../../../helpers/writers/soleil';
import { shortName } from '@main/scan/soleil/names';
import { temporaryFolders } from '../folder';

const newFolder = temporaryFolders();
/** Nine frames of the one crystal. */
const few = (name: 'sixsMedH' | 'sixsMedV' | 'cristal'): Measured => {
  const truth = measure(instruments[name]);
  const positions = truth.positions.slice(25, 34);
  return {
    ...truth,
    instrument: { ...truth.instrument, frames: 9 },
    positions,
    all: () => new Uint32Array(9 * 112 * 112).fill(3),
  };
};
let horizontal: Measured;
let vertical: Measured;
beforeAll(() => {
  horizontal = few('sixsMedH');
  vertical = few('sixsMedV');
});
const only = (path: string): ScanFacts => {
  const facts = hdf5Reader.list(path);
  expect(facts).toHaveLength(1);
  return facts[0]!;
};

describe('the name of a Tango device', () => {
  it.each([
    ['i14-c-cx1/ex/med-h-dif-group.1/mu', 'mu'],
    ['i14-c-cx1/ex/diff-med-tpp/pitch', 'beta'],
    ['i14-c-cx1/ex/basepitch', 'beta'],
    ['i14-c-cx1/ex/i14-c-cx1-ex-diff-med-tpp/TPP/Orientation/pitch', 'beta'],
    ['com/SIXS/i14-c-cx1-ex-med-v-dif-group.1-omega/position_pre', 'omega'],
    ['/exp_0001/CRISTAL/Diffractometer/I06-C-C07-EX-DIF-DELTA/position', 'delta'],
    ['/exp_0001/CRISTAL/i06-c-c07-ex-mg_phi/position', 'mgphi'],
    ['i14-c-c00/ex/imon0', 'imon0'],
  ])('%s is %s', (path, name) => expect(shortName(path)).toBe(name));
});

describe('SOLEIL SixS', () => {
  it('finds its motors by their long names, at rest in files of 2022 as of 2019', () => {
    for (const year of [2022, 2019] as const) {
      const facts = only(writeSixs(newFolder(), vertical, { geometry: 'med-v', year }));
      expect(facts).toMatchObject({
        motor: 'mu',
        framesPresent: 9,
        framesExpected: 9,
        whole: true,
        energyEv: 9000,
        detectorName: 'merlin',
      });
      expect(facts.positions).toMatchObject({ omega: 41, beta: 0.1 });
      expect((facts.positions['mu'] as Float64Array).at(-1)).toBe(vertical.positions.at(-1));
      expect(facts.monitor?.name).toBe('imon0');
      expect(facts.ref).toMatchObject({ format: 'soleil', number: 345 });
    }
  });

  it('tells its diffractometers apart, and takes none for another', () => {
    const chosen = (facts: ScanFacts): string | undefined => presetFor(facts, shippedPresets())?.name;
    expect(chosen(only(writeSixs(newFolder(), horizontal, { geometry: 'med-h' })))).toBe('sixs-med-h');
    expect(chosen(only(writeSixs(newFolder(), vertical, { geometry: 'med-v', kind: 'fly' })))).toBe('sixs-med-v');
    expect(chosen(only(writeSixs(newFolder(), vertical, { geometry: 'uhv' })))).toBeUndefined();
  });

  it('says that nothing tells the end of a scan where nothing does', () => {
    const facts = only(writeSixs(newFolder(), horizontal, { geometry: 'med-h', ended: false }));
    expect(facts).toMatchObject({ ended: false, unmarked: true });
  });
});

describe('SOLEIL CRISTAL', () => {
  it('has degrees, also where a file holds millionths of them', () => {
    const truth = few('cristal');
    for (const millionths of [false, true]) {
      const facts = only(writeCristal(newFolder(), truth, { millionths }));
      expect(facts).toMatchObject({ motor: 'mgomega', whole: true, energyEv: 9000, instrument: 'CRISTAL' });
      expect((facts.positions['mgomega'] as Float64Array)[4]).toBeCloseTo(truth.positions[4]!, 9);
      expect(facts.positions['mgphi']).toBeCloseTo(12, 9);
      expect(facts.ref.number).toBe(123);
    }
  });
});
