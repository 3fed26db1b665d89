import type { Answers, Preset } from '@contract/geometry';

export const noAnswers: Answers = { directBeam: null, distanceM: null, energyEv: null, element: null, hkl: null };

const circle = (motor: string, axis: string): Preset['sampleCircles'][number] => ({ motor, axis, offsetDeg: 0 });

const id01: Preset = {
  name: 'esrf-id01',
  label: 'ESRF ID01',
  facility: 'ESRF',
  formats: ['bliss'],
  instruments: [],
  sampleCircles: [circle('mu', 'x-'), circle('eta', 'x-'), circle('phi', 'y-')],
  detectorCircles: [circle('nu', 'y-'), circle('delta', 'x-')],
  detectors: [
    {
      name: 'mpx1x4',
      aliases: ['mpxgaas'],
      shape: [516, 516],
      pixelM: [55e-6, 55e-6],
      directions: ['y-', 'x+'],
      gaps: [{ rows: [255, 261], cols: [0, 516] }],
      saturation: 1_000_000,
    },
  ],
  rockingMotors: ['eta', 'phi'],
  monitors: ['mon'],
  stage: [
    { name: 'x', motors: [{ motor: 'pix', unit: 'um' }] },
    { name: 'y', motors: [{ motor: 'piy', unit: 'um' }] },
  ],
  assumed: { ...noAnswers, directBeam: [258, 258], distanceM: 0.82 },
  notes: '',
};

export const presets: readonly Preset[] = [
  id01,
  { ...id01, name: 'aps-34idc', label: 'APS 34-ID-C', facility: 'APS', formats: ['spec-tiff'] },
];
