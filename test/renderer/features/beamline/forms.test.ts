import { answersSchema } from '@contract/geometry';
import { describe, expect, it } from 'vitest';
import { fieldsOf, readAnswers } from '@renderer/features/beamline/answers-form';
import { draftOf, readPreset } from '@renderer/features/beamline/preset-form';
import { noAnswers, presets } from '../../../e2e/support/fake-presets';

const empty = fieldsOf(noAnswers);

describe('answers form', () => {
  it('gives back what it was given', () => {
    const answers = answersSchema.parse({
      directBeam: [255.5, 260],
      distanceM: 0.75,
      energyEv: 9000,
      element: 'Pt',
      hkl: [1, -1, 1],
    });
    expect(readAnswers(fieldsOf(answers))).toEqual({ answers });
    expect(readAnswers(empty)).toEqual({ answers: noAnswers });
  });

  it.each([
    [{ row: '12' }, 'column'],
    [{ column: '12' }, 'row'],
    [{ distance: '-1' }, 'distance'],
    [{ distance: 'far' }, 'distance'],
    [{ energy: '9' }, 'energy'],
    [{ hkl: '1 1' }, 'hkl'],
    [{ hkl: '1 1 x' }, 'hkl'],
  ])('refuses %j at the field %s', (fields, field) => {
    const read = readAnswers({ ...empty, ...fields });
    expect('errors' in read && Object.keys(read.errors)).toEqual([field]);
  });

  it('takes indices with commas and a typographic minus', () => {
    expect(readAnswers({ ...empty, hkl: '1, −1,1' })).toEqual({ answers: { ...noAnswers, hkl: [1, -1, 1] } });
  });
});

it('says what is wrong with a number in few words', () => {
  const read = readAnswers({ ...empty, energy: '9', distance: '0', row: '1', column: 'x' });
  expect('errors' in read && read.errors).toEqual({
    energy: 'at least 1000',
    distance: 'more than 0',
    column: 'a number',
  });
});

describe('preset form', () => {
  const preset = presets[0]!;

  it('gives back the preset it was given, to the last digit', () => {
    expect(readPreset(preset, draftOf(preset))).toEqual({ preset });
  });

  it('keeps what it does not show', () => {
    const more = { ...preset, detectors: [...preset.detectors, { ...preset.detectors[0]!, name: 'eiger2m' }] };
    const draft = draftOf(more);
    draft.detector.pixelRow = '75';
    const read = readPreset(more, draft);
    expect(
      'preset' in read && read.preset.detectors.map(({ name, pixelM, gaps }) => [name, pixelM[0], gaps.length]),
    ).toEqual([
      ['mpx1x4', 75e-6, 1],
      ['eiger2m', 55e-6, 1],
    ]);
  });

  it('names an error by its place in the preset', () => {
    const draft = draftOf(preset);
    draft.sampleCircles[1]!.offset = '';
    draft.detectorCircles[0]!.motor = ' ';
    draft.detector.rows = '10.5';
    draft.rockingMotors = ' , ';
    const read = readPreset(preset, draft);
    expect('errors' in read && Object.keys(read.errors).sort()).toEqual([
      'detectorCircles.0.motor',
      'detectors.0.shape.0',
      'rockingMotors',
      'sampleCircles.1.offsetDeg',
    ]);
  });
});
